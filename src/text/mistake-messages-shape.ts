import type { Json } from '../ports/json.js';
import type { Localized } from './localized.js';
import { type CodesOf, listed, oneOf, quoted, said, shown } from './mistake-messages.js';
import type { OtherEncoding } from './utf8.js';

/** Kinds of JSON value, as a schema names them. */
const TYPES: Readonly<Record<string, Localized>> = {
  string: { fr: 'un texte', en: 'a text' },
  number: { fr: 'un nombre', en: 'a number' },
  int: { fr: 'un nombre entier', en: 'a whole number' },
  boolean: { fr: 'true ou false', en: 'true or false' },
  object: { fr: 'un objet', en: 'an object' },
  record: { fr: 'un objet', en: 'an object' },
  array: { fr: 'une liste', en: 'a list' },
  null: { fr: 'null', en: 'null' },
  param: { fr: 'un renvoi {"param": "nom"}', en: 'a reference {"param": "name"}' },
};

function typeNames(types: readonly string[]): Localized {
  const names = types.map((type) => TYPES[type] ?? { fr: type, en: type });
  return { fr: listed(names.map((name) => name.fr)).fr, en: listed(names.map((name) => name.en)).en };
}

/** The wording of a format, by the pattern, format name or message the schemas use. */
const FORMATS: ReadonlyMap<string, Localized> = new Map([
  [
    '/^[a-z0-9]+(-[a-z0-9]+)*$/',
    {
      fr: 'des minuscules sans accent, des chiffres et des traits d’union, comme hours-certificate',
      en: 'lower-case letters, digits and hyphens, such as hours-certificate',
    },
  ],
  ['/^[A-Z]{2,4}$/', { fr: 'deux à quatre capitales, comme MP', en: 'two to four capitals, such as MP' }],
  [
    '/^[A-Z]{2}$/',
    { fr: 'un code pays de deux capitales, comme FR', en: 'a country code of two capitals, such as FR' },
  ],
  [
    'url',
    {
      fr: 'une adresse web qui commence par https:// ou http://',
      en: 'a web address beginning with https:// or http://',
    },
  ],
  [
    'expected an existing day written YYYY-MM-DD',
    { fr: 'un jour du calendrier, écrit AAAA-MM-JJ', en: 'a day of the calendar, written YYYY-MM-DD' },
  ],
  [
    'expected an instant with an offset, such as 2026-06-24T16:00:00+02:00',
    {
      fr: 'une date et une heure avec décalage, comme 2026-06-24T16:00:00+02:00',
      en: 'a date and time with an offset, such as 2026-06-24T16:00:00+02:00',
    },
  ],
  [
    'expected an IANA time zone name',
    { fr: 'un fuseau horaire IANA, comme Europe/Paris', en: 'an IANA time zone name, such as Europe/Paris' },
  ],
  [
    '/^sha(256|384|512)-[A-Za-z0-9+/]+={0,2}$/',
    { fr: 'une empreinte SRI, comme sha256-… en base64', en: 'an SRI digest, such as sha256-… in base64' },
  ],
]);

const ENCODINGS: Readonly<Record<OtherEncoding, Localized>> = {
  'utf-16le': { fr: 'UTF-16 (petit-boutiste)', en: 'UTF-16 (little endian)' },
  'utf-16be': { fr: 'UTF-16 (gros-boutiste)', en: 'UTF-16 (big endian)' },
  'windows-1252?': { fr: 'sans doute Windows-1252', en: 'probably Windows-1252' },
  invalid: { fr: 'aucun encodage reconnu', en: 'no known encoding' },
};

export type Bound = { readonly limit: number; readonly inclusive: boolean; readonly of: string };

