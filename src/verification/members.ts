import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';

/** A value as a list: JSON-LD writes a set of one without brackets. None for an absent or null member. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The objects of a list; anything else in it is left out. */
export function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return listOf(value).filter(isJsonObject);
}

/**
 * The objects of a list, those with the same `id` put together: they are one node, whose members anybody can spread over
 * several copies, or repeat, without touching the signature (threat case V65).
 */
export function nodesOf(value: Json | undefined): readonly JsonObject[] {
  const nodes = new Map<Json | symbol, JsonObject>();
  for (const part of objectsOf(value)) {
    const key = typeof part['id'] === 'string' ? part['id'] : Symbol('a node without an id is one of its own');
    nodes.set(key, { ...part, ...nodes.get(key) });
  }
  return [...nodes.values()];
}

/** The texts of a list; anything else in it is left out. */
export function textsOf(value: Json | undefined): readonly string[] {
  return listOf(value).filter((item): item is string => typeof item === 'string');
}

/** The value when it is a text, else null. */
export function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** The value when it is a number, else null. */
export function numberOf(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** The value when it is an object, else an empty one. */
export function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A found value for a sentence: a text as it is, anything else as JSON. */
export function shownValue(value: Json | undefined): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/**
 * The document without members that are null and lists that are empty, without nulls and brackets in lists, and without
 * the labels of nodes that have no name (`_:x`). They say nothing in RDF, so anybody can add them to a signed badge, change them or
 * take them away (threat case V65): nothing may depend on them.
 */
export function withoutEmpty(document: JsonObject): JsonObject {
  return hasNothingEmpty(document) ? document : rebuilt(document);
}

/** Nearly every badge: then it is what it was, and nothing is copied. */
function hasNothingEmpty(value: Json): boolean {
  if (value === null) return false;
  if (Array.isArray(value)) {
    return value.length > 0 && value.every((item) => !Array.isArray(item) && hasNothingEmpty(item));
  }
  if (!isJsonObject(value)) return true;
  for (const member in value) {
    const content = value[member] ?? null;
    if (isNodeLabel(member, content) || !hasNothingEmpty(content)) return false;
  }
  return true;
}

function rebuilt(document: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(document).flatMap(([member, value]): [string, Json][] => {
      const kept = isNodeLabel(member, value) ? undefined : keptValue(value);
      return kept === undefined ? [] : [[member, kept]];
    }),
  );
}

/** @see https://www.w3.org/TR/json-ld11/#identifying-blank-nodes */
function isNodeLabel(member: string, value: Json): boolean {
  return member === 'id' && typeof value === 'string' && value.startsWith('_:');
}

function keptValue(value: Json): Json | undefined {
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    // A list in a list is one list: `listOf` takes nothing for none.
    const kept = value.flatMap((item) => listOf(keptValue(item)));
    return kept.length === 0 ? undefined : kept;
  }
  return isJsonObject(value) ? rebuilt(value) : value;
}
