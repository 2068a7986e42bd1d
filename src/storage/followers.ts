import type { Logger } from '../ports/logger.js';
import type { StoreChange } from '../ports/store.js';

/** Those who follow a store. Telling them is synchronous: when `tell` returns, each has heard. */
export class Followers {
  readonly #listeners = new Set<{ readonly hear: (change: StoreChange) => void }>();
  readonly #logger: Logger | undefined;

  constructor(logger?: Logger) {
    this.#logger = logger;
  }

  /** @returns how to stop. A function that follows twice hears everything twice. */
  follow(hear: (change: StoreChange) => void): () => void {
    const listener = { hear };
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Tells every listener. What one of them throws reaches the log, and neither the others nor the writer. */
  tell(change: StoreChange): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener.hear(change);
      } catch (error) {
        this.#logger?.error('storage.listener-failed', error, { shape: change.shape });
      }
    }
  }
}
