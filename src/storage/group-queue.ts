import type { Outcome } from '../ports/outcome.js';

interface Waiting<T, R> {
  readonly call: T;
  resolve(value: R): void;
  reject(error: unknown): void;
}

/**
 * Group commit: calls that arrive while one group is being written form the next one, so that they share its writes
 * and its fsync. Calls keep their order, where groups go one at a time.
 */
export class GroupQueue<T, R> {
  readonly #commit: (calls: readonly T[]) => Promise<readonly Outcome<R>[]>;
  readonly #largest: number;
  #waiting: Waiting<T, R>[] = [];
  /** Each works through group after group; undefined while it has nothing to do. */
  readonly #lanes: (Promise<void> | undefined)[];

  /**
   * @param options.commit writes one group and answers for each of its calls, in order; what it throws, all of them get.
   * @param options.largest most calls in a group. @param options.atOnce groups under way at once, one unless told.
   */
  constructor(options: {
    readonly commit: (calls: readonly T[]) => Promise<readonly Outcome<R>[]>;
    readonly largest: number;
    readonly atOnce?: number;
  }) {
    this.#commit = options.commit;
    this.#largest = options.largest;
    this.#lanes = Array.from({ length: options.atOnce ?? 1 }, () => undefined);
  }

  submit(call: T): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.#waiting.push({ call, resolve, reject });
      const free = this.#lanes.indexOf(undefined);
      if (free >= 0) this.#lanes[free] = this.#run(free);
    });
  }

  get busy(): boolean {
    return this.#lanes.some((lane) => lane !== undefined);
  }

  /** Resolves when nothing is running or waiting. */
  async idle(): Promise<void> {
    while (this.busy) await Promise.all(this.#lanes);
  }

  async #run(lane: number): Promise<void> {
    // One turn of the event loop's microtasks lets callers of the same moment join the first group.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, this.#largest);
      try {
        const outcomes = await this.#commit(group.map((waiting) => waiting.call));
        for (const [position, waiting] of group.entries()) {
          const outcome = outcomes[position];
          if (outcome === undefined) waiting.reject(new Error('a group was answered in part'));
          else if (outcome.ok) waiting.resolve(outcome.value);
          else waiting.reject(outcome.error);
        }
      } catch (error) {
        for (const waiting of group) waiting.reject(error);
      }
    }
    this.#lanes[lane] = undefined;
  }
}
