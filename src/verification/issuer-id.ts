import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';

/** DID syntax without path, query or fragment. @see https://www.w3.org/TR/did-1.0/#did-syntax */
const DID = /^did:[a-z0-9]+:[A-Za-z0-9._:%-]+$/;
const MAX_LENGTH = 2_048;

/** The issuer's id: a DID or an https URL, from a Profile object or written alone; undefined for anything else (V30). */
export function issuerIdOf(document: JsonObject): string | undefined {
  const { issuer } = document;
  const id: Json | undefined = isJsonObject(issuer) ? issuer['id'] : issuer;
  return typeof id === 'string' && id.length <= MAX_LENGTH && (DID.test(id) || isHttpsUrl(id)) ? id : undefined;
}

function isHttpsUrl(text: string): boolean {
  if (!text.startsWith('https://') || !URL.canParse(text)) return false;
  const { username, password, hash } = new URL(text);
  return username === '' && password === '' && hash === '';
}
