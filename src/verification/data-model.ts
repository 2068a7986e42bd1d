import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import { CREDENTIALS_V1, CREDENTIALS_V2 } from '../proof/context-urls.js';
import { DATE_MEMBERS, type DataModel } from './jwt/claims.js';
import { listOf } from './members.js';

/** The version of the data model a credential follows, by its first context. @see https://www.w3.org/TR/vc-data-model-2.0/#contexts */
export function dataModelOf(credential: JsonObject): DataModel {
  return listOf(credential['@context'])[0] === CREDENTIALS_V1 ? '1.1' : '2.0';
}

/** The names of the dates a credential is valid between, in its own data model. */
export function periodMembersOf(credential: JsonObject): { readonly from: string; readonly until: string } {
  const { nbf: from, exp: until } = DATE_MEMBERS[dataModelOf(credential)];
  return { from, until };
}

/** The names of the other data model's dates: they have no place in this one, where nothing reads them. */
export function foreignPeriodMembersOf(credential: JsonObject): readonly string[] {
  const { nbf, exp } = DATE_MEMBERS[dataModelOf(credential) === '1.1' ? '2.0' : '1.1'];
  return [nbf, exp];
}

/**
 * The document with its credentials of VCDM 1.1 written as 2.0 writes them, for the schema at hand, which knows 2.0
 * only: the first context and the two dates differ, and nothing else an Open Badge uses. For checking shapes, never for
 * reading or for proofs.
 * @see https://www.imsglobal.org/spec/ob/v3p0/impl#verifiable-credentials-v1.1
 */
export function inCurrentModel(document: JsonObject): JsonObject {
  return holdsEarlierModel(document) ? rewritten(document) : document;
}

/** Is it, or is something in it, a credential of 1.1? */
function holdsEarlierModel(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsEarlierModel);
  if (!isJsonObject(value)) return false;
  if ('@context' in value && dataModelOf(value) === '1.1') return true;
  for (const member in value) if (holdsEarlierModel(value[member] ?? null)) return true;
  return false;
}

function rewritten(document: JsonObject): JsonObject {
  const members = Object.entries(document).map(([name, value]): [string, Json] => [name, valueInCurrentModel(value)]);
  if (dataModelOf(document) === '2.0') return Object.fromEntries(members);
  const names: Readonly<Record<string, string>> = {
    [DATE_MEMBERS['1.1'].nbf]: DATE_MEMBERS['2.0'].nbf,
    [DATE_MEMBERS['1.1'].exp]: DATE_MEMBERS['2.0'].exp,
  };
  const contexts = listOf(document['@context']).map((context) =>
    context === CREDENTIALS_V1 ? CREDENTIALS_V2 : context,
  );
  const renamed = members.map(([name, value]): [string, Json] => [names[name] ?? name, value]);
  return { ...Object.fromEntries(renamed), '@context': contexts };
}

function valueInCurrentModel(value: Json): Json {
  if (Array.isArray(value)) return value.map(valueInCurrentModel);
  return isJsonObject(value) ? rewritten(value) : value;
}
