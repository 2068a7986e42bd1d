import type { LowFile } from './low-file.js';

/** What holding any file costs, however short. */
const FILE_WEIGHT = 1_000;

/**
 * Keeps the lowdb files of one kind that were used last, up to a total weight, so that memory does not grow with what
 * is stored. Whoever uses it makes sure that one path is in use once at a time.
 */
export class FileCache<T> {
  readonly #limit: number;
  readonly #open: (path: string) => Promise<LowFile<T>>;
  // A Map keeps the order of insertion: the first is the one used longest ago.
  readonly #held = new Map<string, { readonly file: LowFile<T>; readonly weight: number }>();
  #weight = 0;

  /**
   * @param options.limit UTF-16 units of JSON text; one file heavier than that is kept while it is the latest.
   * @param options.open reads a file that is not held.
   */
  constructor(options: { readonly limit: number; readonly open: (path: string) => Promise<LowFile<T>> }) {
    this.#limit = options.limit;
    this.#open = options.open;
  }

  /** What is held now, UTF-16 units of JSON text. */
  get weight(): number {
    return this.#weight;
  }

  /** The file of a path, from memory or from the disk; settled. @throws what `open` and `settle` throw. */
  async get(path: string): Promise<LowFile<T>> {
    const file = this.#held.get(path)?.file ?? (await this.#open(path));
    await file.settle();
    this.keep(file);
    return file;
  }

  /** Holds a file as the one used last, with its present weight. */
  keep(file: LowFile<T>): void {
    this.forget(file.path);
    const weight = file.weight + FILE_WEIGHT;
    this.#held.set(file.path, { file, weight });
    this.#weight += weight;
    for (const [path, held] of this.#held) {
      if (this.#weight <= this.#limit || path === file.path) break;
      if (held.file.settled) this.forget(path);
    }
  }

  forget(path: string): void {
    this.#weight -= this.#held.get(path)?.weight ?? 0;
    this.#held.delete(path);
  }
}
