import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import type { Localized } from '../text/localized.js';
import { type Finding, fail } from './finding.js';
import { LIMITS } from './limits.js';
import type { SchemaError, SchemaValidator } from './schema/compiled.js';

/**
 * Where the document disagrees with the schema; no disagreement, no finding.
 * @param leniency `later-versions` forgives what later versions of the standard allow; default to the letter.
 * @param names of members at the top as the reader's document has them, by the schema's names.
 */
export function schemaFindings(
  document: JsonObject,
  validate: SchemaValidator,
  {
    leniency = 'none',
    names = {},
  }: {
    readonly leniency?: 'none' | 'later-versions';
    readonly names?: Readonly<Record<string, string>>;
  } = {},
): Finding[] {
  if (validate(document)) return [];
  return (validate.errors ?? [])
    .map((error) => renamed(error, names))
    .filter((error) => !COMBINATORS.has(error.keyword))
    .filter((error) => leniency === 'none' || !isRelaxed(error))
    .slice(0, LIMITS.maxProblems)
    .map((error) => fail('schema', error.instancePath, { detail: detailOf(error) }));
}

function renamed(error: SchemaError, names: Readonly<Record<string, string>>): SchemaError {
  const { instancePath, params } = error;
  const [, first = '', ...rest] = instancePath.split('/');
  const missing = params['missingProperty'];
  if (instancePath === '' && typeof missing === 'string') {
    return { ...error, params: { ...params, missingProperty: names[missing] ?? missing } };
  }
  const name = names[first];
  return name === undefined ? error : { ...error, instancePath: ['', name, ...rest].join('/') };
}

/** Keywords that only repeat what an inner error says already. */
const COMBINATORS: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'if']);

/** `credentialStatus.id` is optional since document 1.4 of the standard; the schema at hand is older. */
function isRelaxed({ instancePath, keyword, params }: SchemaError): boolean {
  return instancePath.endsWith('/credentialStatus') && keyword === 'required' && params['missingProperty'] === 'id';
}

const TYPES: Readonly<Record<string, Localized>> = {
  array: { fr: 'une liste', en: 'a list' },
  object: { fr: 'un objet', en: 'an object' },
  string: { fr: 'un texte', en: 'a text' },
  number: { fr: 'un nombre', en: 'a number' },
  boolean: { fr: 'vrai ou faux', en: 'true or false' },
};

function detailOf({ instancePath, keyword, params }: SchemaError): Localized {
  const place = instancePath === '' ? '/' : instancePath;
  const value = (name: string) => {
    const found = params[name];
    return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  };
  switch (keyword) {
    case 'required': {
      const member = value('missingProperty');
      return { fr: `« ${member} » manque dans ${place}`, en: `"${member}" is missing from ${place}` };
    }
    case 'type': {
      const type = TYPES[value('type')] ?? { fr: value('type'), en: value('type') };
      return { fr: `${place} doit être ${type.fr}`, en: `${place} must be ${type.en}` };
    }
    case 'additionalProperties': {
      const member = value('additionalProperty');
      return { fr: `${place} n’admet pas « ${member} »`, en: `${place} does not allow "${member}"` };
    }
    case 'contains':
    case 'minItems':
      return { fr: `il manque un élément à ${place}`, en: `${place} lacks an element` };
    case 'format':
      return {
        fr: `${place} doit être une date et une heure avec fuseau`,
        en: `${place} must be a date and time with offset`,
      };
    default:
      return { fr: `${place} n’a pas une valeur admise`, en: `${place} has no allowed value` };
  }
}

/**
 * The document in the form the schema knows: since document 1.3 of the standard a `type`, and on credentials `proof`,
 * `credentialSchema` and `termsOfUse`, may stand without brackets when they hold one value; the schema at hand is older
 * and wants the list.
 * @see https://www.imsglobal.org/spec/ob/v3p0/#compacted-document-form
 */
export function inListForm(document: JsonObject): JsonObject {
  const result = listForm(document, '');
  return isJsonObject(result) ? result : document;
}

/** What is in list form already is answered as it is, not copied. @param member the value stands in. */
function listForm(value: Json, member: string): Json {
  if (Array.isArray(value)) return listFormOfItems(value, member);
  if (!isJsonObject(value)) return value;
  let changed: Record<string, Json> | undefined;
  for (const name in value) {
    const content = value[name] ?? null;
    const inner = listForm(content, name);
    const isList = name === 'type' ? !SINGLE_TYPED.has(member) : LISTS_OF_CREDENTIALS.has(name);
    const formed = isList && !Array.isArray(inner) ? [inner] : inner;
    if (formed === content) continue;
    changed ??= { ...value };
    changed[name] = formed;
  }
  return changed ?? value;
}

function listFormOfItems(items: readonly Json[], member: string): readonly Json[] {
  let changed: Json[] | undefined;
  items.forEach((item, place) => {
    const formed = listForm(item, member);
    if (formed === item) return;
    changed ??= [...items];
    changed[place] = formed;
  });
  return changed ?? items;
}

const LISTS_OF_CREDENTIALS: ReadonlySet<string> = new Set(['proof', 'credentialSchema', 'termsOfUse']);
/** Members whose objects have a `type` of one text. */
const SINGLE_TYPED: ReadonlySet<string> = new Set([
  ...LISTS_OF_CREDENTIALS,
  'credentialStatus',
  'refreshService',
  'image',
  'geo',
  'identifier',
  'otherIdentifier',
]);
