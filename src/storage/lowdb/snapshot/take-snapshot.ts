import { join, relative, sep } from 'node:path';
import type { Clock } from '../../../ports/clock.js';
import { DomainError } from '../../../ports/error.js';
import { StoreUnavailableError } from '../../../ports/store.js';
import type { SnapshotFile, StoreSnapshot, TakeSnapshot } from '../../../ports/store-snapshot.js';
import type { CommitGate } from '../commit-gate.js';
import { makeDirectories } from '../directories.js';
import { type Disk, errorCode } from '../disk.js';
import type { SegmentLedger } from '../ledger/ledger.js';
import type { SegmentRange } from '../ledger/segments.js';
import { pathsBesideSegments } from './stored-paths.js';

/** Where second names of the files of snapshots lie; swept away at every opening. */
export const SNAPSHOT_FOLDER = 'snapshots';
const CHUNK = 262_144;

interface SnapshotOptions {
  readonly disk: Disk;
  readonly directory: string;
  readonly gate: CommitGate;
  readonly ledger: SegmentLedger;
  readonly clock: Clock;
}

/** Snapshots of a store that is open, any number at a time. */
export function createSnapshots(options: SnapshotOptions): TakeSnapshot {
  let taken = 0;
  return (note) => {
    taken += 1;
    return takeSnapshot({ ...options, name: String(taken) }, note);
  };
}

/**
 * Holds all commits still for as long as it takes to give every file a second name: files are replaced as a whole, never
 * written into, so what those names lead to stays as it is while the store goes on. Segments of the ledger only grow, but
 * for erasures, which wait: they are read where they lie, up to where they went.
 * @throws {StoreUnavailableError}
 */
async function takeSnapshot<Noted>(
  options: SnapshotOptions & { readonly name: string },
  note: () => Promise<Noted>,
): Promise<StoreSnapshot<Noted>> {
  const { disk, directory, gate, ledger, clock, name } = options;
  const folder = join(directory, SNAPSHOT_FOLDER, name);
  const erasures = await ledger.holdErasures();
  const release = async (): Promise<void> => {
    erasures.release();
    await disk.removeTree(folder).catch(() => undefined);
  };
  try {
    await makeDirectories(disk, directory, SNAPSHOT_FOLDER, name);
    const { linked, ...taken } = await gate.still(async () => ({
      takenAt: clock.now(),
      segments: ledger.segmentsNow(),
      linked: await linkFiles(disk, directory, folder),
      noted: await note(),
    }));
    const segments = await Promise.all(taken.segments.map((range) => segmentFile(directory, range)));
    const others: SnapshotFile[] = [];
    for (const { path, name } of linked) others.push(await linkedFile(disk, path, name));
    async function* files(): AsyncGenerator<SnapshotFile> {
      yield* segments;
      erasures.release();
      yield* others;
    }
    const bytes = [...segments, ...others].reduce((sum, { size }) => sum + size, 0);
    return { takenAt: taken.takenAt, noted: taken.noted, bytes, files, release };
  } catch (error) {
    await release();
    if (error instanceof DomainError) throw error;
    throw new StoreUnavailableError('no snapshot could be taken', { cause: error });
  }
}

/** A file's path in the data folder, and the name under which the snapshot keeps it. */
interface Linked {
  readonly path: string;
  readonly name: string;
}

async function linkFiles(disk: Disk, directory: string, folder: string): Promise<Linked[]> {
  const linked: Linked[] = [];
  for (const path of await pathsBesideSegments(disk, directory)) {
    const name = join(folder, String(linked.length));
    try {
      await disk.link(join(directory, path), name);
      linked.push({ path, name });
    } catch (error) {
      // Only what an unfinished commit had left over goes away outside a commit: a reader swept it.
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
  return linked;
}

async function segmentFile(directory: string, range: SegmentRange): Promise<SnapshotFile> {
  const size = await range.size();
  return {
    path: relative(directory, range.path).split(sep).join('/'),
    size,
    read: () => chunks(size, (offset, length) => range.read(offset, length)),
  };
}

async function linkedFile(disk: Disk, path: string, name: string): Promise<SnapshotFile> {
  const file = await disk.open(name, 'read');
  const size = await file.size().finally(() => file.close());
  return {
    path,
    size,
    async *read() {
      const opened = await disk.open(name, 'read');
      try {
        yield* chunks(size, (offset, length) => opened.read(offset, length));
      } finally {
        await opened.close();
      }
    },
  };
}

async function* chunks(
  size: number,
  read: (offset: number, length: number) => Promise<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < size; ) {
    const bytes = await read(offset, Math.min(CHUNK, size - offset));
    if (bytes.length === 0) throw new StoreUnavailableError('a file of the snapshot became shorter');
    yield bytes;
    offset += bytes.length;
  }
}
