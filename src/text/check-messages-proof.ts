import { quoted } from './check-messages-quote.js';

/** Sentences about proofs and the keys they were made with. */
export const PROOF_MESSAGES = {
  'no-proof': () => ({
    fr: 'Le badge n’est pas signé : n’importe qui a pu l’écrire.',
    en: 'The badge is not signed: anybody could have written it.',
  }),
  'malformed-proof': () => ({
    fr: 'La signature jointe au badge n’est pas lisible.',
    en: 'The signature attached to the badge cannot be read.',
  }),
  'signature-invalid': () => ({
    fr: 'La signature ne correspond pas au contenu : le badge a été modifié, ou n’a pas été signé par cet émetteur.',
    en: 'The signature does not fit the content: the badge was altered, or was not signed by this issuer.',
  }),
  'unsafe-document': (facts: { found: string }) => ({
    fr: `Une partie du badge échapperait à la signature, un terme inconnu ou une adresse relative${facts.found === '' ? '' : ` : « ${quoted(facts.found)} »`}.`,
    en: `Part of the badge would escape the signature, an unknown term or a relative address${facts.found === '' ? '' : `: "${quoted(facts.found)}"`}.`,
  }),
  'unsafe-value': () => ({
    fr: 'Le badge contient un nombre ou un texte que la signature ne distingue pas d’un autre.',
    en: 'The badge holds a number or a text that the signature cannot tell from another.',
  }),
  'proof-not-verifiable': () => ({
    fr: 'La signature n’est pas recevable : ses indications se contredisent ou sont incomplètes.',
    en: 'The signature is not acceptable: what it states is contradictory or incomplete.',
  }),
  'proof-too-complex': () => ({
    fr: 'Le contenu du badge est trop enchevêtré pour que la signature soit vérifiée en un temps raisonnable.',
    en: 'The content of the badge is too entangled for the signature to be checked in reasonable time.',
  }),
  'too-busy': () => ({
    fr: 'Trop de vérifications sont en cours : la signature n’a pas été examinée. Recommencez dans un instant.',
    en: 'Too many verifications are under way: the signature was not examined. Try again in a moment.',
  }),
  'out-of-time': () => ({
    fr: 'La vérification a été arrêtée au bout du temps qui lui est donné ; ce point n’a pas été examiné.',
    en: 'The verification was stopped at the end of the time it is given; this point was not examined.',
  }),
  'proof-in-future': (facts: { created: string; now: string }) => ({
    fr: `La signature porte une date à venir (${facts.created}) ; il est ${facts.now}.`,
    en: `The signature bears a date in the future (${facts.created}); it is ${facts.now}.`,
  }),
  'proof-expired': (facts: { expires: string; now: string }) => ({
    fr: `La signature n’était valable que jusqu’au ${facts.expires} ; il est ${facts.now}.`,
    en: `The signature was good until ${facts.expires} only; it is ${facts.now}.`,
  }),
  'wrong-proof-purpose': (facts: { found: string }) => ({
    fr: `La signature a été faite pour autre chose : « ${quoted(facts.found)} » au lieu de « assertionMethod ».`,
    en: `The signature was made for something else: "${quoted(facts.found)}" instead of "assertionMethod".`,
  }),
  'issuer-mismatch': (facts: { found: string; issuer: string }) => ({
    fr: `Le badge est signé par « ${quoted(facts.found)} » et non par l’émetteur qu’il nomme, « ${quoted(facts.issuer)} ».`,
    en: `The badge is signed by "${quoted(facts.found)}" and not by the issuer it names, "${quoted(facts.issuer)}".`,
  }),
  'unsupported-proof': (facts: { found: string }) => ({
    fr: `Le badge porte une signature d’un genre qui n’est pas vérifié ici : « ${quoted(facts.found)} ».`,
    en: `The badge carries a signature of a kind that is not checked here: "${quoted(facts.found)}".`,
  }),
  'shown-in-part': () => ({
    fr: 'Le titulaire a choisi ce que cette copie du badge montre. Une date de fin ou une liste de révocation que l’émetteur n’a pas rendue obligatoire peut y manquer sans que cela se voie.',
    en: 'The holder chose what this copy of the badge shows. An end date or a revocation list that the issuer did not make mandatory may be missing from it without a trace.',
  }),
  'key-unavailable': () => ({
    fr: 'La signature n’a pas pu être vérifiée, faute d’une clé de l’émetteur sur laquelle s’appuyer.',
    en: 'The signature could not be checked for want of a key of the issuer to rely on.',
  }),
  'foreign-controller-document': (facts: { found: string; issuer: string }) => ({
    fr: `Le document des clés est celui de « ${quoted(facts.found)} » et non celui de l’émetteur « ${quoted(facts.issuer)} ».`,
    en: `The document of keys is that of "${quoted(facts.found)}" and not that of the issuer "${quoted(facts.issuer)}".`,
  }),
  'unknown-key': (facts: { method: string; issuer: string }) => ({
    fr: `La clé « ${quoted(facts.method)} » ne figure pas parmi celles de l’émetteur « ${quoted(facts.issuer)} ».`,
    en: `The key "${quoted(facts.method)}" is not among those of the issuer "${quoted(facts.issuer)}".`,
  }),
  'key-not-authorised': (facts: { method: string }) => ({
    fr: `L’émetteur n’autorise pas la clé « ${quoted(facts.method)} » à signer des badges (« assertionMethod »).`,
    en: `The issuer does not authorise the key "${quoted(facts.method)}" to sign badges ("assertionMethod").`,
  }),
  'foreign-key': (facts: { method: string; controller: string }) => ({
    fr: `La clé « ${quoted(facts.method)} » appartient à « ${quoted(facts.controller)} » et non à l’émetteur.`,
    en: `The key "${quoted(facts.method)}" belongs to "${quoted(facts.controller)}" and not to the issuer.`,
  }),
  'unusable-key': (facts: { method: string }) => ({
    fr: `La clé « ${quoted(facts.method)} » n’est pas une clé à laquelle on puisse se fier, ou ne va pas avec cette signature.`,
    en: `The key "${quoted(facts.method)}" is no key that can be trusted, or does not go with this signature.`,
  }),
  'key-revoked': (facts: { method: string; revoked: string }) => ({
    fr: `L’émetteur a révoqué la clé « ${quoted(facts.method)} » (${quoted(facts.revoked)}).`,
    en: `The issuer revoked the key "${quoted(facts.method)}" (${quoted(facts.revoked)}).`,
  }),
  'key-revoked-since': (facts: { revoked: string }) => ({
    fr: `La clé qui a signé ce badge n’est plus sûre depuis le ${quoted(facts.revoked)}. L’émetteur avait enregistré ce badge avant, exactement tel qu’il est ici : il reste valable.`,
    en: `The key that signed this badge has not been safe since ${quoted(facts.revoked)}. The issuer had recorded this badge before, exactly as it is here: it stands.`,
  }),
  'key-expired': (facts: { method: string; expires: string }) => ({
    fr: `La clé « ${quoted(facts.method)} » n’est plus en service depuis le ${quoted(facts.expires)}.`,
    en: `The key "${quoted(facts.method)}" is out of service since ${quoted(facts.expires)}.`,
  }),
};
