import type { Json } from '../../../ports/json.js';
import { StoreDamagedError } from '../../../ports/store.js';
import { isChainRecord } from '../../lowdb/ledger/chain-record.js';
import type { Database } from '../database.js';
import { payloadDigest } from './chain-group.js';

/** A record with what lies beside it; `known` is false where the record has no row for its payload. */
export interface PayloadRow {
  readonly strand: string;
  readonly sequence: number;
  readonly record: string;
  readonly known: boolean;
  readonly salt: Uint8Array | null;
  readonly payload: string | null;
  /** Was what its ref stood for erased? */
  readonly erased: boolean;
  readonly [column: string]: unknown;
}

/** Columns of a {@link PayloadRow}, for a query from {@link PAYLOAD_TABLES}. */
export const PAYLOAD_COLUMNS = `ledger_records.strand, ledger_records.sequence, ledger_records.record,
  ledger_payloads.strand IS NOT NULL AS known, ledger_payloads.salt, ledger_payloads.payload,
  coalesce(refs.erased, false) AS erased`;

export const PAYLOAD_TABLES = `ledger_records LEFT JOIN ledger_payloads USING (strand, sequence)
  LEFT JOIN refs ON refs.issuer = ledger_payloads.issuer AND refs.ref = ledger_payloads.ref`;

/**
 * The payload of the record that a condition finds; undefined when there is none, it has none, or it was erased.
 * @throws {StoreDamagedError} when record or payload are not as written. {@link StoreUnavailableError}
 */
export async function readPayload(
  database: Database,
  condition: string,
  values: readonly unknown[],
): Promise<Json | undefined> {
  const [row] = await database.query<PayloadRow>(
    `SELECT ${PAYLOAD_COLUMNS} FROM ${PAYLOAD_TABLES} WHERE (ledger_records.strand, ledger_records.sequence) = (${condition})`,
    values,
  );
  return row === undefined ? undefined : payloadOf(row);
}

/** @throws {StoreDamagedError} when record or payload are not as written. */
export function payloadOf(row: PayloadRow): Json | undefined {
  const expected = expectedDigest(row);
  if (expected === undefined || row.erased) return undefined;
  const { salt, payload } = row;
  if (salt === null || payload === null || payloadDigest({ salt, text: payload }) !== expected) {
    throw new StoreDamagedError(
      'ledger_payloads',
      `strand ${row.strand}, record ${row.sequence}`,
      'the payload is missing or not what the chain says',
    );
  }
  return JSON.parse(payload);
}

function expectedDigest({ strand, sequence, record }: PayloadRow): string | undefined {
  const parsed: unknown = JSON.parse(record);
  if (!isChainRecord(parsed)) {
    throw new StoreDamagedError(
      'ledger_records',
      `strand ${strand}, record ${sequence}`,
      'it is no record this version knows',
    );
  }
  return parsed.payload;
}
