import type { Clock } from '../../../ports/clock.js';
import type { Json } from '../../../ports/json.js';
import type {
  CredentialEntry,
  CredentialLifeState,
  CredentialPage,
  HaltEntry,
  KeyEntry,
  Ledger,
  LedgerCheck,
  LedgerEntry,
  LedgerRecord,
  SessionEntry,
  StatusListEntry,
  StrandHead,
} from '../../../ports/ledger.js';
import type { Random } from '../../../ports/random.js';
import type { StoreChange } from '../../../ports/store.js';
import { prepareEntries } from '../../lowdb/ledger/prepare-entries.js';
import { LIVING_PROCESSES } from '../advisory-locks.js';
import type { Database } from '../database.js';
import type { Presence } from '../presence.js';
import { fromTextKey, toTextKey } from '../text-key.js';
import { checkLedger } from './check-ledger.js';
import { PostgresLedgerWriter } from './ledger-writer.js';
import { readEntry } from './load-facts.js';
import { OwnStrand } from './own-strand.js';
import { PAYLOAD_COLUMNS, PAYLOAD_TABLES, type PayloadRow, payloadOf, readPayload } from './payloads.js';
import { readStrands } from './strands.js';
import { bitsOf, UsedIndexes } from './used-indexes.js';

const PAGE = 500;
/** A reservation this old is unfinished, even if who made it still lives: something went wrong there. Milliseconds. */
const FORGOTTEN_AFTER = 600_000;

/** The ledger in tables: the records of all strands, and what follows from them, always together. */
export class PostgresLedger implements Ledger {
  readonly #database: Database;
  readonly #presence: Presence;
  readonly #clock: Clock;
  readonly #strand: OwnStrand;
  readonly #writer: PostgresLedgerWriter;
  readonly #usedIndexes: UsedIndexes;

  constructor(options: {
    readonly database: Database;
    readonly presence: Presence;
    readonly clock: Clock;
    readonly random: Random;
    readonly tell: (change: StoreChange) => void;
  }) {
    this.#database = options.database;
    this.#presence = options.presence;
    this.#clock = options.clock;
    this.#strand = new OwnStrand(options);
    this.#writer = new PostgresLedgerWriter({ ...options, strand: this.#strand, owner: options.presence.number });
    this.#usedIndexes = new UsedIndexes(options.database);
  }

  async append(entries: readonly LedgerEntry[]): Promise<LedgerRecord[]> {
    return entries.length === 0 ? [] : this.#writer.append(prepareEntries(entries));
  }

