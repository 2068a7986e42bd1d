import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import { jsonPointer, type PointerStep } from '../text/json-pointer.js';
import { UnsafeDocumentError } from './canonize-errors.js';
import { ContextNotPinnedError, type PinnedContexts } from './pinned-contexts.js';

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Refuses what the JSON-LD library would let through although two different documents then share one canonical form,
 * and context URLs that are not pinned (before the library's cache, which is keyed by text, is asked for them).
 * @param document as parsed, no deeper than the caller's stack allows.
 * @throws {UnsafeDocumentError} {@link ContextNotPinnedError}
 */
export function assertCanonizable(document: JsonObject, contexts: PinnedContexts): void {
  walk(document, [], contexts);
}

/** @param path where the value stands; one list for the whole walk, written out only where something is wrong. */
function walk(value: Json | undefined, path: PointerStep[], contexts: PinnedContexts): void {
  if (typeof value === 'string') {
    assertText(value, path);
  } else if (typeof value === 'number') {
    assertNumber(value, path);
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) walkInto(value[index], index, path, contexts);
  } else if (isJsonObject(value)) {
    for (const member in value) {
      const content = value[member];
      assertText(member, path);
      if (member === '@context') assertPinned(content, contexts);
      walkInto(content, member, path, contexts);
    }
  }
}

function walkInto(value: Json | undefined, step: PointerStep, path: PointerStep[], contexts: PinnedContexts): void {
  path.push(step);
  walk(value, path, contexts);
  path.pop();
}

function assertText(text: string, path: readonly PointerStep[]): void {
  if (LONE_SURROGATE.test(text)) {
    const pointer = jsonPointer(path);
    throw new UnsafeDocumentError('text', pointer, `${pointer || '/'} holds a lone surrogate: no Unicode text`);
  }
}

/**
 * The library writes fractions with 16 digits at most and loses those below 10⁻⁶ altogether (`1e-7` becomes `"0"`):
 * only numbers that come back from their lexical form are safe to sign.
 */
function assertNumber(number: number, path: readonly PointerStep[]): void {
  const safe = Number.isInteger(number)
    ? Number.isSafeInteger(number) && !Object.is(number, -0)
    : Number.isFinite(number) && !String(number).includes('e') && Number(number.toExponential(15)) === number;
  if (safe) return;
  const pointer = jsonPointer(path);
  throw new UnsafeDocumentError('number', pointer, `${pointer} holds a number RDF cannot tell from others`);
}

function assertPinned(context: Json | undefined, contexts: PinnedContexts): void {
  for (const entry of Array.isArray(context) ? context : [context]) {
    if (typeof entry === 'string' && contexts.get(entry) === undefined) throw new ContextNotPinnedError(entry);
  }
}