function bound({ limit, inclusive, of }: Bound, side: 'min' | 'max'): Localized {
  if (of === 'array') {
    return side === 'min'
      ? { fr: `au moins ${limit} élément(s)`, en: `at least ${limit} item(s)` }
      : { fr: `au plus ${limit} élément(s)`, en: `at most ${limit} item(s)` };
  }
  if (of === 'string') {
    return side === 'min'
      ? { fr: `au moins ${limit} caractère(s)`, en: `at least ${limit} character(s)` }
      : { fr: `au plus ${limit} caractères`, en: `at most ${limit} characters` };
  }
  if (side === 'min') {
    return inclusive
      ? { fr: `un nombre de ${limit} ou plus`, en: `a number of ${limit} or more` }
      : { fr: `un nombre supérieur à ${limit}`, en: `a number above ${limit}` };
  }
  return inclusive
    ? { fr: `un nombre de ${limit} ou moins`, en: `a number of ${limit} or less` }
    : { fr: `un nombre inférieur à ${limit}`, en: `a number below ${limit}` };
}

function missing(name: string): Localized {
  return { fr: `le membre ${quoted(name).fr} manque`, en: `the member ${quoted(name).en} is missing` };
}

function found(value: Json | undefined): Localized {
  return { fr: `trouvé : ${shown(value).fr}`, en: `found ${shown(value).en}` };
}

/** What a schema refuses, and files that are no text or no JSON. */
export const SHAPE_MISTAKES = {
  encoding: (encoding: OtherEncoding, offset: number) =>
    said(
      'encoding',
      {
        fr: `le fichier n’est pas en UTF-8 (octet ${offset} ; ${ENCODINGS[encoding].fr})`,
        en: `the file is not UTF-8 (byte ${offset}; ${ENCODINGS[encoding].en})`,
      },
      { fr: 'un fichier enregistré en UTF-8', en: 'a file saved as UTF-8' },
    ),
  notJson: (detail: Localized, line: number, column: number) =>
    said(
      'not-json',
      { fr: `ligne ${line}, colonne ${column} : ${detail.fr}`, en: `line ${line}, column ${column}: ${detail.en}` },
      {
        fr: 'un document JSON bien formé, où aucun membre ne figure deux fois',
        en: 'a well-formed JSON document in which no member stands twice',
      },
    ),
  missingMember: (name: string, types: readonly string[]) => said('missing-member', missing(name), typeNames(types)),
  missingChoice: (name: string, choices: readonly string[]) => said('missing-member', missing(name), oneOf(choices)),
  missingArgument: (op: string, name: string) =>
    said(
      'missing-argument',
      {
        fr: `la règle ${quoted(op).fr} n’a pas son argument ${quoted(name).fr}`,
        en: `the rule ${quoted(op).en} lacks its argument ${quoted(name).en}`,
      },
      { fr: `l’argument ${quoted(name).fr}`, en: `the argument ${quoted(name).en}` },
    ),
  unknownMember: (name: string) =>
    said(
      'unknown-member',
      { fr: `le membre ${quoted(name).fr} n’existe pas ici`, en: `the member ${quoted(name).en} does not exist here` },
      { fr: 'un nom de membre du schéma, ou rien', en: 'a member name of the schema, or nothing' },
    ),
  wrongType: (value: Json | undefined, types: readonly string[]) => said('wrong-type', found(value), typeNames(types)),
  unknownValue: (value: Json | undefined, choices: readonly string[]) =>
    said('unknown-value', found(value), oneOf(choices, typeof value === 'string' ? value : undefined)),
  unknownOperator: (op: string, choices: readonly string[]) =>
    said(
      'unknown-operator',
      { fr: `l’opérateur de règle ${quoted(op).fr} n’existe pas`, en: `there is no rule operator ${quoted(op).en}` },
      oneOf(choices, op),
    ),
  badFormat: (value: Json | undefined, format: string) =>
    said('bad-format', found(value), FORMATS.get(format) ?? { fr: `le format ${format}`, en: `the format ${format}` }),
  tooSmall: (value: Json | undefined, limit: Bound) => said('too-small', found(value), bound(limit, 'min')),
  tooLarge: (value: Json | undefined, limit: Bound) => said('too-large', found(value), bound(limit, 'max')),
  notAMultiple: (value: Json | undefined, step: number) =>
    said('not-a-multiple', found(value), {
      fr: `un multiple de ${String(step).replace('.', ',')}`,
      en: `a multiple of ${step}`,
    }),
} as const;

export type ShapeMistakeCode = CodesOf<typeof SHAPE_MISTAKES>;
