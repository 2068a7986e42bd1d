import type { CheckpointFacts } from '../audit/checkpoint.js';
import { readCheckpointFacts, signCheckpoint } from '../audit/make-checkpoint.js';
import type { IssuingCore } from '../issuing/context.js';
import { DomainError } from '../ports/error.js';
import type { TakeSnapshot } from '../ports/store-snapshot.js';
import { formatInstantPrecisely, type Instant } from '../text/instant.js';
import type { BackupManifest } from './archive-format.js';
import { writeArchive } from './write-archive.js';

export interface BackupReport {
  readonly takenAt: Instant;
  /** Of the ledger, in all its strands. */
  readonly records: number;
  readonly files: number;
  /** After compression. */
  readonly bytes: number;
  /** False when no key could sign the checkpoint in it: halted, locked, none there. */
  readonly signed: boolean;
}

/**
 * Writes a backup of the whole house as it is at this instant, while it goes on: all that was acknowledged before is in
 * it. Private keys are not: they lie elsewhere, and are to be kept elsewhere.
 * @param options.write takes the archive piece by piece; it is waited for.
 */
export async function backUp(
  context: IssuingCore,
  options: {
    readonly takeSnapshot: TakeSnapshot;
    /** Version of Sceau. */
    readonly madeBy: string;
    readonly write: (bytes: Uint8Array) => Promise<void>;
  },
): Promise<BackupReport> {
  const snapshot = await options.takeSnapshot(() => readCheckpointFacts(context));
  try {
    const { noted: facts, takenAt, bytes } = snapshot;
    const { issuers, strands, publicUrl } = facts;
    const manifest: BackupManifest = {
      format: 'sceau-backup',
      version: 1,
      madeBy: options.madeBy,
      takenAt: formatInstantPrecisely(takenAt),
      publicUrl,
      bytes,
      issuers,
      strands,
    };
    const written = await writeArchive(
      {
        takenAt,
        manifest: `${JSON.stringify(manifest, null, 2)}\n`,
        files: snapshot.files(),
        sign: (sha256) => trySigning(context, { ...facts, backup: { sha256 } }),
      },
      options.write,
    );
    return { takenAt, records: strands.reduce((sum, { records }) => sum + records, 0), ...written };
  } finally {
    await snapshot.release();
  }
}

/** A house that cannot sign just now is one that needs its backups all the more. */
async function trySigning(context: IssuingCore, facts: CheckpointFacts): Promise<string | undefined> {
  if (facts.issuers.length === 0) return undefined;
  try {
    return `${JSON.stringify(await signCheckpoint(context, facts))}\n`;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    context.logger.warn('backup-not-signed', { code: error.code });
    return undefined;
  }
}
