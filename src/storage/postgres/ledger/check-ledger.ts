import {
  type CredentialEntry,
  type LedgerCheck,
  LedgerConflictError,
  type LedgerEvent,
  type StrandHead,
} from '../../../ports/ledger.js';
import { type LedgerDamage, ledgerDamage } from '../../../text/ledger-damage.js';
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
      this.#note('chain', strand, sequence, { code: 'record-unknown' });
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
      this.#note('end', strand, chain.sequence, { code: 'end-differs', found: chain.sequence, written: records });
    }
    const missing = this.#known.missing(strands);
    if (missing !== undefined) this.#note('known', missing.strand, missing.record, missing.damage);
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
      this.#noteTable('credentials', `${found} rows`, { code: 'credentials-counted', recorded });
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
    const at = (damage: LedgerDamage): void => this.#note('chain', row.strand, row.sequence, damage);
    if (record.sequence !== row.sequence || row.sequence !== chain.sequence + 1) {
      at({ code: 'record-unexpected', expected: chain.sequence + 1, found: record.sequence });
    } else if (record.previous !== chain.head) at({ code: 'link-broken' });
    else if (digest !== row.digest) at({ code: 'digest-differs' });
    if (record.event.kind === 'restored') Object.assign(chain, { name: record.event.strand, from: chain.sequence });
    chain.sequence = row.sequence;
    chain.head = digest;
    const deviation = this.#known.see({ strand: chain.name, records: chain.sequence - chain.from, head: digest });
    if (deviation !== undefined) this.#note('known', deviation.strand, deviation.record, deviation.damage);
  }

  #seePayload(row: CheckedRow, { payload: expected }: ChainRecord): void {
    const { strand, sequence, salt, payload } = row;
    if (expected === undefined) {
      if (row.known) this.#note('unknown', strand, sequence, { code: 'payload-unknown' });
      return;
    }
    this.#counts.payloads += 1;
    if (salt === null || payload === null) {
      if (row.erased) this.#counts.erasedPayloads += 1;
      else this.#note('altered', strand, sequence, { code: 'payload-altered' });
    } else if (row.erased) this.#note('not-erased', strand, sequence, { code: 'payload-not-erased' });
    else if (payloadDigest({ salt, text: payload }) !== expected) {
      this.#note('altered', strand, sequence, { code: 'payload-altered' });
    }
  }

  #replay(row: CheckedRow, record: ChainRecord): void {
    try {
      const change = admit(this.#index, record.event satisfies LedgerEvent, record.at);
      this.#index.take(change, { sequence: row.place, position: row.place, previous: record.previous });
    } catch (error) {
      if (!(error instanceof LedgerConflictError)) throw error;
      this.#note('rule', row.strand, row.sequence, { code: 'rule-broken', detail: error.message });
    }
  }

  #compare(entry: CredentialEntry): void {
    const recorded = this.#index.credential(entry.credential);
    if (recorded !== undefined && writeEntry(recorded) === writeEntry(entry)) return;
    this.#noteTable('credentials', entry.credential, { code: 'row-differs' });
  }

  #note(kind: string, strand: string, record: number, damage: LedgerDamage): void {
    this.#noteFirst(kind, { file: 'ledger_records', place: `strand ${strand}, record ${record}`, damage });
  }

  #noteTable(file: string, place: string, damage: LedgerDamage): void {
    this.#noteFirst(file, { file, place, damage });
  }

  #noteFirst(kind: string, problem: Omit<Problem, 'message'>): void {
    if (this.#problems.has(kind)) return;
    this.#problems.set(kind, { ...problem, message: ledgerDamage(problem.damage).en });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
