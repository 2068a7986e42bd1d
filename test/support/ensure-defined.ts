/** The value, or a failed test when there is none. */
export function ensureDefined<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('expected a value, found none');
  return value;
}
