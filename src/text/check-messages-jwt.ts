import { quoted } from './check-messages-quote.js';

/** Sentences about a badge in VC-JWT form: its header, its claims and the key it names. */
export const JWT_MESSAGES = {
  'jwt-parts': (facts: { found: number }) => ({
    fr: `Un badge au format VC-JWT a trois parties séparées par des points ; celui-ci en a ${facts.found}.`,
    en: `A badge in VC-JWT form has three parts with dots between them; this one has ${facts.found}.`,
  }),
  'jwt-algorithm': (facts: { found: string; expected: string }) => ({
    fr: `La signature annonce l’algorithme « ${quoted(facts.found)} » ; il fallait ${facts.expected}.`,
    en: `The signature announces the algorithm "${quoted(facts.found)}"; it had to be ${facts.expected}.`,
  }),
  'jwt-header': (facts: { member: string }) => ({
    fr: `L’en-tête de la signature contient « ${quoted(facts.member)} », ou une valeur de ce membre, qu’un badge ne doit pas employer.`,
    en: `The header of the signature holds "${quoted(facts.member)}", or a value of it, that a badge must not use.`,
  }),
  'jwt-key-not-issuers': (facts: { found: string; issuer: string }) => ({
    fr: `La signature ne désigne pas une clé de l’émetteur « ${quoted(facts.issuer)} » : « ${quoted(facts.found)} ».`,
    en: `The signature does not name a key of the issuer "${quoted(facts.issuer)}": "${quoted(facts.found)}".`,
  }),
  'jwt-data-model': (facts: { found: string }) => ({
    fr: `Le badge est rangé dans le JWT d’une façon qui ne convient pas à sa version (« ${quoted(facts.found)} »).`,
    en: `The badge lies in the JWT in a way that does not suit its version ("${quoted(facts.found)}").`,
  }),
  'claim-mismatch': (facts: { claim: string; found: string; credential: string }) => ({
    fr: `Le JWT contredit le badge qu’il contient : « ${facts.claim} » vaut « ${quoted(facts.found)} », le badge dit « ${quoted(facts.credential)} ».`,
    en: `The JWT contradicts the badge in it: "${facts.claim}" is "${quoted(facts.found)}", the badge says "${quoted(facts.credential)}".`,
  }),
  'malformed-claim': (facts: { claim: string; found: string }) => ({
    fr: `Le membre « ${facts.claim} » du JWT n’a pas une valeur permise : « ${quoted(facts.found)} ».`,
    en: `The member "${facts.claim}" of the JWT does not have a permitted value: "${quoted(facts.found)}".`,
  }),
};
