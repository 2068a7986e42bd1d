/** Knows which calls are under way, so that closing can wait for them. */
export interface CountingCalls {
  /** The same object, of asynchronous methods. */
  counted<T extends object>(target: T): T;
  /** Every call from now on is rejected with this. */
  refuse(error: Error): void;
  /** Resolves when no call is under way. */
  idle(): Promise<void>;
}

export function countingCalls(): CountingCalls {
  const running = new Set<Promise<unknown>>();
  let refusal: Error | undefined;
  const call = async (work: () => unknown): Promise<unknown> => {
    if (refusal !== undefined) throw refusal;
    const result = Promise.resolve(work());
    running.add(result);
    try {
      return await result;
    } finally {
      running.delete(result);
    }
  };
  return {
    counted<T extends object>(target: T): T {
      return new Proxy(target, {
        get(held, name) {
          const member: unknown = Reflect.get(held, name, held);
          if (typeof member !== 'function') return member;
          return (...values: readonly unknown[]) => call(() => Reflect.apply(member, held, values));
        },
      });
    },
    refuse(error) {
      refusal ??= error;
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
