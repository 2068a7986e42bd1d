import { basename, dirname, join } from 'node:path';
import type { Json } from '../../../ports/json.js';
import { StoreDamagedError } from '../../../ports/store.js';
import type { Disk } from '../disk.js';
import { isTemporaryName } from '../durable-json-file.js';
import { FileCache } from '../file-cache.js';
import type { StoreLimits } from '../limits.js';
import { LowFile } from '../low-file.js';
import { HEX_DIGITS, keyDigits, type RowFile, rowFileName, zRowFile } from './row-file.js';

const EMPTY: RowFile = { kind: 'rows', rows: [] };
const parse = (data: unknown): RowFile => zRowFile.parse(data);

/** A leaf and the digits that lead to it. */
export interface Leaf {
  readonly digits: string;
  readonly rows: readonly (readonly [string, Json])[];
}

/** The trees of row files. One topic is in use once at a time: the caller sees to that. */
export class TopicFiles {
  readonly #disk: Disk;
  readonly #files: FileCache<RowFile>;
  readonly #leafRows: number;

  constructor(options: { readonly disk: Disk; readonly limits: StoreLimits }) {
    this.#disk = options.disk;
    this.#leafRows = options.limits.leafRows;
    this.#files = new FileCache({ limit: options.limits.logCacheLength, open: (path) => this.#open(path) });
  }

  /** The leaf where a key belongs. */
  async leafOf(directory: string, key: string): Promise<Leaf> {
    const digits = keyDigits(key);
    for (let depth = 0; depth <= digits.length; depth += 1) {
      const file = (await this.#file(directory, digits.slice(0, depth))).data;
      if (file.kind === 'rows') return { digits: digits.slice(0, depth), rows: file.rows };
    }
    throw new StoreDamagedError(directory, rowFileName(digits), 'the tree of row files has no end');
  }

  /** Every leaf below some digits. */
  async *leaves(directory: string, digits = ''): AsyncGenerator<Leaf> {
    const file = (await this.#file(directory, digits)).data;
    if (file.kind === 'rows') yield { digits, rows: file.rows };
    else for (const digit of HEX_DIGITS) yield* this.leaves(directory, digits + digit);
  }

  /**
   * Replaces the rows of a leaf, durably; forks it when there are too many. The leaves of a fork are written first:
   * until the fork itself stands, nobody reads them. @throws {StoreUnavailableError} and the leaf is what it was.
   */
  async write(directory: string, leaf: Leaf): Promise<void> {
    await this.#writeTo(await this.#file(directory, leaf.digits), directory, leaf);
  }

  async #writeTo(file: LowFile<RowFile>, directory: string, { digits, rows }: Leaf): Promise<void> {
    if (rows.length <= this.#leafRows) {
      await file.replace({ kind: 'rows', rows: rows.map(([key, value]) => [key, value]) });
    } else {
      // A fork's leaves without their fork would look like a lost file: the root is there before them.
      if (!file.exists) await file.replace(EMPTY);
      for (const digit of HEX_DIGITS) {
        const below = rows.filter(([key]) => keyDigits(key).charAt(digits.length) === digit);
        const path = join(directory, rowFileName(digits + digit));
        // Made anew, so that nothing an unfinished fork left under this name counts.
        const leaf = LowFile.create({ disk: this.#disk, path, parse, initial: EMPTY });
        await this.#writeTo(leaf, directory, { digits: digits + digit, rows: below });
      }
      await file.replace({ kind: 'fork' });
    }
    this.#files.keep(file);
  }

  /** A missing root is an empty topic; any other file that is missing was lost, and so was a root that had leaves. */
  async #open(path: string): Promise<LowFile<RowFile>> {
    const root = rowFileName('');
    if (basename(path) !== root) return LowFile.open({ disk: this.#disk, path, parse });
    const file = await LowFile.open({ disk: this.#disk, path, parse, initial: EMPTY });
    for (const name of await this.#disk.list(dirname(path))) {
      if (isTemporaryName(name)) await this.#disk.remove(join(dirname(path), name)).catch(() => undefined);
      else if (!file.exists) throw new StoreDamagedError(path, 'file', `it is missing beside ${name}`);
    }
    return file;
  }

  #file(directory: string, digits: string): Promise<LowFile<RowFile>> {
    return this.#files.get(join(directory, rowFileName(digits)));
  }
}
