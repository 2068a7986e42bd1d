import { EMPTY, LANG, type Operation, PAGE } from './operation.js';

const JSON_NAMES = ['application/vc+ld+json', 'application/vc', 'application/json', 'application/ld+json'];

/** Badges and what is had of them. A badge its holder withdrew answers as one nobody has. */
export const BADGES: readonly Operation[] = [
  {
    method: 'get',
    path: '/v/{id}',
    tag: 'badges',
    summary: {
      fr: 'La page de vérification d’un badge, ou le rapport dont elle est faite (`Accept: application/json`)',
      en: 'The verification page of a badge, or the report it is made from (`Accept: application/json`)',
    },
    parameters: [LANG],
    answers: { 200: { types: ['text/html', 'application/json'], schema: 'VerificationReport' } },
    problems: [404, 406],
  },
  {
    method: 'get',
    path: '/v/{id}/qr.svg',
    tag: 'badges',
    summary: { fr: 'Le code QR de la page, en SVG', en: 'The QR code of the page, as SVG' },
    answers: { 200: { types: ['image/svg+xml'] }, 304: EMPTY },
    problems: [404],
  },
  {
    method: 'get',
    path: '/v/{id}/qr.png',
    tag: 'badges',
    summary: { fr: 'Le code QR de la page, en PNG', en: 'The QR code of the page, as PNG' },
    answers: { 200: { types: ['image/png'] }, 304: EMPTY },
    problems: [404],
  },
  {
    method: 'get',
    path: '/v/{id}/og.png',
    tag: 'badges',
    summary: {
      fr: 'La carte qui annonce la page là où son lien est partagé\u00a0: 1200 × 627 pixels, sans nom de personne',
      en: 'The card that announces the page where its link is shared: 1200 × 627 pixels, no name of a person',
    },
    parameters: [LANG],
    answers: { 200: { types: ['image/png'] }, 304: EMPTY },
    problems: [404],
  },
  {
    method: 'get',
    path: '/credentials/{name}',
    tag: 'badges',
    summary: {
      fr: 'Le badge signé. `Accept` choisit la forme, ou un suffixe\u00a0: `.json`, `.jwt` (badge lié à une clé de son titulaire, sinon 406 `not-bound`), `.png` et `.svg` (le badge dans son image), `.pdf` (l’attestation)',
      en: 'The signed badge. `Accept` chooses the form, or a suffix: `.json`, `.jwt` (of a badge bound to a key of its holder, else 406 `not-bound`), `.png` and `.svg` (the badge inside its picture), `.pdf` (the attestation)',
    },
    answers: {
      200: {
        types: [...JSON_NAMES, 'text/html', 'application/jwt', 'image/png', 'image/svg+xml', 'application/pdf'],
        schema: 'VerifiableCredential',
      },
      304: EMPTY,
    },
    problems: [404, 406, 409],
  },
  {
    method: 'get',
    path: '/status/{listId}',
    tag: 'badges',
    summary: { fr: 'Une liste d’état, signée', en: 'A status list, signed' },
    answers: { 200: { types: JSON_NAMES, schema: 'StatusListCredential' }, 304: EMPTY },
    problems: [404],
  },
];

