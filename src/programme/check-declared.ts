import type { Json } from '../ports/json.js';
import type { FactTypeName } from '../text/mistake-messages-programme.js';
import type { Place } from './check-place.js';

/** What a fact holds; `any` where the definition does not say. */
export type FactType = FactTypeName | 'any';

/** Names a definition declares. Where the list itself cannot be read every name passes: that mistake is told once. */
export class Names {
  readonly known: readonly string[];
  readonly #readable: boolean;

  constructor(known: readonly string[], readable: boolean) {
    this.known = known;
    this.#readable = readable;
  }

  has(name: string): boolean {
    return !this.#readable || this.known.includes(name);
  }
}

export interface DeclaredForm {
  readonly roles: readonly string[];
  readonly parts: Names;
}

export interface DeclaredVariant {
  readonly open: boolean;
  readonly params: ReadonlyMap<string, Json>;
}

/** Everything a definition declares by name, as far as it can be read. */
export interface Declared {
  readonly roles: Names;
  readonly measures: Names;
  readonly measureTypes: ReadonlyMap<string, FactType>;
  readonly evidenceKinds: Names;
  readonly evidenceFields: ReadonlyMap<string, ReadonlyMap<string, FactType>>;
  readonly forms: Names;
  readonly formDetails: ReadonlyMap<string, DeclaredForm>;
  readonly competences: Names;
  readonly options: Names;
  readonly states: Names;
  readonly params: ReadonlyMap<string, Json>;
  readonly variants: Names;
  readonly variantDetails: ReadonlyMap<string, DeclaredVariant>;
}

const MEASURE_TYPES: Readonly<Record<string, FactType>> = {
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  date: 'date',
  string: 'text',
};

/** Evidence fields are typed freely; these words are understood, any other says nothing. */
const FIELD_TYPES: Readonly<Record<string, FactType>> = {
  ...MEASURE_TYPES,
  'date-time': 'date',
  instant: 'date',
  'string[]': 'list',
  'number[]': 'list',
};

function typeOf(types: Readonly<Record<string, FactType>>, place: Place): FactType {
  const { text } = place.at('type');
  return (text === undefined || !Object.hasOwn(types, text) ? undefined : types[text]) ?? 'any';
}

function byId(list: Place): [string, Place][] {
  return list.list().flatMap((place) => {
    const { text } = place.at('id');
    return text === undefined ? [] : [[text, place] satisfies [string, Place]];
  });
}

function names(list: Place, optional = false): Names {
  const readable = Array.isArray(list.value) || (optional && !list.exists);
  return new Names(
    byId(list).map(([id]) => id),
    readable,
  );
}

function valuesOf(place: Place): Map<string, Json> {
  return new Map(place.members().flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value] as const])));
}

function formDetails(form: Place): DeclaredForm {
  return {
    roles: form
      .at('roles')
      .texts()
      .map(({ text }) => text),
    parts: names(form.at('parts'), true),
  };
}

function fieldTypes(kind: Place): Map<string, FactType> {
  const fields = byId(kind.at('fields')).map(([id, field]): [string, FactType] => [id, typeOf(FIELD_TYPES, field)]);
  return new Map([...fields, ['submittedAt', 'date']]);
}

/** Reads the names a definition declares, from whatever shape it has. */
export function readDeclared(root: Place): Declared {
  const measures = byId(root.at('measures'));
  const derived = byId(root.at('derivedMeasures'));
  const states = root.at('lifecycle').at('states');
  return {
    roles: names(root.at('roles')),
    measures: new Names(
      [...measures, ...derived].map(([id]) => id),
      Array.isArray(root.at('measures').value),
    ),
    measureTypes: new Map([
      ...measures.map(([id, place]): [string, FactType] => [id, typeOf(MEASURE_TYPES, place)]),
      ...derived.map(([id]): [string, FactType] => [id, 'number']),
    ]),
    evidenceKinds: names(root.at('evidenceKinds')),
    evidenceFields: new Map(byId(root.at('evidenceKinds')).map(([id, kind]) => [id, fieldTypes(kind)])),
    forms: names(root.at('assessment').at('forms')),
    formDetails: new Map(byId(root.at('assessment').at('forms')).map(([id, form]) => [id, formDetails(form)])),
    competences: names(root.at('competences')),
    options: names(root.at('recognitionOptions')),
    states: new Names(
      states.texts().map(({ text }) => text),
      Array.isArray(states.value),
    ),
    params: valuesOf(root.at('params')),
    variants: names(root.at('variants'), true),
    variantDetails: new Map(
      byId(root.at('variants')).map(([id, variant]) => [
        id,
        { open: variant.at('open').value !== false, params: valuesOf(variant.at('params')) },
      ]),
    ),
  };
}
