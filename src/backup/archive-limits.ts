import { DomainError } from '../ports/error.js';

/** How much a backup may come to when it is unpacked. */
export interface ArchiveLimits {
  /** One entry. Bytes. */
  readonly entryBytes: number;
  /** All files of the data folder. Bytes. */
  readonly totalBytes: number;
  readonly entries: number;
}

/**
 * No backup of ours comes near: the longest file is a segment of 256 MiB and one group of records more, and a million
 * badges, where this store ends, are 28 GB.
 */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  entryBytes: 4 * 1024 ** 3,
  totalBytes: 1024 ** 4,
  entries: 1_000_000,
};

/**
 * Which bound was passed: what no backup of ours comes to, what the archive's own manifest says of it, or what the disk
 * has room for.
 */
export type ArchiveBound = 'possible' | 'stated' | 'disk';

/** The archive unpacks to more than it may: a decompression bomb, or a disk too small. Nothing of it was put in place. */
export class BackupTooLargeError extends DomainError {
  override readonly code = 'backup-too-large';
  /** Name of the entry with which the bound is passed. */
  readonly entry: string;
  readonly bound: ArchiveBound;
  /** The bound. Bytes, or entries. */
  readonly most: number;

  constructor(entry: string, bound: ArchiveBound, most: number) {
    super(`${entry}: with it the archive unpacks to more than ${most} (${bound})`);
    this.entry = entry;
    this.bound = bound;
    this.most = most;
  }
}

/** Header, padding and an extended header for a long name. */
const BESIDES_AN_ENTRY = 8_192;
/** What is on its way through buffers, and the zeros at the end. */
const UNDER_WAY = 4_194_304;

/** Counts what an archive unpacks to, while it is read, and breaks off before anybody holds too much of it. */
export interface InflationGuard {
  /** Lets the unpacked bytes through as long as they are content that is taken, or the little that frames it. */
  through(unpacked: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  /** Before each entry. @param size what its header says. @throws {BackupTooLargeError} */
  begin(name: string, size: number): void;
  /** Before each file of the data folder, by what its header says. @throws {BackupTooLargeError} */
  addFile(name: string, size: number): void;
  /** Bytes of an entry's content that were read. */
  took(bytes: number): void;
  /** What the manifest says all files come to. @throws {BackupTooLargeError} when that is too much already. */
  state(name: string, bytes: number): void;
}

/**
 * @param options.room bytes free where the files go. @throws {BackupTooLargeError} from its methods, also for what is no
 * entry's content: extended headers are held in memory until they are whole, and zeros could go on for ever.
 */
export function createInflationGuard({
  limits,
  room,
}: {
  readonly limits: ArchiveLimits;
  readonly room: number;
}): InflationGuard {
  let last = 'archive';
  let [entries, total, unpackedBytes, taken] = [0, 0, 0, 0];
  let bound: { readonly kind: ArchiveBound; readonly most: number } = { kind: 'possible', most: limits.totalBytes };
  if (room < bound.most) bound = { kind: 'disk', most: room };
  return {
    async *through(unpacked) {
      for await (const bytes of unpacked) {
        unpackedBytes += bytes.length;
        const most = UNDER_WAY + entries * BESIDES_AN_ENTRY;
        if (unpackedBytes - taken > most) throw new BackupTooLargeError(last, 'possible', most);
        yield bytes;
      }
    },
    begin(name, size) {
      last = name;
      entries += 1;
      if (entries > limits.entries) throw new BackupTooLargeError(name, 'possible', limits.entries);
      if (size > limits.entryBytes) throw new BackupTooLargeError(name, 'possible', limits.entryBytes);
    },
    addFile(name, size) {
      total += size;
      if (total > bound.most) throw new BackupTooLargeError(name, bound.kind, bound.most);
    },
    took(bytes) {
      taken += bytes;
    },
    state(name, bytes) {
      if (bytes > bound.most) throw new BackupTooLargeError(name, bound.kind, bound.most);
      bound = { kind: 'stated', most: bytes };
    },
  };
}
