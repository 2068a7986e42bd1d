import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import type { Localized } from '../text/localized.js';
import { type Finding, fail } from './finding.js';
import { listOf, shownValue } from './members.js';

/** Members whose every value says what kind of thing it is. */
const TYPED = ['credentialStatus', 'credentialSchema', 'refreshService', 'termsOfUse', 'evidence'] as const;
const DIGEST = /^(?:sha(?:256|384|512)-[A-Za-z0-9+/]+={0,2}(?:\s+|$))+$/;
const MULTIBASE = /^[uz][A-Za-z0-9_-]+$/;
const LANGUAGE_VALUE: ReadonlySet<string> = new Set(['@value', '@language', '@direction']);

/**
 * Where a credential, or the envelope of a presentation, disagrees with the data model itself; what an Open Badge needs
 * beyond is in its own schema.
 * @param document without empty members.
 * @see https://www.w3.org/TR/vc-data-model-2.0/#basic-concepts
 */
export function dataModelFindings(document: JsonObject): Finding[] {
  return [
    ...idFindings(document['id'], '/id'),
    ...subjectFindings(document['credentialSubject']),
    ...issuerFindings(document),
    ...TYPED.flatMap((member) => typedFindings(document[member], member)),
    ...listOf(document['credentialSchema']).flatMap((schema, index) =>
      isJsonObject(schema) && typeof schema['id'] === 'string'
        ? []
        : [wrong(`/credentialSchema/${index}`, missing('id', '/credentialSchema'))],
    ),
    ...relatedResourceFindings(document['relatedResource']),
    ...(['name', 'description'] as const).flatMap((member) => textFindings(document[member], `/${member}`)),
  ];
}

/** A single absolute URL, where there is one at all. @see https://www.w3.org/TR/vc-data-model-2.0/#identifiers */
export function idFindings(id: Json | undefined, pointer: string): Finding[] {
  if (id === undefined || (typeof id === 'string' && isUrl(id))) return [];
  return [
    wrong(pointer, {
      fr: `« ${shown(id)} » (${pointer}) n’est pas une adresse absolue`,
      en: `"${shown(id)}" (${pointer}) is no absolute URL`,
    }),
  ];
}

function subjectFindings(subject: Json | undefined): Finding[] {
  const subjects = listOf(subject);
  const isSubject = (value: Json) => isJsonObject(value) && Object.keys(value).length > 0;
  if (subjects.length === 0 || !subjects.every(isSubject)) {
    return [
      wrong('/credentialSubject', {
        fr: '« credentialSubject » doit être un objet qui dit quelque chose, ou plusieurs',
        en: '"credentialSubject" must be an object that says something, or several',
      }),
    ];
  }
  return subjects.flatMap((value, index) => {
    const place = Array.isArray(subject) ? `/credentialSubject/${index}/id` : '/credentialSubject/id';
    return isJsonObject(value) ? idFindings(value['id'], place) : [];
  });
}

function issuerFindings({ issuer }: JsonObject): Finding[] {
  if (!isJsonObject(issuer)) return [];
  const texts = ['name', 'description'] as const;
  return texts.flatMap((member) => textFindings(issuer[member], `/issuer/${member}`));
}

function typedFindings(value: Json | undefined, member: string): Finding[] {
  return listOf(value).flatMap((item, index) => {
    const pointer = Array.isArray(value) ? `/${member}/${index}` : `/${member}`;
    if (!isJsonObject(item)) {
      return [wrong(pointer, { fr: `${pointer} doit être un objet`, en: `${pointer} must be an object` })];
    }
    const types = listOf(item['type']);
    const typed = types.length > 0 && types.every((type) => typeof type === 'string' && type !== '');
    return [...(typed ? [] : [wrong(pointer, missing('type', pointer))]), ...idFindings(item['id'], `${pointer}/id`)];
  });
}

/** @see https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources */
function relatedResourceFindings(value: Json | undefined): Finding[] {
  const seen = new Set<Json>();
  return listOf(value).flatMap((item, index) => {
    const pointer = `/relatedResource/${index}`;
    if (!isJsonObject(item) || typeof item['id'] !== 'string' || !isUrl(item['id']) || seen.has(item['id'])) {
      return [
        wrong(pointer, {
          fr: `${pointer} doit être un objet dont « id » est une adresse qui n’y figure qu’une fois`,
          en: `${pointer} must be an object whose "id" is a URL that stands there once`,
        }),
      ];
    }
    seen.add(item['id']);
    const { digestSRI, digestMultibase } = item;
    const sri = typeof digestSRI === 'string' && DIGEST.test(digestSRI);
    const multibase = typeof digestMultibase === 'string' && MULTIBASE.test(digestMultibase);
    const stated = (digestSRI === undefined || sri) && (digestMultibase === undefined || multibase);
    return stated && (sri || multibase) ? [] : [wrong(pointer, missing('digestSRI', pointer))];
  });
}

/** A text, or one or more texts with their language. @see https://www.w3.org/TR/vc-data-model-2.0/#language-and-base-direction */
function textFindings(value: Json | undefined, pointer: string): Finding[] {
  const isLanguageValue = (item: Json) =>
    isJsonObject(item) &&
    typeof item['@value'] === 'string' &&
    Object.keys(item).every((member) => LANGUAGE_VALUE.has(member));
  const isText = listOf(value).every((item) => typeof item === 'string' || isLanguageValue(item));
  if (isText) return [];
  return [
    wrong(pointer, {
      fr: `${pointer} doit être un texte, avec sa langue ou non`,
      en: `${pointer} must be a text, with its language or without`,
    }),
  ];
}

function missing(member: string, pointer: string): Localized {
  return { fr: `« ${member} » manque dans ${pointer}`, en: `"${member}" is missing from ${pointer}` };
}

function wrong(pointer: string, detail: Localized): Finding {
  return fail('data-model', pointer, { detail });
}

function isUrl(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(text) && URL.canParse(text);
}

function shown(value: Json): string {
  return shownValue(value).slice(0, 120);
}
