import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { extract, type Headers, pack } from 'tar-stream';
import { inject } from 'vitest';
import type { NamedCheckpoint } from '../../src/audit/audit-ledger.js';
import { backUp } from '../../src/backup/back-up.js';
import type { RestoreReport } from '../../src/backup/restore.js';
import { restoreHouse } from '../../src/compose/restore-house.js';
import type { House } from '../../src/compose.js';
import { readConfig } from '../../src/config.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { houseEnvironment } from '../support/house.js';

/** A backup of a house, in memory. */
export async function backUpHouse(house: House): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await backUp(house.issuing, {
    takeSnapshot: ensureDefined(house.takeSnapshot),
    madeBy: 'test',
    write: async (bytes) => {
      pieces.push(bytes);
    },
  });
  return Buffer.concat(pieces);
}

/** Restores into the data folder below `folder`; the keys are expected beside it. */
export function restoreInto(
  folder: string,
  archive: Uint8Array,
  checkpoints: readonly NamedCheckpoint[] = [],
  { trustsUnsigned = false, haltReason }: { readonly trustsUnsigned?: boolean; readonly haltReason?: string } = {},
): Promise<RestoreReport> {
  const config = readConfig(houseEnvironment(folder), folder);
  const source = (async function* () {
    for (let at = 0; at < archive.length; at += 10_000) yield archive.subarray(at, at + 10_000);
  })();
  const backup = { source, checkpoints, trustsUnsigned, haltReason };
  return restoreHouse(config, backup, { workerEntry: new URL(inject('workerEntry')) });
}

export interface ArchiveEntry {
  readonly header: Headers;
  readonly body: Buffer;
}

/** The entries of an archive, in their order. */
export async function entriesOf(archive: Uint8Array): Promise<ArchiveEntry[]> {
  const tar = extract();
  tar.end(gunzipSync(archive));
  const entries: ArchiveEntry[] = [];
  for await (const entry of tar) entries.push({ header: { ...entry.header }, body: await buffer(entry) });
  return entries;
}

/** An archive of these entries, sizes made to fit. */
export async function archiveOf(entries: readonly ArchiveEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { header, body } of entries) {
    const plain = header.type === undefined || header.type === 'file';
    tar.entry({ ...header, ...(plain ? { size: body.length } : {}) }, plain ? body : undefined);
  }
  tar.finalize();
  return gzipSync(await buffer(tar));
}

/** A folder inside another one, for a second house. */
export function besides(folder: string): Promise<string> {
  return mkdtemp(join(folder, 'other-'));
}
