import type { HouseRecord, IssuerRecord, OwnStateRecord, RecordedVersion } from '../ports/house-record.js';
import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';

/** What the house says of itself; undefined for anything else. */
export function readHouseRecord(value: JsonObject): HouseRecord | undefined {
  const { publicUrl, statusIssuer, issuers } = value;
  if (typeof publicUrl !== 'string' || !Array.isArray(issuers)) return undefined;
  if (statusIssuer !== 'any' && statusIssuer !== 'same') return undefined;
  const read = issuers.map(readIssuer);
  return read.every((issuer) => issuer !== undefined) ? { publicUrl, statusIssuer, issuers: read } : undefined;
}

function readIssuer(value: Json): IssuerRecord | undefined {
  if (!isJsonObject(value)) return undefined;
  const { did, baseUrl, controllerDocument } = value;
  return typeof did === 'string' && typeof baseUrl === 'string' && isJsonObject(controllerDocument)
    ? { did, baseUrl, controllerDocument }
    : undefined;
}

const STATES: ReadonlyMap<Json, OwnStateRecord['state']> = new Map(
  (['reserved', 'active', 'suspended', 'revoked', 'voided', 'not-told'] as const).map((state) => [state, state]),
);

/** What the house says of one of its badges; undefined for anything else. */
export function readOwnState(value: JsonObject): OwnStateRecord | undefined {
  const { issuer, newestValidFrom, superseded, lists, recorded } = value;
  const state = STATES.get(value['state'] ?? null);
  if (typeof issuer !== 'string' || state === undefined || !isTexts(superseded) || !isTexts(lists)) return undefined;
  if (typeof newestValidFrom !== 'string' && newestValidFrom !== null) return undefined;
  if (!Array.isArray(recorded)) return undefined;
  const versions = recorded.map(readVersion);
  return versions.every((version) => version !== undefined)
    ? { issuer, state, newestValidFrom, superseded, lists, recorded: versions }
    : undefined;
}

function readVersion(value: Json): RecordedVersion | undefined {
  if (!isJsonObject(value)) return undefined;
  const { digest, at } = value;
  return typeof digest === 'string' && typeof at === 'string' ? { digest, at } : undefined;
}

function isTexts(value: Json | undefined): value is readonly string[] & Json {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
