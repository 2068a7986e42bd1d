import type { Localized } from '../../text/localized.js';
import type { SchemaName } from './schemas.js';

/** What belongs together, in the order of the documentation. */
export const TAGS = [
  'badges',
  'verification',
  'issuers',
  'issuing',
  'institution',
  'wallets',
  'holder',
  'service',
] as const;
export type Tag = (typeof TAGS)[number];

/** The names parameters of a path go by; each means one thing everywhere. */
export type ParameterName =
  | 'id'
  | 'name'
  | 'slug'
  | 'programme'
  | 'version'
  | 'variant'
  | 'listId'
  | 'file'
  | 'student'
  | 'token'
  | 'offer';

/** A parameter in the query or a header. */
export interface ExtraParameter {
  readonly name: string;
  readonly in: 'query' | 'header';
  readonly meaning: Localized;
  readonly oneOf?: readonly string[];
}

/** A body as one or several media types, and what it looks like as JSON. */
export interface Content {
  readonly types: readonly string[];
  readonly schema?: SchemaName;
}

/** One method of one path. Problems are told by their status alone: each is RFC 9457, except under `/oid4vci/`. */
export interface Operation {
  readonly method: 'get' | 'post';
  /** With its parameters in braces. */
  readonly path: string;
  readonly tag: Tag;
  readonly summary: Localized;
  readonly parameters?: readonly ExtraParameter[];
  /** The scope a bearer token needs. */
  readonly scope?: 'issue' | 'revoke' | 'supplement';
  readonly body?: Content;
  readonly answers: Readonly<Record<number, Content>>;
  readonly problems?: readonly number[];
}

/** `?lang`, which chooses between French and English before `Accept-Language` does. */
export const LANG: ExtraParameter = {
  name: 'lang',
  in: 'query',
  meaning: { fr: 'Langue de la réponse', en: 'Language of the answer' },
  oneOf: ['fr', 'en'],
};

/** A page for people. */
export const PAGE: Content = { types: ['text/html'] };
/** An answer without a body. */
export const EMPTY: Content = { types: [] };
