import {
  type CredentialEntry,
  type LedgerCheck,
  LedgerConflictError,
  type LedgerEvent,
  type StrandHead,
} from '../../../ports/ledger.js';
import { KnownHeads } from '../../known-heads.js';
import { admit } from '../../lowdb/ledger/admit.js';
import { type ChainRecord, isChainRecord } from '../../lowdb/ledger/chain-record.js';
import { LedgerIndex } from '../../lowdb/ledger/ledger-index.js';
import { digestOf } from '../../lowdb/ledger/record-line.js';
import type { Queryable } from '../database.js';
import { payloadDigest } from './chain-group.js';
import { readEntry, writeEntry } from './load-facts.js';
import { PAYLOAD_COLUMNS, PAYLOAD_TABLES, type PayloadRow } from './payloads.js';
import { readStrands } from './strands.js';

type Problem = LedgerCheck['problems'][number];
type CheckedRow = PayloadRow & { readonly place: number; readonly digest: string };

const ROWS_AT_ONCE = 2_000;

/** Where a chain that is read again has got to. */
interface ChainHead {
  /** As checkpoints call it: another one after a restore. */
  name: string;
  /** Sequence in the chain of the record before the strand's first. */
  from: number;
  sequence: number;
  head: string;
}

/**
 * Reads every strand again, every record and every payload, as if nothing were known of it, in the order in which what
 * rests on something else was written; then holds what the other tables say of credentials against what the records come to.
 * @param snapshot a transaction that sees one moment. @param options.current the strand this process appends to.
 */
