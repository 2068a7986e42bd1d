import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';

/** An object as it stands in a document, with what is said of the same thing elsewhere in it; its own members count first. */
export type WholeNode = (object: JsonObject) => JsonObject;

/**
 * Objects with one `id` are one node: of our own badges, the achievement and its criteria are. The signature does not say
 * in which of the places a member stands, so anybody can move it to another of them (threat case V65).
 * @param credential without empty members.
 * @see https://www.w3.org/TR/json-ld11-api/#node-map-generation
 */
export function wholeNodes(credential: JsonObject): WholeNode {
  const said = new Map<string, Record<string, Json>>();
  const walk = (value: Json): void => {
    if (Array.isArray(value)) for (const item of value) walk(item);
    if (!isJsonObject(value)) return;
    const { id } = value;
    if (typeof id === 'string' && Object.keys(value).length > 1) said.set(id, joined(said.get(id), value));
    for (const content of Object.values(value)) walk(content);
  };
  walk(credential);
  return (object) => {
    const { id } = object;
    const elsewhere = typeof id === 'string' ? said.get(id) : undefined;
    return elsewhere === undefined ? object : { ...elsewhere, ...object };
  };
}

/** Adds to what is known already: one copy for each node, however often it is met. */
function joined(known: Record<string, Json> | undefined, more: JsonObject): Record<string, Json> {
  if (known === undefined) return { ...more };
  for (const [member, value] of Object.entries(more)) if (!Object.hasOwn(known, member)) known[member] = value;
  return known;
}
