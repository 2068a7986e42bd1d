import type { Json } from '../ports/json.js';

/** The members of `T`, where an optional one may also be undefined. */
type Draft<T> = {
  readonly [K in keyof T]: Record<never, never> extends Pick<T, K> ? T[K] | undefined : T[K];
};

/**
 * Leaves out what has nothing to say: undefined, null, blank text, empty lists. What the standard wants absent is then
 * absent, in one place. Required members of `T` cannot be undefined; blank ones are a caller's mistake the schema finds.
 * @see https://www.imsglobal.org/spec/ob/v3p0#json-serialization
 */
export function presentMembers<T extends { readonly [member: string]: Json }>(members: Draft<T>): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => saysSomething(value))) as T;
}

function saysSomething(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return !Array.isArray(value) || value.length > 0;
}
