import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Adapter } from 'lowdb';
import { StoreDamagedError, StoreUnavailableError } from '../../ports/store.js';
import type { Disk } from './disk.js';

// A file is one JSON object: `{"sceau":1,"sha256":"<hex>","data":<text>}`; the check sum is that of <text>.
const HEAD = /^\{"sceau":(\d+),"sha256":"([0-9a-f]{64})","data":$/;
const FORMAT_VERSION = 1;
const HEAD_LENGTH = '{"sceau":1,"sha256":"","data":'.length + 64;
const TAIL = '}\n';

/** A write that failed. `published`: the new content may already stand under the file's name. */
export class FileWriteError extends Error {
  readonly published: boolean;

  constructor(path: string, published: boolean, options: ErrorOptions) {
    super(`${path} could not be written`, options);
    this.published = published;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function readFile(disk: Disk, path: string): Promise<Uint8Array | undefined> {
  try {
    return await disk.readFile(path);
  } catch (error) {
    throw new StoreUnavailableError(`${path} could not be read`, { cause: error });
  }
}

function decode(path: string, bytes: Uint8Array): unknown {
  const damaged = (message: string, options?: ErrorOptions) =>
    new StoreDamagedError(path, `${bytes.length} bytes`, message, options);
  const text = new TextDecoder().decode(bytes);
  const head = HEAD.exec(text.slice(0, HEAD_LENGTH));
  if (head === null || !text.endsWith(TAIL)) throw damaged('not a whole file of this store');
  if (Number(head[1]) !== FORMAT_VERSION) throw damaged(`format version ${head[1]} is unknown`);
  const data = text.slice(HEAD_LENGTH, -TAIL.length);
  if (sha256(data) !== head[2]) throw damaged('the check sum does not match the content');
  try {
    return JSON.parse(data);
  } catch (error) {
    throw damaged('the content is not JSON', { cause: error });
  }
}

/** Names that {@link durableJsonFile} leaves behind when it is cut short; safe to remove under the store's lock. */
export function isTemporaryName(name: string): boolean {
  return name.endsWith('.tmp');
}

let lastTemporary = 0;

/**
 * Puts bytes under a name so that after a crash the file is whole, old or new: a temporary file of its own in the
 * same directory, written and fsynced, renamed over the old one, then the directory fsynced.
 * @throws {FileWriteError}
 */
export async function writeFileDurably(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const directory = dirname(path);
  lastTemporary += 1;
  const temporary = join(directory, `.${basename(path)}.${process.pid}.${lastTemporary}.tmp`);
  let published = false;
  try {
    // A name left by an earlier process of the same number is not ours to write into.
    await disk.remove(temporary);
    const file = await disk.create(temporary);
    try {
      await file.write(bytes, 0);
      await file.sync();
    } finally {
      await file.close();
    }
    published = true;
    await disk.rename(temporary, path);
    await disk.syncDirectory(directory);
  } catch (error) {
    await disk.remove(temporary).catch(() => undefined);
    throw new FileWriteError(path, published, { cause: error });
  }
}

/** A lowdb adapter over one durable file. Tells how long its JSON text was when last read or written. */
export interface DurableJsonFile<T> extends Adapter<T> {
  /** Length of the content's JSON text, UTF-16 units. */
  readonly length: number;
}

/**
 * lowdb adapter: JSON with its check sum in one file that is replaced as a whole, see {@link writeFileDurably}.
 * Reading answers `null` when there is no file.
 * @param options.parse turns what was read into a `T`; throws when it is something else.
 * @throws {StoreDamagedError} {@link StoreUnavailableError} from `read`, {@link FileWriteError} from `write`.
 */
export function durableJsonFile<T>(options: {
  readonly disk: Disk;
  readonly path: string;
  readonly parse: (data: unknown) => T;
}): DurableJsonFile<T> {
  const { disk, path, parse } = options;
  let length = 0;
  return {
    get length() {
      return length;
    },
    async read() {
      const bytes = await readFile(disk, path);
      if (bytes === undefined) return null;
      const data = decode(path, bytes);
      length = bytes.length;
      try {
        return parse(data);
      } catch (error) {
        throw new StoreDamagedError(path, 'content', 'not what this file is for', { cause: error });
      }
    },
    async write(data) {
      const text = JSON.stringify(data);
      const file = `{"sceau":${FORMAT_VERSION},"sha256":"${sha256(text)}","data":${text}${TAIL}`;
      await writeFileDurably(disk, path, new TextEncoder().encode(file));
      length = text.length;
    },
  };
}