/** Who awards, and what. */
export const ISSUERS: readonly Operation[] = [
  {
    method: 'get',
    path: '/issuers/{slug}',
    tag: 'issuers',
    summary: { fr: 'Le profil d’un émetteur', en: 'The Profile of an issuer' },
    parameters: [LANG],
    answers: { 200: { types: ['text/html', 'application/json'], schema: 'Profile' }, 304: EMPTY },
    problems: [404],
  },
  {
    method: 'get',
    path: '/issuers/{slug}/logo',
    tag: 'issuers',
    summary: { fr: 'Le logo d’un émetteur, s’il est conservé ici', en: 'The logo of an issuer, where it is held here' },
    answers: { 200: { types: ['image/png', 'image/svg+xml', 'image/jpeg', 'image/webp'] }, 304: EMPTY },
    problems: [404],
  },
  {
    method: 'get',
    path: '/issuers/{slug}/look.css',
    tag: 'issuers',
    summary: { fr: 'Les couleurs d’un émetteur', en: 'The colours of an issuer' },
    answers: { 200: { types: ['text/css'] }, 304: EMPTY },
    problems: [404],
  },
  {
    method: 'get',
    path: '/issuers/{slug}/did.json',
    tag: 'issuers',
    summary: { fr: 'Le document DID d’un émetteur, avec ses clés', en: 'The DID document of an issuer, with its keys' },
    answers: {
      200: {
        types: ['application/json', 'application/did+ld+json', 'application/did+json', 'application/did'],
        schema: 'DidDocument',
      },
      304: EMPTY,
    },
    problems: [404],
  },
  {
    method: 'get',
    path: '/.well-known/did.json',
    tag: 'issuers',
    summary: { fr: 'Le document DID du premier émetteur', en: 'The DID document of the first issuer' },
    answers: {
      200: {
        types: ['application/json', 'application/did+ld+json', 'application/did+json', 'application/did'],
        schema: 'DidDocument',
      },
      304: EMPTY,
    },
    problems: [404],
  },
  ...['', '/{variant}'].flatMap((variant): Operation[] => [
    {
      method: 'get',
      path: `/achievements/{programme}/{version}${variant}`,
      tag: 'issuers',
      summary:
        variant === ''
          ? { fr: 'Ce qu’une reconnaissance demande', en: 'What a recognition asks' }
          : {
              fr: 'Ce que demande une variante d’une reconnaissance, ou un parcours',
              en: 'What a variant of a recognition, or a pathway, asks',
            },
      parameters: [LANG],
      answers: { 200: { types: ['text/html', 'application/json'], schema: 'Achievement' }, 304: EMPTY },
      problems: [404],
    },
    ...(['png', 'svg'] as const).map(
      (form): Operation => ({
        method: 'get',
        path: `/achievements/{programme}/{version}${variant}/image.${form}`,
        tag: 'issuers',
        summary: {
          fr: `L’image d’une reconnaissance, en ${form.toUpperCase()}, dans une langue`,
          en: `The picture of a recognition, as ${form.toUpperCase()}, in one language`,
        },
        parameters: [LANG],
        answers: { 200: { types: [form === 'png' ? 'image/png' : 'image/svg+xml'] }, 304: EMPTY },
        problems: [404],
      }),
    ),
  ]),
  {
    method: 'get',
    path: '/contexts/',
    tag: 'issuers',
    summary: {
      fr: 'Les contextes JSON-LD avec lesquels les badges sont lus, et leurs empreintes',
      en: 'The JSON-LD contexts badges are read with, and their digests',
    },
    answers: { 200: { types: ['application/json'], schema: 'Json' }, 304: EMPTY },
  },
  {
    method: 'get',
    path: '/contexts/{file}',
    tag: 'issuers',
    summary: { fr: 'Un contexte, octet pour octet', en: 'A context, byte for byte' },
    answers: { 200: { types: ['application/ld+json'], schema: 'Json' }, 304: EMPTY },
    problems: [404],
  },
];

/** The service itself. */
export const SERVICE: readonly Operation[] = [
  {
    method: 'get',
    path: '/',
    tag: 'service',
    summary: {
      fr: 'L’accueil, et de quoi vérifier un badge\u00a0; `?badge=` mène à la page d’un badge',
      en: 'The front page, and a box to check a badge; `?badge=` leads to the page of one',
    },
    parameters: [
      LANG,
      {
        name: 'badge',
        in: 'query',
        meaning: { fr: 'Numéro ou lien d’un badge', en: 'Number or link of a badge' },
      },
    ],
    answers: { 200: PAGE, 303: EMPTY, 304: EMPTY },
  },
  {
    method: 'get',
    path: '/openapi.json',
    tag: 'service',
    summary: { fr: 'Cette description, pour des programmes', en: 'This description, for programs' },
    parameters: [LANG],
    answers: { 200: { types: ['application/json'], schema: 'Json' }, 304: EMPTY },
  },
  {
    method: 'get',
    path: '/docs',
    tag: 'service',
    summary: { fr: 'Cette description, pour des lecteurs', en: 'This description, for readers' },
    parameters: [LANG],
    answers: { 200: PAGE, 304: EMPTY },
  },
  {
    method: 'get',
    path: '/robots.txt',
    tag: 'service',
    summary: { fr: 'Ce que les robots peuvent lire', en: 'What crawlers may read' },
    answers: { 200: { types: ['text/plain'] }, 304: EMPTY },
  },
];
