import { LANG, type Operation } from './operation.js';

const JSON_BODY = ['application/json'];
/** `verified: false`, or a problem when the request itself cannot be read. */
const REFUSED = ['application/json', 'application/problem+json'];
const IDEMPOTENCY = {
  name: 'Idempotency-Key',
  in: 'header',
  meaning: {
    fr: 'La même demande avec la même clé a la même réponse, aussi souvent qu’elle est envoyée',
    en: 'The same request with the same key has the same answer, however often it is sent',
  },
} as const;

/** Checking badges of anybody. */
export const VERIFICATION: readonly Operation[] = [
  {
    method: 'post',
    path: '/verify',
    tag: 'verification',
    summary: {
      fr: 'Un rapport sur n’importe quel badge\u00a0: JSON, JWS, PNG, SVG, PDF d’ici ou adresse. La réponse est 200 quel que soit le verdict\u00a0; 4xx dit que la demande n’a pu être lue. Rien n’est gardé',
      en: 'A report on any badge: JSON, JWS, PNG, SVG, a PDF of this house, or an address. The answer is 200 whatever the verdict; 4xx says that the request could not be read. Nothing is kept',
    },
    parameters: [LANG],
    body: {
      types: [
        'multipart/form-data',
        'application/json',
        'application/vc+ld+json',
        'application/vc',
        'application/ld+json',
        'application/jwt',
        'text/plain',
        'image/png',
        'image/svg+xml',
        'application/pdf',
      ],
      schema: 'VerifyForm',
    },
    answers: { 200: { types: ['application/json', 'text/html'], schema: 'VerificationReport' } },
    problems: [400, 406, 413, 415, 422, 429],
  },
  {
    method: 'post',
    path: '/credentials/verify',
    tag: 'verification',
    summary: {
      fr: 'VC-API\u00a0: vérifie un justificatif vérifiable\u00a0; 200 s’il tient, 400 avec les raisons sinon',
      en: 'VC-API: verifies a verifiable credential; 200 when it holds, 400 with the reasons when not',
    },
    body: { types: JSON_BODY, schema: 'VcApiVerifyCredential' },
    answers: { 200: { types: JSON_BODY, schema: 'VcApiVerified' }, 400: { types: REFUSED, schema: 'VcApiVerified' } },
    problems: [413, 415, 429],
  },
  {
    method: 'post',
    path: '/presentations/verify',
    tag: 'verification',
    summary: {
      fr: 'VC-API\u00a0: vérifie une présentation, ses justificatifs, son défi et son domaine',
      en: 'VC-API: verifies a presentation, its credentials, its challenge and its domain',
    },
    body: { types: JSON_BODY, schema: 'VcApiVerifyPresentation' },
    answers: { 200: { types: JSON_BODY, schema: 'VcApiVerified' }, 400: { types: REFUSED, schema: 'VcApiVerified' } },
    problems: [413, 415, 429],
  },
];

/** Issuing, and what only an institution may ask. */
export const ISSUING: readonly Operation[] = [
  {
    method: 'post',
    path: '/credentials/issue',
    tag: 'issuing',
    summary: {
      fr: 'VC-API\u00a0: signe un justificatif dont l’émetteur est d’ici\u00a0; le porteur du jeton répond du contenu',
      en: 'VC-API: signs a credential whose issuer is of this house; the bearer of the token answers for the content',
    },
    parameters: [IDEMPOTENCY],
    scope: 'issue',
    body: { types: JSON_BODY, schema: 'VcApiIssue' },
    answers: { 201: { types: JSON_BODY, schema: 'VerifiableCredential' } },
    problems: [400, 401, 403, 404, 409, 413, 415, 422, 503],
  },
  {
    method: 'post',
    path: '/credentials/status',
    tag: 'issuing',
    summary: {
      fr: 'VC-API\u00a0: révoque un justificatif, ou le suspend et le rétablit',
      en: 'VC-API: revokes a credential, or suspends and reinstates it',
    },
    scope: 'revoke',
    body: { types: JSON_BODY, schema: 'VcApiStatus' },
    answers: { 200: { types: JSON_BODY, schema: 'Json' } },
    problems: [400, 401, 403, 404, 409, 413, 415, 422, 503],
  },
  {
    method: 'get',
    path: '/api/students/{student}/supplement',
    tag: 'institution',
    summary: {
      fr: 'Les mentions d’un étudiant pour le supplément au diplôme',
      en: 'A student’s entries for the diploma supplement',
    },
    parameters: [
      LANG,
      {
        name: 'format',
        in: 'query',
        meaning: { fr: 'Forme de la réponse', en: 'Form of the answer' },
        oneOf: ['text', 'html', 'json'],
      },
      {
        name: 'issuer',
        in: 'query',
        meaning: { fr: 'Émetteur\u00a0; par défaut celui du jeton', en: 'Issuer; by default that of the token' },
      },
    ],
    scope: 'supplement',
    answers: { 200: { types: ['application/json', 'text/plain', 'text/html'], schema: 'Json' } },
    problems: [400, 401, 403, 404],
  },
];
