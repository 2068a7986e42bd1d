import { isJsonObject, type Json, type JsonObject } from '../../../src/ports/json.js';
import { withMember } from '../house.js';

type Path = readonly (string | number)[];

/**
 * A document made from a signed one.
 * - `fact`: it says something else; it must never be taken for the badge that was signed.
 * - `form`: it may say the same in other words; taken, it must be shown as the signed one, and be as revoked, as expired.
 */
export interface Mutation {
  readonly name: string;
  readonly kind: 'fact' | 'form';
  readonly document: JsonObject;
}

/** What each name goes by in a context: IRIs of a term, terms of an IRI. */
export interface Vocabulary {
  readonly iris: ReadonlyMap<string, ReadonlySet<string>>;
  readonly terms: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Known words a forger would add: each means something wherever an Open Badge is read. */
const ADDED: JsonObject = {
  name: 'Doctorat',
  description: 'Avec mention',
  narrative: 'summa cum laude',
  id: 'urn:uuid:11111111-1111-4111-8111-111111111111',
  validUntil: '2099-01-01T00:00:00Z',
  expires: '2099-01-01T00:00:00Z',
  role: 'Présidente',
  distinction: 'summa cum laude',
  alignment: [{ type: ['Alignment'], targetName: 'ESCO', targetUrl: 'http://data.europa.eu/esco/skill/1' }],
  endorsementJwt: ['eyJh.eyJi.c2ln'],
};
/** What says nothing, in some suites, or only seems to. */
const IDLE: JsonObject = { image: null, alignment: [], '@index': 'x', '@context': [], evidence: [null], proof: {} };

/** Every document of these kinds, in the order of the document. @param vocabulary of the contexts a verifier knows. */
export function* mutations(document: JsonObject, vocabulary: Vocabulary): Generator<Mutation> {
  for (const path of places(document)) yield* memberMutations(document, path, vocabulary);
  for (const path of objects(document)) yield* additions(document, path);
  yield* contextMutations(document);
}

function* memberMutations(document: JsonObject, path: Path, vocabulary: Vocabulary): Generator<Mutation> {
  const value = valueAt(document, path);
  const place = path.join('/');
  // A proof of several may be taken away, or be somebody else's: the others decide.
  const kind = path[0] === 'proof' || path[0] === '@context' ? 'form' : 'fact';
  const put = (what: string, other: Json | undefined, as: Mutation['kind'] = 'form'): Mutation => ({
    name: `${place} ${what}`,
    kind: as,
    document: withMember(document, path, other),
  });
  const other = changed(value);
  if (other !== undefined) yield put('changed', other, kind);
  if (typeof path.at(-1) === 'string') {
    yield put('removed', undefined, kind);
    yield put('null', null, kind);
    yield put('emptied', [], kind);
  } else {
    yield { name: `${place} taken out`, kind, document: spliced(document, path) };
    yield { name: `${place} repeated`, kind: 'form', document: spliced(document, path, value, value) };
    yield { name: `${place} beside null`, kind: 'form', document: spliced(document, path, value, null) };
  }
  for (const [what, form] of retyped(value)) yield put(what, form);
  yield* renamed(document, path, vocabulary);
  yield* moved(document, path);
}

/** Another value of the same kind: an IRI stays one, a date stays one. */
function changed(value: Json): Json | undefined {
  if (typeof value === 'string') {
    if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return value.replace(/^\d{4}/, (year) => String(Number(year) + 1));
    return `${value}x`;
  }
  if (typeof value === 'number') return value + 1;
  return typeof value === 'boolean' ? !value : undefined;
}

/** The same value in other clothes. */
function* retyped(value: Json): Generator<readonly [string, Json]> {
  yield ['in a list', [value]];
  yield ['twice in a list', [value, value]];
  if (Array.isArray(value)) {
    yield ['turned round', value.toReversed()];
    yield ['without its list', value[0] ?? null];
    yield ['in a list of lists', [value]];
    yield ['as @list', { '@list': value }];
    yield ['as @set', { '@set': value }];
    return;
  }
  if (isJsonObject(value)) {
    yield ['by its id alone', value['id'] ?? null];
    yield ['in a graph', { '@graph': [value] }];
    yield ['with a name of its own', { ...value, id: value['id'] ?? '_:own' }];
    return;
  }
  yield ['as @value', { '@value': value }];
  yield ['as @id', { '@id': String(value) }];
  yield ['as an object with an id', { id: String(value) }];
  yield typeof value === 'string' ? ['as a number', Number(value) || 0] : ['as a text', String(value)];
  if (typeof value === 'string') {
    yield ['with a space', `${value} `];
    yield ['in another case', value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase()];
    yield ['in another normal form', value.normalize('NFD')];
    yield ['as true', true];
  }
}

function* renamed(document: JsonObject, path: Path, { iris, terms }: Vocabulary): Generator<Mutation> {
  const name = path.at(-1);
  if (typeof name !== 'string') return;
  const known = [...(iris.get(name) ?? [])];
  const others = new Set([
    ...known,
    ...known.flatMap((iri) => [...(terms.get(iri) ?? [])]),
    name === 'id' || name === 'type' ? `@${name}` : name.toUpperCase(),
    name.charAt(0).toUpperCase() + name.slice(1),
    `${name} `,
    `vc:${name}`,
  ]);
  others.delete(name);
  for (const other of others) {
    const owner = path.slice(0, -1);
    const object = valueAt(document, owner);
    if (!isJsonObject(object) || Object.hasOwn(object, other)) continue;
    const members = Object.entries(object).map(([member, value]) => [member === name ? other : member, value] as const);
    yield {
      name: `${path.join('/')} named ${other}`,
      kind: 'form',
      document: replaced(document, owner, Object.fromEntries(members)),
    };
  }
}

/** The member where it might mean the same to a reader who looks for it there: one up, or beside a node of its id. */
function* moved(document: JsonObject, path: Path): Generator<Mutation> {
  const name = path.at(-1);
  const up = path.slice(0, -2);
  if (typeof name !== 'string' || path.length < 2 || !isJsonObject(valueAt(document, up))) return;
  const value = valueAt(document, path);
  const without = withMember(document, path, undefined);
  const target = valueAt(without, up);
  if (!isJsonObject(target) || Object.hasOwn(target, name)) return;
  yield { name: `${path.join('/')} moved up`, kind: 'form', document: withMember(without, [...up, name], value) };
}

function* additions(document: JsonObject, path: Path): Generator<Mutation> {
  const object = valueAt(document, path);
  for (const [members, kind] of [
    [ADDED, path[0] === 'proof' ? 'form' : 'fact'],
    [IDLE, 'form'],
  ] as const) {
    for (const [member, value] of Object.entries(members)) {
      if (!isJsonObject(object) || Object.hasOwn(object, member)) continue;
      yield {
        name: `${[...path, member].join('/')} added: ${JSON.stringify(value)}`,
        kind,
        document: withMember(document, [...path, member], value),
      };
    }
  }
}

function* contextMutations(document: JsonObject): Generator<Mutation> {
  const contexts = document['@context'];
  if (!Array.isArray(contexts)) return;
  const ob = (version: string) => `https://purl.imsglobal.org/spec/ob/v3p0/context${version}.json`;
  const lists: [string, Json[]][] = [
    ...['', '-3.0.1', '-3.0.2', '-3.0.3'].map((version): [string, Json[]] => [
      `version ${version}`,
      contexts.with(1, ob(version)),
    ]),
    ...[
      'https://www.w3.org/ns/credentials/undefined-terms/v2',
      'https://www.w3.org/ns/credentials/examples/v2',
      'https://w3id.org/security/data-integrity/v2',
      'https://w3id.org/security/multikey/v1',
      'https://www.w3.org/2018/credentials/v1',
      ob(''),
    ].map((url): [string, Json[]] => [`and ${url}`, [...contexts, url]]),
    ['twice', [...contexts, ...contexts]],
    ['turned round', contexts.toReversed()],
    ['and an empty one', [...contexts, {}]],
  ];
  for (const [name, list] of lists) {
    yield { name: `@context ${name}`, kind: 'form', document: { ...document, '@context': list } };
  }
}

/** The path of every member and item, proofs and contexts included. */
function* places(value: Json, path: Path = []): Generator<Path> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield [...path, index];
      yield* places(item, [...path, index]);
    }
  }
  if (!isJsonObject(value)) return;
  for (const [member, content] of Object.entries(value)) {
    yield [...path, member];
    yield* places(content, [...path, member]);
  }
}

