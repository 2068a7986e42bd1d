import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type Entry, type Extract, extract } from 'tar-stream';
import { DomainError } from '../ports/error.js';
import {
  BackupDamagedError,
  type BackupManifest,
  CHECKPOINT_ENTRY,
  DATA_PREFIX,
  MANIFEST_ENTRY,
  SUMS_ENTRY,
  zBackupManifest,
} from './archive-format.js';
import { ARCHIVE_LIMITS, type ArchiveLimits, createInflationGuard, type InflationGuard } from './archive-limits.js';

const MAX_MANIFEST_BYTES = 1_048_576;
const MAX_SUMS_BYTES = 268_435_456;
const SUM_LINE = /^([0-9a-f]{64}) {2}(.+)$/;

type Take = (path: string, content: AsyncIterable<Uint8Array>) => Promise<void>;

/** What an archive was found to hold; its files were handed over as they came. */
export interface ReadArchive {
  readonly manifest: BackupManifest;
  readonly files: number;
  /** SHA-256 of the list of sums, which the checkpoint signs. */
  readonly sumsSha256: string;
  readonly checkpoint: Uint8Array | undefined;
}

/**
 * Reads a backup from its first byte to its last and holds every entry against the sums at its end. Nothing is to be
 * believed before it has returned.
 * @param take is given each file of the data folder, path and content; content is to be read to its end.
 * @param options.room bytes free where the files go. @param options.limits what it may unpack to.
 * @throws {BackupDamagedError} naming the entry, whatever is wrong with the archive. {@link BackupTooLargeError}
 * What `take` throws passes.
 */
export async function readArchive(
  source: AsyncIterable<Uint8Array>,
  take: Take,
  {
    room = Number.POSITIVE_INFINITY,
    limits = ARCHIVE_LIMITS,
  }: { readonly room?: number; readonly limits?: ArchiveLimits } = {},
): Promise<ReadArchive> {
  const tar = extract();
  const place = { entry: 'archive' };
  const guard = createInflationGuard({ limits, room });
  const reading = readEntries(tar, { place, guard, take });
  const feeding = pipeline(source, createGunzip(), guard.through, tar);
  const [read, fed] = await Promise.allSettled([reading, feeding]);
  if (read.status === 'rejected' && read.reason instanceof DomainError) throw read.reason;
  if (fed.status === 'rejected') throw brokenArchive(place.entry, fed.reason);
  if (read.status === 'rejected') throw brokenArchive(place.entry, read.reason);
  return read.value;
}

function brokenArchive(entry: string, error: unknown): Error {
  // The system's own refusals (no such file, a failing disk) are none of the archive's.
  if (error instanceof DomainError || (error instanceof Error && 'syscall' in error)) return error;
  return new BackupDamagedError(entry, 'the archive is broken here, or breaks off', { cause: error });
}

async function readEntries(
  tar: Extract,
  { place, guard, take }: { readonly place: { entry: string }; readonly guard: InflationGuard; readonly take: Take },
): Promise<ReadArchive> {
  const found = new Map<string, string>();
  let manifest: BackupManifest | undefined;
  let sums: { readonly text: string; readonly sha256: string } | undefined;
  let checkpoint: Uint8Array | undefined;
  for await (const entry of tar) {
    const { name, type, size = 0 } = entry.header;
    place.entry = name;
    guard.begin(name, size);
    const refuse = (message: string) => new BackupDamagedError(name, message);
    if (type !== 'file') throw refuse('it is no plain file');
    if (found.has(name)) throw refuse('it is there twice');
    if (checkpoint !== undefined || (sums !== undefined && name !== CHECKPOINT_ENTRY))
      throw refuse('it comes after the end');
    if ((manifest === undefined) !== (name === MANIFEST_ENTRY)) throw refuse('the manifest has to come first');
    const hashed = hashing(entry, guard);
    if (name === MANIFEST_ENTRY) {
      manifest = parseManifest(await whole(hashed.content, MAX_MANIFEST_BYTES, name));
      if (manifest.bytes !== undefined) guard.state(name, manifest.bytes);
    } else if (name === SUMS_ENTRY)
      sums = {
        text: Buffer.from(await whole(hashed.content, MAX_SUMS_BYTES, name)).toString(),
        sha256: hashed.sha256(),
      };
    else if (name === CHECKPOINT_ENTRY && sums !== undefined)
      checkpoint = await whole(hashed.content, MAX_SUMS_BYTES, name);
    else if (name.startsWith(DATA_PREFIX)) {
      guard.addFile(name, size);
      await take(name.slice(DATA_PREFIX.length), hashed.content);
    } else throw refuse('no backup has such an entry');
    found.set(name, hashed.sha256());
  }
  if (manifest === undefined || sums === undefined) {
    throw new BackupDamagedError(place.entry, 'the archive breaks off: its check sums are missing');
  }
  found.delete(SUMS_ENTRY);
  found.delete(CHECKPOINT_ENTRY);
  holdAgainst(found, sums.text);
  return { manifest, files: found.size - 1, sumsSha256: sums.sha256, checkpoint };
}

/** Every entry has its sum, and every sum its entry. */
function holdAgainst(found: ReadonlyMap<string, string>, text: string): void {
  const missing = new Set(found.keys());
  for (const line of text.split('\n').slice(0, -1)) {
    const [, sha256, name = SUMS_ENTRY] = SUM_LINE.exec(line) ?? [];
    if (found.get(name) === undefined) throw new BackupDamagedError(name, 'it is missing from the archive');
    if (found.get(name) !== sha256) throw new BackupDamagedError(name, 'its check sum does not match');
    missing.delete(name);
  }
  const [unknown] = missing;
  if (unknown !== undefined) throw new BackupDamagedError(unknown, 'it has no check sum');
}

function hashing(
  entry: Entry,
  guard: InflationGuard,
): { readonly content: AsyncIterable<Uint8Array>; sha256(): string } {
  const digest = createHash('sha256');
  let hex: string | undefined;
  return {
    content: (async function* () {
      for await (const piece of entry) {
        digest.update(piece);
        guard.took(piece.length);
        yield piece;
      }
    })(),
    sha256() {
      hex ??= digest.digest('hex');
      return hex;
    },
  };
}

async function whole(content: AsyncIterable<Uint8Array>, most: number, name: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of content) {
    length += piece.length;
    if (length > most) throw new BackupDamagedError(name, 'it is too long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parseManifest(bytes: Uint8Array): BackupManifest {
  try {
    return zBackupManifest.parse(JSON.parse(Buffer.from(bytes).toString()));
  } catch (error) {
    throw new BackupDamagedError(MANIFEST_ENTRY, 'it is not that of a backup this version reads', { cause: error });
  }
}
