/** What became of one of many: a failure is its own, and the others go on. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };
