/**
 * Lets commits of documents, log and ledger run side by side, and holds them all still once in a while: between two
 * commits, the files of a store are what a power cut would leave.
 */
export class CommitGate {
  #running = 0;
  /** Set while everything is to be still; resolves when commits may go on. */
  #stillness: Promise<void> | undefined;
  #quiet: (() => void) | undefined;

  /** Runs one commit, later if all is to be still now. A commit never runs inside another one. */
  async commit<R>(work: () => Promise<R>): Promise<R> {
    while (this.#stillness !== undefined) await this.#stillness;
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#quiet?.();
    }
  }

  /** Runs `work` while no commit is under way; those asked for meanwhile wait. */
  async still<R>(work: () => Promise<R>): Promise<R> {
    while (this.#stillness !== undefined) await this.#stillness;
    let goOn = (): void => undefined;
    this.#stillness = new Promise((resolve) => {
      goOn = resolve;
    });
    try {
      await this.#whenQuiet();
      return await work();
    } finally {
      this.#stillness = undefined;
      goOn();
    }
  }

  /** Commits under way end; none begins meanwhile. */
  async #whenQuiet(): Promise<void> {
    if (this.#running === 0) return;
    await new Promise<void>((resolve) => {
      this.#quiet = resolve;
    });
    this.#quiet = undefined;
  }
}