export async function checkLedger(
  snapshot: Queryable,
  options: { readonly known: readonly StrandHead[]; readonly current: string | undefined },
): Promise<LedgerCheck> {
  const check = new Check(options.known);
  let place = 0;
  for (;;) {
    const rows = await snapshot.query<CheckedRow>(
      `SELECT place, digest, ${PAYLOAD_COLUMNS} FROM ${PAYLOAD_TABLES} WHERE place > $1 ORDER BY place LIMIT ${ROWS_AT_ONCE}`,
      [place],
    );
    for (const row of rows) check.see(row);
    place = rows.at(-1)?.place ?? place;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  const strands = await readStrands(snapshot, options.current);
  check.end(await snapshot.query<{ strand: string; records: number; head: string }>('SELECT * FROM strands'), strands);
  await check.compareCredentials(snapshot);
  return check.result(strands);
}

class Check {
  readonly #known: KnownHeads;
  readonly #chains = new Map<string, ChainHead>();
  readonly #index = new LedgerIndex();
  readonly #problems = new Map<string, Problem>();
  readonly #counts = { records: 0, payloads: 0, erasedPayloads: 0 };

  constructor(known: readonly StrandHead[]) {
    this.#known = new KnownHeads(known);
  }

  see(row: CheckedRow): void {
    const { strand, sequence } = row;
    this.#counts.records += 1;
    const record: unknown = parsed(row.record);
    if (!isChainRecord(record)) {
      this.#note('chain', strand, sequence, 'it is no record this version knows');
      return;
    }
    this.#follow(row, record);
    this.#seePayload(row, record);
    this.#replay(row, record);
  }

  /** After the last record. @param rows what the strands' own rows say of their ends. */
  end(rows: readonly { strand: string; records: number; head: string }[], strands: readonly StrandHead[]): void {
    for (const { strand, records, head } of rows) {
      const chain = this.#chain(strand);
      if (chain.sequence === records && chain.head === head) continue;
      const message = `the chain ends at record ${chain.sequence}, not as it was written up to record ${records}`;
      this.#note('end', strand, chain.sequence, message);
    }
    const missing = this.#known.missing(strands);
    if (missing !== undefined) this.#note('known', missing.strand, missing.record, missing.message);
  }

  async compareCredentials(snapshot: Queryable): Promise<void> {
    let place = 0;
    let found = 0;
    for (;;) {
      const rows = await snapshot.query<{ place: number; entry: string }>(
        `SELECT place, entry FROM credentials WHERE place > $1 ORDER BY place LIMIT ${ROWS_AT_ONCE}`,
        [place],
      );
      for (const { entry } of rows) this.#compare(readEntry<CredentialEntry>(entry));
      found += rows.length;
      place = rows.at(-1)?.place ?? place;
      if (rows.length < ROWS_AT_ONCE) break;
    }
    const recorded = this.#index.credentials.size;
    if (found !== recorded) {
      this.#noteTable('credentials', `${found} rows`, `the records speak of ${recorded} credentials`);
    }
  }

  result(strands: readonly StrandHead[]): LedgerCheck {
    return { ok: this.#problems.size === 0, ...this.#counts, strands, problems: [...this.#problems.values()] };
  }

  #chain(strand: string): ChainHead {
    const known = this.#chains.get(strand);
    if (known !== undefined) return known;
    const chain = { name: strand, from: 0, sequence: 0, head: digestOf(strand) };
    this.#chains.set(strand, chain);
    return chain;
  }

  #follow(row: CheckedRow, record: ChainRecord): void {
    const chain = this.#chain(row.strand);
    const digest = digestOf(row.record);
    const at = (message: string): void => this.#note('chain', row.strand, row.sequence, message);
    if (record.sequence !== row.sequence || row.sequence !== chain.sequence + 1) {
      at(`record ${chain.sequence + 1} was expected, not ${record.sequence}`);
    } else if (record.previous !== chain.head) at('it does not follow the record before');
    else if (digest !== row.digest) at('the digest does not match');
    if (record.event.kind === 'restored') Object.assign(chain, { name: record.event.strand, from: chain.sequence });
    chain.sequence = row.sequence;
    chain.head = digest;
    const deviation = this.#known.see({ strand: chain.name, records: chain.sequence - chain.from, head: digest });
    if (deviation !== undefined) this.#note('known', deviation.strand, deviation.record, deviation.message);
  }

  #seePayload(row: CheckedRow, { payload: expected }: ChainRecord): void {
    const { strand, sequence, salt, payload } = row;
    if (expected === undefined) {
      if (row.known) this.#note('unknown', strand, sequence, 'a payload the chain does not know');
      return;
    }
    this.#counts.payloads += 1;
    if (salt === null || payload === null) {
      if (row.erased) this.#counts.erasedPayloads += 1;
      else this.#note('altered', strand, sequence, 'a payload is missing or not what the chain says');
    } else if (row.erased) this.#note('not-erased', strand, sequence, 'a payload was to be erased and is still there');
    else if (payloadDigest({ salt, text: payload }) !== expected) {
      this.#note('altered', strand, sequence, 'a payload is missing or not what the chain says');
    }
  }

  #replay(row: CheckedRow, record: ChainRecord): void {
    try {
      const change = admit(this.#index, record.event satisfies LedgerEvent, record.at);
      this.#index.take(change, { sequence: row.place, position: row.place, previous: record.previous });
    } catch (error) {
      if (!(error instanceof LedgerConflictError)) throw error;
      this.#note('rule', row.strand, row.sequence, error.message);
    }
  }

  #compare(entry: CredentialEntry): void {
    const recorded = this.#index.credential(entry.credential);
    if (recorded !== undefined && writeEntry(recorded) === writeEntry(entry)) return;
    this.#noteTable('credentials', entry.credential, 'the row is not what the records come to');
  }

  #note(kind: string, strand: string, record: number, message: string): void {
    if (this.#problems.has(kind)) return;
    this.#problems.set(kind, { file: 'ledger_records', place: `strand ${strand}, record ${record}`, message });
  }

  #noteTable(file: string, place: string, message: string): void {
    if (!this.#problems.has(file)) this.#problems.set(file, { file, place, message });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
