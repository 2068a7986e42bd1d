/**
 * The same object, of asynchronous methods, which answers while `refuse` has no reason against it.
 * @param refuse the error every call is rejected with, or `undefined`. Calls a method makes itself are not asked.
 */
export function whileHeld<T extends object>(target: T, refuse: () => Error | undefined): T {
  return new Proxy(target, {
    get(held, name) {
      const member: unknown = Reflect.get(held, name, held);
      if (typeof member !== 'function') return member;
      return async (...values: readonly unknown[]): Promise<unknown> => {
        const refusal = refuse();
        if (refusal !== undefined) throw refusal;
        return Reflect.apply(member, held, values);
      };
    },
  });
}
