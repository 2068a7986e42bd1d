import type { IssuingCore } from '../issuing/context.js';
import type { LedgerCheck } from '../ports/ledger.js';
import type { ReadCheckpoint } from './checkpoint.js';
import { type CheckpointSignature, verifyCheckpoint } from './verify-checkpoint.js';

/** A checkpoint and what to call it when something is wrong with it. */
export interface NamedCheckpoint extends ReadCheckpoint {
  /** The name of its file. */
  readonly name: string;
}

export interface AuditReport extends LedgerCheck {
  /** In the order given. */
  readonly checkpoints: readonly {
    readonly name: string;
    readonly at: string;
    readonly signature: CheckpointSignature;
  }[];
}

/**
 * Reads the whole ledger again and holds it against checkpoints that were kept elsewhere (K7): what was edited, removed,
 * swapped or inserted the chain itself shows; that the last records were taken away, or all of them written anew, only
 * they do. A checkpoint whose proofs do not hold is a problem of its own, and its heads are not believed. One signed
 * with a key since compromised is compared all the same: what it knows may well be true, and is no problem by itself.
 */
export async function auditLedger(context: IssuingCore, checkpoints: readonly NamedCheckpoint[]): Promise<AuditReport> {
  const examined = [];
  for (const each of checkpoints) examined.push({ ...each, signature: await verifyCheckpoint(context, each) });
  const believed = examined.filter(({ signature }) => signature === 'holds' || signature === 'doubted-key');
  const check = await context.store.ledger.check(believed.flatMap(({ checkpoint }) => checkpoint.strands));
  const told = examined.map(({ name, checkpoint, signature }) => ({ name, at: checkpoint.at, signature }));
  return { ...check, ok: check.ok && believed.length === examined.length, checkpoints: told };
}
