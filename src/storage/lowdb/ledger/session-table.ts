import type { SessionEntry } from '../../../ports/ledger.js';

interface SessionRow {
  entry: SessionEntry;
  readonly header: number;
  /** Positions of the `judged` records by row; NaN for a row that is not judged yet. */
  readonly rows: Float64Array;
}

/** Sealed jury sessions and where their rows are. */
export class SessionTable {
  readonly #sessions = new Map<string, SessionRow>();
  readonly #digests = new Map<string, string>();

  /** All of it, as a value to be kept elsewhere and given to {@link restore}. */
  saved() {
    return [...this.#sessions.values()].map((row) => ({ ...row, rows: row.rows.slice() }));
  }

  /** Into a table that is empty. */
  restore(saved: ReturnType<SessionTable['saved']>): void {
    for (const row of saved) this.#add({ ...row });
  }

  get(id: string): SessionEntry | undefined {
    return this.#sessions.get(id)?.entry;
  }

  ofDigest(issuer: string, digest: string): string | undefined {
    return this.#digests.get(JSON.stringify([issuer, digest]));
  }

  /** In the order sealed. */
  entries(issuer: string): SessionEntry[] {
    return [...this.#sessions.values()].map(({ entry }) => entry).filter((entry) => entry.issuer === issuer);
  }

  isJudged(id: string, row: number): boolean {
    const position = this.#sessions.get(id)?.rows[row];
    return position !== undefined && !Number.isNaN(position);
  }

  /** @param record position of the `sealed` record. */
  seal(entry: SessionEntry, record: number): void {
    this.#add({ entry, header: record, rows: new Float64Array(entry.rows).fill(Number.NaN) });
  }

  #add(row: SessionRow): void {
    const { issuer, digest, session } = row.entry;
    this.#sessions.set(session, row);
    this.#digests.set(JSON.stringify([issuer, digest]), session);
  }

  /** @param record position of the `judged` record. */
  judge(id: string, row: number, record: number): void {
    const session = this.#sessions.get(id);
    if (session === undefined) throw new RangeError(`no session ${id}`);
    session.rows[row] = record;
    session.entry = { ...session.entry, judged: session.entry.judged + 1 };
  }

  header(id: string): number | undefined {
    return this.#sessions.get(id)?.header;
  }

  /** Positions by row, `undefined` for one not judged yet. */
  rows(id: string): (number | undefined)[] {
    const rows = this.#sessions.get(id)?.rows ?? [];
    return Array.from(rows, (position) => (Number.isNaN(position) ? undefined : position));
  }
}
