import { z } from 'zod';
import { DomainError } from '../ports/error.js';

/**
 * A backup is a gzipped tar: `manifest.json`, then the data folder's files below `data/`, then `SHA256SUMS` in the form
 * of `sha256sum`, and at last, when a key could sign it, `checkpoint.json`. Without its sums it is no whole backup.
 */
export const MANIFEST_ENTRY = 'manifest.json';
export const DATA_PREFIX = 'data/';
export const SUMS_ENTRY = 'SHA256SUMS';
export const CHECKPOINT_ENTRY = 'checkpoint.json';

export const zBackupManifest = z.strictObject({
  format: z.literal('sceau-backup'),
  version: z.literal(1),
  /** Version of Sceau that made it. */
  madeBy: z.string(),
  /** Everything acknowledged before is in it. ISO 8601, UTC, to the millisecond. */
  takenAt: z.iso.datetime(),
  publicUrl: z.string(),
  /** What the files of the data folder come to, unpacked; the first backups did not say. */
  bytes: z.int().nonnegative().optional(),
  issuers: z.array(z.strictObject({ slug: z.string(), did: z.string() })),
  /** How far the ledger goes. */
  strands: z.array(z.strictObject({ strand: z.string(), records: z.int().nonnegative(), head: z.string() })),
});
export type BackupManifest = z.infer<typeof zBackupManifest>;

/** The archive is not what was written: names the entry. Nothing of it was put in place. */
export class BackupDamagedError extends DomainError {
  override readonly code = 'backup-damaged';
  /** Name of the entry, or of the one after which the archive breaks off. */
  readonly entry: string;

  constructor(entry: string, message: string, options?: ErrorOptions) {
    super(`${entry}: ${message}`, options);
    this.entry = entry;
  }
}
