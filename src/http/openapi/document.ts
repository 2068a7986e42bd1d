import type { JsonObject } from '../../ports/json.js';
import type { Language, Localized } from '../../text/localized.js';
import { BADGES, ISSUERS, SERVICE } from './badges.js';
import { ISSUING, VERIFICATION } from './callers.js';
import { HOLDERS, WALLETS } from './holders.js';
import { OPERATING } from './operating.js';
import type { Content, ExtraParameter, Operation, ParameterName, Tag } from './operation.js';
import { TAGS } from './operation.js';
import { SCHEMAS } from './schemas.js';

/** Everything the service answers, except what its own pages load for themselves (`/assets/`, `/device/`). */
export const OPERATIONS: readonly Operation[] = [
  ...BADGES,
  ...VERIFICATION,
  ...ISSUERS,
  ...ISSUING,
  ...WALLETS,
  ...HOLDERS,
  ...SERVICE,
  ...OPERATING,
];

/** What each parameter of a path is, with one that could stand there. */
export const PARAMETERS: Readonly<Record<ParameterName, { readonly meaning: Localized; readonly example: string }>> = {
  id: {
    meaning: { fr: 'Numéro public du badge\u00a0: 26 caractères', en: 'Public number of the badge: 26 characters' },
    example: '0123456789abcdefghjkmnpqrs',
  },
  name: {
    meaning: {
      fr: 'Numéro public du badge, et un suffixe au besoin',
      en: 'Public number of the badge, and a suffix if wanted',
    },
    example: '0123456789abcdefghjkmnpqrs',
  },
  slug: {
    meaning: { fr: 'Nom court de l’émetteur', en: 'Short name of the issuer' },
    example: 'universite-de-l-exemple',
  },
  programme: { meaning: { fr: 'Nom court du programme', en: 'Short name of the programme' }, example: 'engagement' },
  version: { meaning: { fr: 'Version de sa définition', en: 'Version of its definition' }, example: '2025-2026' },
  variant: { meaning: { fr: 'Variante ou parcours', en: 'Variant or pathway' }, example: 'soir' },
  listId: { meaning: { fr: 'Numéro de la liste', en: 'Number of the list' }, example: 'list-1' },
  file: {
    meaning: { fr: 'Fichier nommé par le manifeste', en: 'File named by the manifest' },
    example: 'credentials-v2.json',
  },
  student: { meaning: { fr: 'Identifiant chez l’émetteur', en: 'Identifier at the issuer' }, example: 'e-2021-7' },
  token: { meaning: { fr: 'Secret du lien', en: 'Secret of the link' }, example: 'k3j9x' },
  offer: { meaning: { fr: 'Numéro secret de la remise', en: 'Secret number of the hand-over' }, example: 'k3j9x' },
};

/** What each group is called. */
export const TAG_NAMES: Readonly<Record<Tag, Localized>> = {
  badges: { fr: 'Badges', en: 'Badges' },
  verification: { fr: 'Vérification', en: 'Verification' },
  issuers: { fr: 'Émetteurs et reconnaissances', en: 'Issuers and recognitions' },
  issuing: { fr: 'Délivrance', en: 'Issuing' },
  institution: { fr: 'Établissement', en: 'Institution' },
  wallets: { fr: 'Portefeuilles', en: 'Wallets' },
  holder: { fr: 'Pages du titulaire', en: 'The holder’s pages' },
  service: { fr: 'Service', en: 'Service' },
};

/** Of the interface, not of the program: it counts what callers rely on, by SemVer. */
const INTERFACE_VERSION = '1.0.0';

const INFO: Localized = {
  fr: 'Émetteur de micro-certifications Open Badges 3.0. Les refus sont des `application/problem+json` (RFC 9457), sauf sous `/oid4vci/`, dont la norme prescrit les erreurs d’OAuth. Les documents publics ont un ETag et se lisent de toute origine.',
  en: 'An issuer of Open Badges 3.0 micro-credentials. Refusals are `application/problem+json` (RFC 9457), except under `/oid4vci/`, whose standard prescribes OAuth errors. Public documents have an ETag and can be read from any origin.',
};

const PROBLEM: Localized = { fr: 'Refus', en: 'Refusal' };
const DONE: Localized = { fr: 'Réponse', en: 'Answer' };
const TOKEN: Localized = {
  fr: 'Jeton de `sceau token create`, avec la portée que l’opération demande',
  en: 'A token of `sceau token create`, with the scope the operation asks for',
};

/**
 * The description of the HTTP interface in one language.
 * @param publicUrl base of every address. @see https://spec.openapis.org/oas/v3.1.0
 */
export function openApiDocument(publicUrl: string, language: Language): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const operation of OPERATIONS) {
    const path = paths[operation.path] ?? {};
    paths[operation.path] = path;
    path[operation.method] = described(operation, language);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sceau',
      version: INTERFACE_VERSION,
      description: INFO[language],
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    tags: TAGS.map((name) => ({ name, description: TAG_NAMES[name][language] })),
    paths,
    components: {
      schemas: SCHEMAS,
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: TOKEN[language] } },
    },
  };
}

/** The parameters of a path, in its order. */
export function pathParameters(path: string): { readonly name: ParameterName; readonly example: string }[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name)
    .filter((name): name is ParameterName => name !== undefined && Object.hasOwn(PARAMETERS, name))
    .map((name) => ({ name, example: PARAMETERS[name].example }));
}

function described(operation: Operation, language: Language): JsonObject {
  const { method, path, tag, summary, parameters = [], scope, body, answers, problems = [] } = operation;
  return {
    operationId: `${method}${path.replace(/\W+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [tag],
    summary: summary[language],
    parameters: [
      ...pathParameters(path).map(({ name, example }) => ({
        name,
        in: 'path',
        required: true,
        description: PARAMETERS[name].meaning[language],
        schema: { type: 'string' },
        example,
      })),
      ...parameters.map((parameter) => describedParameter(parameter, language)),
    ],
    ...(scope === undefined ? {} : { security: [{ token: [scope] }] }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, content]) => [
          status,
          { description: DONE[language], ...(content.types.length === 0 ? {} : { content: contentOf(content) }) },
        ]),
      ),
      ...Object.fromEntries(
        problems.map((status) => [
          String(status),
          {
            description: PROBLEM[language],
            content: {
              'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
              'text/html': {},
            },
          },
        ]),
      ),
    },
  };
}

function describedParameter({ name, in: place, meaning, oneOf }: ExtraParameter, language: Language): JsonObject {
  return {
    name,
    in: place,
    description: meaning[language],
    schema: oneOf === undefined ? { type: 'string' } : { type: 'string', enum: [...oneOf] },
  };
}

/** JSON is described by its schema, a form too; other media types speak for themselves. */
function contentOf({ types, schema }: Content): JsonObject {
  const takesSchema = (type: string) =>
    schema === 'VerifyForm' ? type === 'multipart/form-data' : /json|^application\/(vc|did)$/.test(type);
  return Object.fromEntries(
    types.map((type) => [
      type,
      schema === undefined || !takesSchema(type) ? {} : { schema: { $ref: `#/components/schemas/${schema}` } },
    ]),
  );
}
