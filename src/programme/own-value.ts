/**
 * The value a record holds under a name of its own. Names come from files, so `constructor` or `__proto__` must not
 * reach what every object inherits: they are simply missing.
 */
export function ownValue<Value>(record: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
