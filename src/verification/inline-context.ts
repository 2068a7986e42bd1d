import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import type { Localized } from '../text/localized.js';
import { type Finding, fail } from './finding.js';
import { listOf } from './members.js';

/** A term of one's own: a plain word, so that it is neither an IRI nor the tail of one. */
const TERM = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;
const ABSOLUTE = /^(?:https?:\/\/[^\s/?#]+|urn:[a-z0-9][a-z0-9-]*:)\S*$/i;
const COMPACT = /^([^:]*):(.*)$/s;
const CONTAINERS: ReadonlySet<Json> = new Set(['@set', '@list', '@language']);
const COERCIONS: ReadonlySet<Json> = new Set(['@id', '@vocab', '@json', '@none']);
const DEFINITION_MEMBERS: ReadonlySet<string> = new Set(['@id', '@type', '@container', '@protected']);

/**
 * Where the words live that decide whether a credential holds. A term of one's own for one of them would let the bearer
 * of a revoked or expired credential write `validUntil` under another name, which the signature does not notice and a
 * reader does not know (V18, V65).
 */
const OFFICIAL = [
  'https://www.w3.org/2018/credentials',
  'https://www.w3.org/ns/credentials/status',
  'https://w3id.org/vc/status-list',
  'https://w3id.org/security',
  'https://purl.imsglobal.org/',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns',
  'http://www.w3.org/2000/01/rdf-schema',
];

const WHY = {
  keyword: {
    fr: 'ce mot-clé n’est pas admis dans un tel contexte',
    en: 'this keyword is not accepted in such a context',
  },
  term: { fr: 'ce terme n’est pas un mot simple', en: 'this term is no plain word' },
  definition: {
    fr: 'la définition n’est pas une adresse absolue',
    en: 'the definition is no absolute IRI',
  },
  official: {
    fr: 'ce sens a déjà un mot officiel',
    en: 'this meaning has an official word already',
  },
} as const satisfies Record<string, Localized>;

/**
 * What is wrong with a context written into a document, which the data model allows and `POST /verify` does not. It may
 * give words of its own a meaning of its own, and nothing else: no alias of a keyword or of an official word, nothing
 * inside a term, nothing fetched. Then what an official word says is still all there is to it.
 * @see https://www.w3.org/TR/vc-data-model-2.0/#contexts
 */
export function inlineContextFindings(context: JsonObject, pointer: string): Finding[] {
  return Object.entries(context).flatMap(([term, definition]) => {
    const why = mistakeIn(term, definition, context);
    return why === undefined ? [] : [fail('inline-context', pointer, { found: term, detail: WHY[why] })];
  });
}

/**
 * Where a document has contexts of its own, every member is a plain word: one with a `#` or a `/` in it could complete
 * a vocabulary's address to an official one.
 */
export function plainMemberFindings(document: JsonObject): Finding[] {
  if (!listOf(document['@context']).some(isJsonObject)) return [];
  const names = new Set<string>();
  const collect = (value: Json): void => {
    if (Array.isArray(value)) for (const item of value) collect(item);
    else if (isJsonObject(value)) {
      for (const [member, content] of Object.entries(value)) {
        if (member === '@context') continue;
        names.add(member);
        collect(content);
      }
    }
  };
  collect(document);
  return [...names]
    .filter((name) => !name.startsWith('@') && !TERM.test(name))
    .map((name) => fail('inline-context', '/@context', { found: name, detail: WHY.term }));
}

function mistakeIn(term: string, definition: Json, context: JsonObject): keyof typeof WHY | undefined {
  switch (term) {
    case '@version':
      return definition === 1.1 ? undefined : 'keyword';
    case '@protected':
      return typeof definition === 'boolean' ? undefined : 'keyword';
    case '@vocab':
      return iriMistake(definition, {});
    default:
      break;
  }
  if (!TERM.test(term)) return term.startsWith('@') ? 'keyword' : 'term';
  if (!isJsonObject(definition)) return iriMistake(definition, context);
  if (Object.keys(definition).some((member) => !DEFINITION_MEMBERS.has(member))) return 'keyword';
  const { '@id': id, '@type': type, '@container': container } = definition;
  if (container !== undefined && !listOf(container).every((kind) => CONTAINERS.has(kind))) return 'keyword';
  if (type !== undefined && !COERCIONS.has(type) && iriMistake(type, context) === 'definition') return 'definition';
  return iriMistake(id ?? null, context);
}

function iriMistake(value: Json, prefixes: JsonObject): 'definition' | 'official' | undefined {
  const iri = typeof value === 'string' ? expanded(value, prefixes) : undefined;
  if (iri === undefined) return 'definition';
  return OFFICIAL.some((namespace) => iri.startsWith(namespace) || namespace.startsWith(iri)) ? 'official' : undefined;
}

/** An absolute IRI, written out or with a prefix of the same context; undefined for anything else. */
function expanded(value: string, prefixes: JsonObject): string | undefined {
  const [, prefix = '', suffix = ''] = COMPACT.exec(value) ?? [];
  const namespace = Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined;
  const isPrefixed = namespace !== undefined && !suffix.startsWith('//');
  const base = isJsonObject(namespace ?? null) ? undefined : namespace;
  const iri = isPrefixed ? (typeof base === 'string' ? `${base}${suffix}` : undefined) : value;
  return iri !== undefined && ABSOLUTE.test(iri) && URL.canParse(iri) ? iri : undefined;
}
