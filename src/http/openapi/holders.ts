import { type Content, EMPTY, LANG, type Operation, PAGE } from './operation.js';

const JSON_TYPES = ['application/json'];
const FORM: Content = { types: ['application/x-www-form-urlencoded'] };
const OAUTH: Content = { types: JSON_TYPES, schema: 'OAuthError' };

/** Taking a badge to a wallet, by two protocols. What an address under `/oid4vci/` refuses, it refuses as OAuth does. */
export const WALLETS: readonly Operation[] = [
  {
    method: 'get',
    path: '/interactions/{offer}',
    tag: 'wallets',
    summary: { fr: 'VCALM\u00a0: les protocoles d’une remise', en: 'VCALM: the protocols of an interaction' },
    parameters: [{ name: 'iuv', in: 'query', meaning: { fr: 'Version, 1', en: 'Version, 1' }, oneOf: ['1'] }],
    answers: { 200: { types: JSON_TYPES, schema: 'Json' } },
    problems: [404, 410, 429],
  },
  {
    method: 'post',
    path: '/exchanges/{offer}',
    tag: 'wallets',
    summary: {
      fr: 'VCALM\u00a0: un échange. Le premier message, vide, demande une preuve de clé\u00a0; le second la porte et reçoit le badge',
      en: 'VCALM: an exchange. The first message, empty, is answered with what to prove; the second proves it and gets the badge',
    },
    body: { types: JSON_TYPES, schema: 'Json' },
    answers: { 200: { types: JSON_TYPES, schema: 'Json' }, 400: { types: JSON_TYPES, schema: 'VcApiVerified' } },
    problems: [404, 409, 410, 413, 415, 422, 429],
  },
  {
    method: 'get',
    path: '/.well-known/openid-credential-issuer',
    tag: 'wallets',
    summary: { fr: 'OpenID4VCI\u00a0: ce que le service remet', en: 'OpenID4VCI: what the service hands out' },
    answers: { 200: { types: JSON_TYPES, schema: 'Json' }, 304: EMPTY },
  },
  {
    method: 'get',
    path: '/.well-known/oauth-authorization-server',
    tag: 'wallets',
    summary: { fr: 'OpenID4VCI\u00a0: où un code s’échange', en: 'OpenID4VCI: where a code is exchanged' },
    answers: { 200: { types: JSON_TYPES, schema: 'Json' }, 304: EMPTY },
  },
  {
    method: 'get',
    path: '/oid4vci/offers/{offer}',
    tag: 'wallets',
    summary: { fr: 'OpenID4VCI\u00a0: une offre', en: 'OpenID4VCI: an offer' },
    answers: { 200: { types: JSON_TYPES, schema: 'Json' }, 404: OAUTH, 410: OAUTH, 429: OAUTH },
  },
  {
    method: 'post',
    path: '/oid4vci/token',
    tag: 'wallets',
    summary: {
      fr: 'OpenID4VCI\u00a0: échange un code contre un jeton',
      en: 'OpenID4VCI: exchanges a code for a token',
    },
    body: FORM,
    answers: { 200: { types: JSON_TYPES, schema: 'Json' }, 400: OAUTH, 413: OAUTH, 429: OAUTH, 503: OAUTH },
  },
  {
    method: 'post',
    path: '/oid4vci/nonce',
    tag: 'wallets',
    summary: {
      fr: 'OpenID4VCI\u00a0: un défi pour la preuve de clé',
      en: 'OpenID4VCI: a nonce for the proof of a key',
    },
    answers: { 200: { types: JSON_TYPES, schema: 'Json' }, 429: OAUTH, 503: OAUTH },
  },
  {
    method: 'post',
    path: '/oid4vci/credential',
    tag: 'wallets',
    summary: {
      fr: 'OpenID4VCI\u00a0: le badge, lié à la clé prouvée\u00a0; demande le jeton de `/oid4vci/token`',
      en: 'OpenID4VCI: the badge, bound to the key proven; needs the token of `/oid4vci/token`',
    },
    body: { types: JSON_TYPES, schema: 'Json' },
    answers: { 200: { types: JSON_TYPES, schema: 'Json' }, 400: OAUTH, 401: OAUTH, 413: OAUTH, 429: OAUTH, 503: OAUTH },
  },
];

function page(path: string, summary: Operation['summary'], more: Partial<Operation> = {}): Operation {
  return {
    method: 'get',
    path,
    tag: 'holder',
    summary,
    parameters: [LANG],
    answers: { 200: PAGE },
    problems: [401, 404],
    ...more,
  };
}

/** A form on such a page; its answer leads to a page. */
function form(path: string, summary: Operation['summary'], more: Partial<Operation> = {}): Operation {
  return {
    method: 'post',
    path,
    tag: 'holder',
    summary,
    body: FORM,
    answers: { 303: EMPTY },
    problems: [400, 401, 403, 404, 413],
    ...more,
  };
}

/** The holder's own pages, behind a mailed link and a session of their own: for people, not for programs. */
export const HOLDERS: readonly Operation[] = [
  page(
    '/claim/{token}',
    { fr: 'La page derrière un lien reçu par courriel', en: 'The page behind a mailed link' },
    { answers: { 200: PAGE, 303: EMPTY, 404: PAGE, 410: PAGE }, problems: [] },
  ),
  form(
    '/claim/{token}',
    { fr: 'Utilise le lien, une fois', en: 'Uses the link, once' },
    { answers: { 303: EMPTY, 404: PAGE, 410: PAGE }, problems: [403, 413, 429] },
  ),
  form(
    '/claim/{token}/again',
    { fr: 'Demande un nouveau lien à la même adresse', en: 'Asks for a new link to the same address' },
    { problems: [403, 413, 429] },
  ),
  page('/claim/asked', { fr: 'Un nouveau lien a été demandé', en: 'A new link was asked for' }, { problems: [] }),
  page('/holder', { fr: 'Les badges du titulaire', en: 'The holder’s badges' }),
  page('/holder/badges/{id}', { fr: 'Un badge du titulaire', en: 'One badge of the holder' }),
  page(
    '/holder/badges/{id}/badge.json',
    { fr: 'La copie du titulaire, partagée ou non', en: 'The holder’s own copy, shared or not' },
    { answers: { 200: { types: ['application/vc+ld+json'], schema: 'VerifiableCredential' } } },
  ),
  page('/holder/badges/{id}/wallet', { fr: 'Envoyer le badge à un portefeuille', en: 'Sending the badge to a wallet' }),
  form(
    '/holder/badges/{id}/wallet',
    { fr: 'Crée une offre pour un portefeuille', en: 'Makes an offer for a wallet' },
    { answers: { 200: PAGE, 409: PAGE } },
  ),
  form('/holder/badges/{id}/disclosure', { fr: 'Choisit ce que le badge montre', en: 'Chooses what the badge shows' }),
  form('/holder/badges/{id}/sharing', { fr: 'Retire ou rétablit le partage', en: 'Withdraws or restores sharing' }),
  page(
    '/holder/export',
    { fr: 'Tout ce qui est conservé sur le titulaire', en: 'Everything held on the holder' },
    { answers: { 200: { types: JSON_TYPES, schema: 'Json' } } },
  ),
  form('/holder/erasure', { fr: 'Demande l’effacement', en: 'Asks for erasure' }),
  form('/holder/erasure/take-back', { fr: 'Retire cette demande', en: 'Takes that back' }),
  form('/holder/sign-out', { fr: 'Ferme la session', en: 'Ends the session' }),
];
