import { isJsonObject, type Json, type JsonObject } from '../../src/ports/json.js';

/** A document that differs from another in one place. */
export interface Mutation {
  /** JSON pointer of the place, and what was done there. */
  readonly name: string;
  readonly document: JsonObject;
}

/** Every document with one scalar changed, one member or item removed. `@context` and the given members stay. */
export function* mutations(document: JsonObject, untouched: readonly string[] = []): Generator<Mutation> {
  for (const { pointer, path } of places(document, '', [], new Set(['@context', ...untouched]))) {
    const value = at(document, path);
    yield { name: `${pointer} removed`, document: withChange(document, path, undefined) };
    const other = changed(value);
    if (other !== undefined) yield { name: `${pointer} changed`, document: withChange(document, path, other) };
  }
}

function* places(
  value: Json,
  pointer: string,
  path: readonly string[],
  untouched: ReadonlySet<string>,
): Generator<{ pointer: string; path: readonly string[] }> {
  if (!isJsonObject(value) && !Array.isArray(value)) return;
  for (const member of Object.keys(value)) {
    if (path.length === 0 && untouched.has(member)) continue;
    const place = { pointer: `${pointer}/${member}`, path: [...path, member] };
    yield place;
    yield* places(at(value, [member]), place.pointer, place.path, untouched);
  }
}

function changed(value: Json): Json | undefined {
  if (typeof value === 'string') {
    // Keeps what the value is: an IRI stays one, a date stays one.
    if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return value.replace(/^\d{4}/, (year) => String(Number(year) + 1));
    return `${value}x`;
  }
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return undefined;
}

function at(value: Json, path: readonly string[]): Json {
  return path.reduce<Json>((inner, member) => {
    if (isJsonObject(inner)) return inner[member] ?? null;
    if (Array.isArray(inner)) return inner[Number(member)] ?? null;
    throw new Error(`no ${member} here`);
  }, value);
}

function withChange(document: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const copy = structuredClone(document);
  const container: unknown = at(copy, path.slice(0, -1));
  const member = path.at(-1) ?? '';
  if (Array.isArray(container)) {
    if (value === undefined) container.splice(Number(member), 1);
    else container[Number(member)] = value;
  } else if (typeof container === 'object' && container !== null) {
    if (value === undefined) Reflect.deleteProperty(container, member);
    else Reflect.set(container, member, value);
  }
  return copy;
}