  async credential(id: string): Promise<CredentialEntry | undefined> {
    const [row] = await this.#entries<CredentialEntry>('SELECT entry FROM credentials WHERE credential = $1', [
      toTextKey(id),
    ]);
    return row;
  }

  async byRef(issuer: string, ref: string): Promise<CredentialEntry | undefined> {
    const [newest] = await this.#entries<CredentialEntry>(
      'SELECT entry FROM credentials WHERE issuer = $1 AND ref = $2 ORDER BY place DESC LIMIT 1',
      [toTextKey(issuer), toTextKey(ref)],
    );
    return newest?.state === 'voided' ? undefined : newest;
  }

  /** Those that another process is at work on are left out: it lives, and they are new. */
  unfinished(): Promise<CredentialEntry[]> {
    return this.#entries<CredentialEntry>(
      `SELECT entry FROM credentials WHERE unfinished AND NOT EXISTS (
         SELECT 1 FROM versions JOIN ledger_records
             ON ledger_records.strand = reserved_strand AND ledger_records.sequence = reserved_sequence
          WHERE versions.credential = credentials.credential AND issued_sequence IS NULL AND owner <> $1
            AND (record::json ->> 'at')::double precision > $2
            AND owner IN (${LIVING_PROCESSES}))
        ORDER BY place`,
      [this.#presence.number, this.#clock.now() - FORGOTTEN_AFTER],
    );
  }

  async credentials(issuer: string, after = '0'): Promise<CredentialPage> {
    const rows = await this.#database.query<{ place: number; entry: string }>(
      'SELECT place, entry FROM credentials WHERE issuer = $1 AND place > $2 ORDER BY place LIMIT $3',
      [toTextKey(issuer), Number(after), PAGE],
    );
    const last = rows.length < PAGE ? undefined : rows.at(-1)?.place;
    return { entries: rows.map(({ entry }) => readEntry(entry)), next: last === undefined ? undefined : String(last) };
  }

  async counts(issuer: string): Promise<Record<CredentialLifeState, number>> {
    const rows = await this.#database.query<{ state: CredentialLifeState; count: string }>(
      'SELECT state, sum(count) AS count FROM credential_counts WHERE issuer = $1 GROUP BY state',
      [toTextKey(issuer)],
    );
    const counts = { reserved: 0, active: 0, suspended: 0, revoked: 0, voided: 0, erased: 0 };
    for (const { state, count } of rows) counts[state] = Number(count);
    return counts;
  }

  reservation(credential: string, version: number): Promise<Json | undefined> {
    return readPayload(
      this.#database,
      'SELECT reserved_strand, reserved_sequence FROM versions WHERE credential = $1 AND version = $2',
      [toTextKey(credential), version],
    );
  }

  document(credential: string, version: number): Promise<Json | undefined> {
    return readPayload(
      this.#database,
      'SELECT issued_strand, issued_sequence FROM versions WHERE credential = $1 AND version = $2',
      [toTextKey(credential), version],
    );
  }

  stateReason(credential: string): Promise<Json | undefined> {
    const where = 'SELECT state_strand, state_sequence FROM credentials WHERE credential = $1';
    return readPayload(this.#database, where, [toTextKey(credential)]);
  }

  async lists(issuer: string): Promise<StatusListEntry[]> {
    return this.#lists('issuer = $1 ORDER BY place', toTextKey(issuer));
  }

  async list(id: string): Promise<StatusListEntry | undefined> {
    const [entry] = await this.#lists('list = $1', toTextKey(id));
    return entry;
  }

  usedIndexes(list: string): Promise<Uint8Array> {
    return this.#usedIndexes.of(list);
  }

  async statusBits(list: string): Promise<Uint8Array> {
    const [row] = await this.#database.query<{ length: number; indexes: number[] }>(
      `SELECT length, ARRAY(SELECT index FROM status_entries WHERE list = $1 AND bit) AS indexes
         FROM status_lists WHERE list = $1`,
      [toTextKey(list)],
    );
    return bitsOf(row?.indexes ?? [], row?.length ?? 0);
  }

  keys(issuer: string): Promise<KeyEntry[]> {
    return this.#entries<KeyEntry>('SELECT entry FROM issuer_keys WHERE issuer = $1 ORDER BY place', [
      toTextKey(issuer),
    ]);
  }

  async halt(): Promise<HaltEntry | undefined> {
    const [entry] = await this.#entries<HaltEntry>('SELECT halt AS entry FROM house WHERE halt IS NOT NULL', []);
    return entry;
  }

  haltReason(): Promise<Json | undefined> {
    return readPayload(this.#database, 'SELECT halt_strand, halt_sequence FROM house WHERE halt IS NOT NULL', []);
  }

  async sessionByDigest(issuer: string, digest: string): Promise<SessionEntry | undefined> {
    const [entry] = await this.#entries<SessionEntry>('SELECT entry FROM sessions WHERE issuer = $1 AND digest = $2', [
      toTextKey(issuer),
      toTextKey(digest),
    ]);
    return entry;
  }

  async session(id: string): Promise<SessionEntry | undefined> {
    const [entry] = await this.#entries<SessionEntry>('SELECT entry FROM sessions WHERE session = $1', [toTextKey(id)]);
    return entry;
  }

  sessions(issuer: string): Promise<SessionEntry[]> {
    return this.#entries<SessionEntry>('SELECT entry FROM sessions WHERE issuer = $1 ORDER BY place', [
      toTextKey(issuer),
    ]);
  }

  sessionHeader(session: string): Promise<Json | undefined> {
    const where = 'SELECT strand, sequence FROM sessions WHERE session = $1';
    return readPayload(this.#database, where, [toTextKey(session)]);
  }

  async sessionRows(session: string): Promise<(Json | undefined)[]> {
    const entry = await this.session(session);
    const judged = await this.#database.query<PayloadRow & { readonly number: number }>(
      `SELECT session_rows.number, ${PAYLOAD_COLUMNS} FROM session_rows JOIN (${PAYLOAD_TABLES})
           ON (ledger_records.strand, ledger_records.sequence) = (session_rows.strand, session_rows.sequence)
        WHERE session = $1`,
      [toTextKey(session)],
    );
    const rows = new Map(judged.map((row) => [row.number, payloadOf(row)]));
    return Array.from({ length: entry?.rows ?? 0 }, (_, number) => rows.get(number));
  }

  async erasedRefs(issuer: string): Promise<string[]> {
    const rows = await this.#database.query<{ ref: string }>('SELECT ref FROM refs WHERE issuer = $1 AND erased', [
      toTextKey(issuer),
    ]);
    return rows.map(({ ref }) => fromTextKey(ref));
  }

  strands(): Promise<StrandHead[]> {
    return readStrands(this.#database, this.#strand.current);
  }

  check(known: readonly StrandHead[] = []): Promise<LedgerCheck> {
    return this.#database.snapshot((snapshot) => checkLedger(snapshot, { known, current: this.#strand.current }));
  }

  async #entries<T extends object>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return (await this.#database.query<{ entry: string }>(sql, values)).map(({ entry }) => readEntry<T>(entry));
  }

  async #lists(condition: string, value: string): Promise<StatusListEntry[]> {
    const rows = await this.#database.query<StatusListEntry & Record<string, unknown>>(
      `SELECT list, issuer, purpose, length, closed, coalesce(sums.used, 0)::integer AS used,
              coalesce(sums.revision, 0)::integer AS revision
         FROM status_lists LEFT JOIN LATERAL
              (SELECT sum(used) AS used, sum(revision) AS revision FROM list_usage
                WHERE list_usage.list = status_lists.list) AS sums ON true
        WHERE ${condition}`,
      [value],
    );
    return rows.map(({ list, issuer, purpose, length, used, closed, revision }) => ({
      list: fromTextKey(list),
      issuer: fromTextKey(issuer),
      purpose,
      length,
      used,
      closed,
      revision,
    }));
  }
}
