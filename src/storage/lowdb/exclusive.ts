/** Lets one piece of work run at a time for each key, in the order asked for. */
export class Exclusive {
  readonly #tails = new Map<string, Promise<void>>();

  /** Runs `work` after everything asked for earlier under this key has ended, well or badly. */
  run<R>(key: string, work: () => Promise<R>): Promise<R> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const result = before.then(work);
    const ended = (): void => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    };
    const tail = result.then(ended, ended);
    this.#tails.set(key, tail);
    return result;
  }

  /** Resolves when nothing is running or waiting. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }
}
