import type { JsonObject } from '../ports/json.js';
import { type CredentialEntry, LedgerConflictError } from '../ports/ledger.js';
import { type Reservation, readReservation } from './award.js';
import type { IssuingCore } from './context.js';
import type { Source } from './source.js';

/** A version of a credential that is reserved, and neither issued nor voided yet. */
export interface OpenVersion {
  /** Slug. */
  readonly issuer: string;
  readonly credential: string;
  readonly version: number;
  readonly source: Source;
  readonly reservation: Reservation;
  /** Of the document, see `EddsaProofs.hash`; undefined where it was not made or the library has to sign. */
  readonly hash?: string | undefined;
  /** Reserved by this very call: nothing can have been done about it elsewhere. */
  readonly isNew: boolean;
}

/** Reads back a version that was reserved earlier. @throws {LedgerConflictError} when there is none, or it was erased. */
export async function readOpenVersion(context: IssuingCore, credential: string, version: number): Promise<OpenVersion> {
  const { ledger } = context.store;
  const entry = await ledger.credential(credential);
  const reservation = readReservation(await ledger.reservation(credential, version));
  if (entry === undefined || reservation === undefined) {
    throw new LedgerConflictError('unknown-credential', `no reservation of ${credential}, version ${version}`);
  }
  const { issuer, source } = entry;
  return { issuer, credential, version, source, reservation, isNew: false };
}

/** The version of a credential that waits to be finished. */
export function openVersionOf({ versions }: CredentialEntry): number | undefined {
  return versions.find(({ state }) => state === 'reserved')?.version;
}

/** Gives a reserved version up; its index is never used again. @param why kept, never published. */
export async function voidVersion(
  context: IssuingCore,
  { issuer, credential, version }: Pick<OpenVersion, 'issuer' | 'credential' | 'version'>,
  why: JsonObject,
): Promise<void> {
  const event = { kind: 'voided', issuer, credential, version } as const;
  await context.store.ledger.append([{ actor: 'house', event, payload: why }]);
}
