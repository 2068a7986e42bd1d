import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';

/** An open file. Positions and lengths are bytes. Errors are those of Node, with their `code` (ENOSPC, EIO …). */
export interface DiskFile {
  size(): Promise<number>;
  /** Up to `length` bytes from `position`; fewer only at the end of the file. */
  read(position: number, length: number): Promise<Uint8Array>;
  /** Writes all of the bytes, or throws; some of them may then be in the file. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** fdatasync: the bytes and the size are on the medium when it resolves. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * All that the embedded store asks of a file system, so that a test can make the n-th call fail or end the world
 * there. Files are made 0600, directories 0700.
 */
export interface Disk {
  /** A new file, open for writing. Throws EEXIST when there is one. */
  create(path: string): Promise<DiskFile>;
  /** An existing file. Throws ENOENT when there is none. */
  open(path: string, access: 'read' | 'write'): Promise<DiskFile>;
  /** All of a file, or `undefined` when there is none. */
  readFile(path: string): Promise<Uint8Array | undefined>;
  rename(from: string, to: string): Promise<void>;
  /** A second name for a file. Throws EEXIST when the name is taken: of several processes one wins. */
  link(existing: string, name: string): Promise<void>;
  /** Removes a file; one that is not there is no error. */
  remove(path: string): Promise<void>;
  /** Removes a directory with all that is in it; one that is not there is no error. */
  removeTree(path: string): Promise<void>;
  /** Names in a directory, none when it does not exist. */
  list(path: string): Promise<string[]>;
  /** Makes one directory; its parent exists. @returns false when it was there already. */
  makeDirectory(path: string): Promise<boolean>;
  /** fsync of a directory: names made, renamed and removed in it are on the medium when it resolves. */
  syncDirectory(path: string): Promise<void>;
  /** When the file was last written, milliseconds since 1970 by the file system's own clock. */
  modifiedAt(path: string): Promise<number | undefined>;
}

/** The `code` of a file system error: `ENOENT`, `EEXIST` … */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

async function unlessAbsent<T, A>(work: Promise<T>, absent: A): Promise<T | A> {
  try {
    return await work;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return absent;
    throw error;
  }
}

function diskFile(handle: fs.FileHandle): DiskFile {
  return {
    size: async () => (await handle.stat()).size,
    async read(position, length) {
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
    async write(bytes, position) {
      let written = 0;
      while (written < bytes.length) {
        const result = await handle.write(bytes, written, bytes.length - written, position + written);
        written += result.bytesWritten;
      }
    },
    sync: () => handle.datasync(),
    truncate: (length) => handle.truncate(length),
    close: () => handle.close(),
  };
}

/** The machine's file system. */
export const nodeDisk: Disk = {
  create: async (path) =>
    diskFile(
      await fs.open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600),
    ),
  open: async (path, access) => diskFile(await fs.open(path, access === 'read' ? 'r' : 'r+')),
  readFile: (path) => unlessAbsent(fs.readFile(path), undefined),
  rename: (from, to) => fs.rename(from, to),
  link: (existing, name) => fs.link(existing, name),
  remove: (path) => unlessAbsent(fs.unlink(path), undefined),
  removeTree: (path) => fs.rm(path, { recursive: true, force: true }),
  list: (path) => unlessAbsent(fs.readdir(path), []),
  async makeDirectory(path) {
    try {
      await fs.mkdir(path, { mode: 0o700 });
      return true;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false;
      throw error;
    }
  },
  async syncDirectory(path) {
    const handle = await fs.open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  modifiedAt: async (path) => (await unlessAbsent(fs.stat(path), undefined))?.mtimeMs,
};
