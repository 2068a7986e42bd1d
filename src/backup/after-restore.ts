import type { NamedCheckpoint } from '../audit/audit-ledger.js';
import type { ReadCheckpoint } from '../audit/checkpoint.js';
import { verifyCheckpoint } from '../audit/verify-checkpoint.js';
import { changeStatus } from '../issuing/change-status.js';
import type { IssuingCore } from '../issuing/context.js';
import { eraseRefs } from '../issuing/erase-refs.js';
import { listIssuers } from '../issuing/issuers.js';
import { voidVersion } from '../issuing/open-version.js';
import { DomainError } from '../ports/error.js';
import type { CredentialEntry, LedgerEntry, StatusPurpose } from '../ports/ledger.js';
import { decodeStatusList } from '../status/encoded-list.js';
import type { Instant } from '../text/instant.js';
import { planKeyEntries } from './restore-keys.js';

/** A checkpoint whose proofs do not hold, or by a key that another one knows as compromised: what it says is not done. */
export class CheckpointNotBelievedError extends DomainError {
  override readonly code = 'checkpoint-not-believed';
  readonly checkpoint: string;

  constructor(checkpoint: string) {
    super(`${checkpoint} is not signed by a key of this house, or was altered`);
    this.checkpoint = checkpoint;
  }
}

const ACTOR = 'restore';
const STRAND_BYTES = 8;

/**
 * Takes care that what was lost between the copy and its restore does no harm: every status list there is is closed, so
 * that no index drawn in that time is drawn again, and the ledger goes on in a strand of its own.
 * @param options.takenAt when the copy was made. @param options.keys recorded with it, before all else.
 * @param options.haltReason stops signing with it. @returns how many lists were closed.
 */
