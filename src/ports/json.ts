/** A JSON value as parsed. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };
export type JsonObject = { readonly [member: string]: Json };

/** True for a JSON object (not null, not an array). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Plain data of ours (a schema's output, a record of strings, numbers and lists) seen as the JSON it is stored as. */
export function asJson(value: object): JsonObject {
  return value as JsonObject;
}

/** Stored JSON seen as the plain data this house wrote there; its bytes were checked when they were read. */
export function fromJson<T extends object>(value: Json): T {
  return value as unknown as T;
}
