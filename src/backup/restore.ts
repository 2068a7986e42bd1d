import type { NamedCheckpoint } from '../audit/audit-ledger.js';
import type { ReadCheckpoint } from '../audit/checkpoint.js';
import { CheckpointUnreadableError, readCheckpoint } from '../audit/read-checkpoint.js';
import { verifyCheckpoint } from '../audit/verify-checkpoint.js';
import type { IssuingCore } from '../issuing/context.js';
import { DomainError } from '../ports/error.js';
import { type Instant, parseInstant } from '../text/instant.js';
import { type AfterRestore, afterRestore, isDoubtedBy } from './after-restore.js';
import { BackupDamagedError, CHECKPOINT_ENTRY, MANIFEST_ENTRY } from './archive-format.js';
import { type ReadArchive, readArchive } from './read-archive.js';

/** An empty data folder that a store is put back into; see the embedded store's `beginPutBack`. */
export interface RestoreTarget {
  readonly staging: string;
  /** Bytes free where the files go. */
  room(): Promise<number>;
  write(path: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  commit(): Promise<void>;
  abandon(): Promise<void>;
}

/**
 * `ours`: the private half of each key that signed it is here. `no-key-here`: it fits, but whose it is nobody can say.
 * `doubted-key`: it fits, but a checkpoint given with it knows a key that signed it as compromised.
 */
export type BackupSignature = 'ours' | 'no-key-here' | 'doubted-key' | 'none';

/** Nobody can say that the backup comes from here: somebody else may have put an operator of theirs into it. */
export class BackupNotOursError extends DomainError {
  override readonly code = 'backup-not-ours';
  readonly signature: Exclude<BackupSignature, 'ours'>;

  constructor(signature: BackupNotOursError['signature']) {
    super(NOT_OURS[signature]);
    this.signature = signature;
  }
}

const NOT_OURS = {
  none: 'the backup is not signed',
  'no-key-here': 'the key that signed the backup is not here',
  'doubted-key': 'a newer checkpoint knows the key that signed the backup as compromised',
} as const satisfies Record<BackupNotOursError['signature'], string>;

export interface RestoreReport extends AfterRestore {
  readonly takenAt: Instant;
  readonly records: number;
  readonly files: number;
  readonly signature: BackupSignature;
  /** Records that the checkpoints know and the backup does not; undefined without a checkpoint. */
  readonly lostRecords: number | undefined;
}

/**
 * Puts a backup into an empty folder: every entry is held against its check sum, the ledger against its own chain and
 * against what the manifest says of it, checkpoints are applied and status lists closed, and only then is anything there.
 * @param options.openStaged opens the house over the staged files.
 * @throws {BackupDamagedError} {@link BackupTooLargeError} {@link BackupNotOursError} {@link CheckpointNotBelievedError} {@link StoreDamagedError} {@link StoreUnavailableError};
 * the folder is empty again.
 */
export async function restore(options: {
  readonly source: AsyncIterable<Uint8Array>;
  readonly target: RestoreTarget;
  readonly openStaged: (staging: string) => Promise<{ readonly issuing: IssuingCore; close(): Promise<void> }>;
  readonly checkpoints: readonly NamedCheckpoint[];
  /** Takes a backup that no key of this house was seen to sign. */
  readonly trustsUnsigned: boolean;
  /** Begins an emergency stop; see {@link afterRestore}. */
  readonly haltReason: string | undefined;
}): Promise<RestoreReport> {
  const { source, target, openStaged } = options;
  try {
    const room = await target.room();
    const archive = await readArchive(source, (path, content) => target.write(path, content), { room });
    const house = await openStaged(target.staging);
    let report: RestoreReport;
    try {
      report = await makeUsable(house.issuing, archive, options);
    } finally {
      await house.close();
    }
    await target.commit();
    return report;
  } catch (error) {
    await target.abandon();
    throw error;
  }
}

async function makeUsable(
  context: IssuingCore,
  archive: ReadArchive,
  {
    checkpoints,
    trustsUnsigned,
    haltReason,
  }: Pick<Parameters<typeof restore>[0], 'checkpoints' | 'trustsUnsigned' | 'haltReason'>,
): Promise<RestoreReport> {
  const { manifest, files } = archive;
  const takenAt = parseInstant(manifest.takenAt);
  const check = await context.store.ledger.check(manifest.strands);
  const [problem] = check.problems;
  if (problem !== undefined) throw new BackupDamagedError(problem.file, `${problem.place}: ${problem.message}`);
  if (takenAt === undefined) throw new BackupDamagedError(MANIFEST_ENTRY, 'it does not say when it was taken');
  const signature = await signatureOf(context, archive, checkpoints);
  if (signature !== 'ours' && !trustsUnsigned) throw new BackupNotOursError(signature);
  const known = checkpoints.map(({ checkpoint }) => totalOf(checkpoint.strands));
  const records = totalOf(manifest.strands);
  const done = await afterRestore(context, { takenAt, checkpoints, haltReason });
  const lostRecords = known.length === 0 ? undefined : Math.max(0, ...known.map((total) => total - records));
  return { takenAt, records, files, signature, lostRecords, ...done };
}

/** @throws {BackupDamagedError} when there is a checkpoint in it that does not fit. */
async function signatureOf(
  context: IssuingCore,
  archive: ReadArchive,
  checkpoints: readonly NamedCheckpoint[],
): Promise<BackupSignature> {
  if (archive.checkpoint === undefined) return 'none';
  const read = readOwnCheckpoint(archive.checkpoint);
  const fits = read.checkpoint.backup?.sha256 === archive.sumsSha256;
  if (!fits || (await verifyCheckpoint(context, read)) !== 'holds') {
    throw new BackupDamagedError(CHECKPOINT_ENTRY, 'it is not signed for this backup');
  }
  if (isDoubtedBy(read, checkpoints)) return 'doubted-key';
  for (const { verificationMethod } of read.checkpoint.proof) {
    const isHere = typeof verificationMethod === 'string' && (await context.signer.canSign(verificationMethod));
    if (!isHere) return 'no-key-here';
  }
  return 'ours';
}

/** @throws {BackupDamagedError} when it is none that this version reads. */
function readOwnCheckpoint(bytes: Uint8Array): ReadCheckpoint {
  try {
    return readCheckpoint(bytes);
  } catch (error) {
    if (!(error instanceof CheckpointUnreadableError)) throw error;
    throw new BackupDamagedError(CHECKPOINT_ENTRY, error.message, { cause: error });
  }
}

function totalOf(strands: readonly { readonly records: number }[]): number {
  return strands.reduce((sum, { records }) => sum + records, 0);
}