async function beginStrand(
  context: IssuingCore,
  {
    takenAt,
    keys,
    haltReason,
  }: { readonly takenAt: Instant; readonly keys: readonly LedgerEntry[]; readonly haltReason: string | undefined },
): Promise<number> {
  const { ledger } = context.store;
  const closing: LedgerEntry[] = [];
  for (const { slug } of await listIssuers(context)) {
    for (const { issuer, list, closed } of await ledger.lists(slug)) {
      if (!closed) closing.push({ actor: ACTOR, event: { kind: 'list-closed', issuer, list } });
    }
  }
  const halts = haltReason !== undefined && (await ledger.halt()) === undefined;
  const stop: readonly LedgerEntry[] = halts
    ? [{ actor: ACTOR, event: { kind: 'halted' }, payload: { reason: haltReason } }]
    : [];
  const strand = [...context.random.bytes(STRAND_BYTES)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  await ledger.append([{ actor: ACTOR, event: { kind: 'restored', strand, takenAt } }, ...stop, ...keys, ...closing]);
  return closing.length;
}

/** What a newer checkpoint made good. */
export interface Reapplied {
  readonly students: number;
  readonly erasedRefs: number;
  /** Badges revoked or suspended again. */
  readonly statusChanges: number;
  /** Keys made, retired or compromised since, recorded again. */
  readonly keyChanges: number;
}

/** What a restore did besides putting files in place. */
export interface AfterRestore extends Reapplied {
  readonly closedLists: number;
  /** The emergency stop in force, from the copy or asked for; undefined while signing may go on. */
  readonly haltedSince: Instant | undefined;
}

/**
 * What has to follow whenever an older copy was put in place, by whatever means.
 * @param options.takenAt when the copy was made. @param options.checkpoints newer than it.
 * @param options.haltReason begins an emergency stop before anything can be signed: no checkpoint shows one, as nothing
 * is signed during it. One the copy holds stays, with its own reason.
 * @throws {CheckpointNotBelievedError} before anything is done.
 */
export async function afterRestore(
  context: IssuingCore,
  options: {
    readonly takenAt: Instant;
    readonly checkpoints: readonly NamedCheckpoint[];
    readonly haltReason: string | undefined;
  },
): Promise<AfterRestore> {
  const { takenAt, checkpoints, haltReason } = options;
  for (const each of checkpoints) {
    const holds = (await verifyCheckpoint(context, each)) === 'holds';
    if (!holds || isDoubtedBy(each, checkpoints)) throw new CheckpointNotBelievedError(each.name);
  }
  const keys = await planKeyEntries(context, { checkpoints, actor: ACTOR });
  const closedLists = await beginStrand(context, { takenAt, keys, haltReason });
  const again = { students: 0, erasedRefs: 0, statusChanges: 0, keyChanges: keys.length };
  for (const each of checkpoints) {
    const { students, erasedRefs, statusChanges } = await reapply(context, each);
    again.students += students;
    again.erasedRefs += erasedRefs;
    again.statusChanges += statusChanges;
  }
  return { closedLists, haltedSince: (await context.store.ledger.halt())?.since, ...again };
}

/** The restored ledger may be too old to know that a key was compromised; a newer checkpoint is not. */
export function isDoubtedBy({ checkpoint }: ReadCheckpoint, others: readonly ReadCheckpoint[]): boolean {
  const stated = others.flatMap((other) => other.checkpoint.keys ?? []);
  const doubted = stated.filter(({ state }) => state === 'compromised');
  return checkpoint.proof.some(({ verificationMethod: method }) =>
    doubted.some(({ publicKeyMultibase }) => typeof method === 'string' && method.endsWith(`#${publicKeyMultibase}`)),
  );
}

/**
 * Does again what a checkpoint newer than the copy knows of it: erasures, and the revocations and suspensions that a
 * status list shows, of badges the copy has.
 */
async function reapply(context: IssuingCore, { checkpoint }: ReadCheckpoint): Promise<Omit<Reapplied, 'keyChanges'>> {
  let statusChanges = 0;
  for (const list of checkpoint.lists) statusChanges += await reapplyList(context, list);
  let [students, erasedRefs] = [0, 0];
  for (const { issuer, refs } of checkpoint.erasures) {
    const erased = await eraseRefs(context, { issuer, refs, actor: ACTOR });
    students += erased.students;
    erasedRefs += erased.refs;
  }
  return { students, erasedRefs, statusChanges };
}

const CHANGES = { revocation: 'revoked', suspension: 'suspended' } as const satisfies Record<StatusPurpose, string>;

async function reapplyList(
  context: IssuingCore,
  { issuer, list, purpose, length, encodedList }: ReadCheckpoint['checkpoint']['lists'][number],
): Promise<number> {
  const decoded = await decodeStatusList(encodedList, context.crypto, Math.ceil(length / 8));
  if (!decoded.ok || (await context.store.ledger.list(list)) === undefined) return 0;
  const { bits } = decoded;
  const present = await context.store.ledger.statusBits(list);
  // What is set here too says nothing new: a version superseded long ago has its bit set for good.
  const added = bits.map((byte, at) => byte & ~(present[at] ?? 0));
  if (added.every((byte) => byte === 0)) return 0;
  const why = { reason: 'a checkpoint newer than the restored copy shows it' };
  let changes = 0;
  for await (const entry of credentialsOf(context, issuer)) {
    const set = entry.versions.filter((version) => version.list === list && bitAt(added, version.index));
    const { credential } = entry;
    // Reserved when the copy was made, issued and revoked since: to be finished, it would come back active.
    for (const { version } of set.filter(({ state }) => state === 'reserved')) {
      await voidVersion(context, { issuer, credential, version }, why);
    }
    const isSet = set.some(({ state }) => state === 'issued');
    const mayChange = entry.state === 'active' || (purpose === 'revocation' && entry.state === 'suspended');
    if (!isSet || !mayChange) continue;
    await changeStatus(context, { credential, change: CHANGES[purpose], ...why, actor: ACTOR });
    changes += 1;
  }
  return changes;
}

async function* credentialsOf({ store }: IssuingCore, issuer: string): AsyncGenerator<CredentialEntry> {
  let after: string | undefined;
  do {
    const page = await store.ledger.credentials(issuer, after);
    yield* page.entries;
    after = page.next;
  } while (after !== undefined);
}

/** Counted from the left-most bit. */
function bitAt(bits: Uint8Array, index: number): boolean {
  return (((bits[index >> 3] ?? 0) >> (7 - (index & 7))) & 1) === 1;
}