function* objects(value: Json, path: Path = []): Generator<Path> {
  if (isJsonObject(value)) yield path;
  for (const place of places(value)) if (isJsonObject(valueAt(value, place))) yield [...path, ...place];
}

export function valueAt(document: Json, path: Path): Json {
  return path.reduce<Json>((inner, step) => {
    if (isJsonObject(inner)) return inner[step] ?? null;
    return Array.isArray(inner) ? (inner[Number(step)] ?? null) : null;
  }, document);
}

function replaced(document: JsonObject, path: Path, value: JsonObject): JsonObject {
  return path.length === 0 ? value : withMember(document, path, value);
}

/** The item replaced by these. */
function spliced(document: JsonObject, path: Path, ...items: readonly Json[]): JsonObject {
  const owner = path.slice(0, -1);
  const list = valueAt(document, owner);
  return withMember(document, owner, Array.isArray(list) ? list.toSpliced(Number(path.at(-1)), 1, ...items) : list);
}

/** Every definition of the contexts, whatever scope it stands in; prefixes expanded. */
export function vocabularyOf(contexts: readonly Json[]): Vocabulary {
  const iris = new Map<string, Set<string>>();
  const terms = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, key: string, value: string) =>
    map.set(key, (map.get(key) ?? new Set()).add(value));
  const walk = (value: Json, around: readonly JsonObject[]): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, around);
    if (!isJsonObject(value)) return;
    for (const [term, definition] of Object.entries(value)) {
      const id = isJsonObject(definition) ? definition['@id'] : definition;
      if (!term.startsWith('@') && typeof id === 'string') {
        const iri = expanded(id, [...around, value]);
        add(iris, term, iri);
        add(terms, iri, term);
      }
      if (isJsonObject(definition)) walk(definition['@context'] ?? null, [...around, value]);
    }
  };
  for (const context of contexts) walk(isJsonObject(context) ? (context['@context'] ?? null) : null, []);
  return { iris, terms };
}

function expanded(id: string, around: readonly JsonObject[]): string {
  const [, prefix = '', rest = ''] = /^(\w+):(?!\/\/)(.*)$/.exec(id) ?? [];
  for (const context of around.toReversed()) {
    const definition = context[prefix];
    const base = isJsonObject(definition) ? definition['@id'] : definition;
    if (prefix !== '' && typeof base === 'string') return base + rest;
  }
  return id;
}
