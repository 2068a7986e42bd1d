import { Low } from 'lowdb';
import { StoreDamagedError, StoreUnavailableError } from '../../ports/store.js';
import type { Disk } from './disk.js';
import { type DurableJsonFile, durableJsonFile, FileWriteError } from './durable-json-file.js';

/**
 * One lowdb file. Memory never runs ahead of the disk: `data` is the last content known to be durable. When a write
 * fails after the new content may have been published (the directory could not be fsynced), the file is *unsettled*
 * until the last durable content has been written once more, so that what was refused does not show up later.
 */
export class LowFile<T> {
  readonly path: string;
  readonly #low: Low<T>;
  readonly #adapter: DurableJsonFile<T>;
  #settled = true;
  #exists = false;

  private constructor(path: string, low: Low<T>, adapter: DurableJsonFile<T>) {
    this.path = path;
    this.#low = low;
    this.#adapter = adapter;
  }

  /** Reads the file; `initial` stands for one that does not exist. @throws {StoreDamagedError} */
  static async open<T>(options: {
    readonly disk: Disk;
    readonly path: string;
    readonly parse: (data: unknown) => T;
    /** What a file that does not exist holds; left out, it must exist. */
    readonly initial?: T;
  }): Promise<LowFile<T>> {
    const adapter = durableJsonFile<T>(options);
    const found = await adapter.read();
    const content = found ?? options.initial;
    if (content === undefined) throw new StoreDamagedError(options.path, 'file', 'it is missing');
    const file = new LowFile(options.path, new Low(adapter, content), adapter);
    file.#exists = found !== null;
    return file;
  }

  /** A file that is about to be written for the first time, whatever an unfinished write left under its name. */
  static create<T>(options: {
    readonly disk: Disk;
    readonly path: string;
    readonly parse: (data: unknown) => T;
    readonly initial: T;
  }): LowFile<T> {
    const adapter = durableJsonFile<T>(options);
    return new LowFile(options.path, new Low(adapter, options.initial), adapter);
  }

  /** The last durable content. Not to be changed in place. */
  get data(): T {
    return this.#low.data;
  }

  /** False until the file was written for the first time. */
  get exists(): boolean {
    return this.#exists;
  }

  /** Rough size in memory: the length of the JSON text. */
  get weight(): number {
    return this.#adapter.length;
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** Makes `next` the content, durably. @throws {StoreUnavailableError} and `data` is what it was. */
  async replace(next: T): Promise<void> {
    await this.settle();
    const previous = this.#low.data;
    this.#low.data = next;
    try {
      await this.#low.write();
      this.#exists = true;
    } catch (error) {
      this.#low.data = previous;
      if (error instanceof FileWriteError && error.published) {
        this.#settled = false;
        // At once if the disk lets us, else before the next use.
        await this.settle().catch(() => undefined);
      }
      throw new StoreUnavailableError(`${this.path} could not be written`, { cause: error });
    }
  }

  /** Brings an unsettled file back to its last durable content. @throws {StoreUnavailableError} */
  async settle(): Promise<void> {
    if (this.#settled) return;
    try {
      await this.#low.write();
    } catch (error) {
      throw new StoreUnavailableError(`${this.path} could not be brought back`, { cause: error });
    }
    this.#settled = true;
    this.#exists = true;
  }
}
