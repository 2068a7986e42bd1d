import { quoted } from './check-messages-quote.js';
import type { Localized } from './localized.js';

/** Sentences about verifiable credentials that are no Open Badges, and about presentations. */
export const VC_MESSAGES = {
  'not-a-credential': (facts: { found: string }) => ({
    fr: `Ce document n’est pas une attestation vérifiable : son type est « ${quoted(facts.found)} ».`,
    en: `This document is no verifiable credential: its type is "${quoted(facts.found)}".`,
  }),
  'data-model': (facts: { detail: Localized }) => ({
    fr: `Le document ne suit pas le modèle de données des attestations vérifiables : ${facts.detail.fr}.`,
    en: `The document does not follow the data model of verifiable credentials: ${facts.detail.en}.`,
  }),
  'inline-context': (facts: { found: string; detail: Localized }) => ({
    fr: `Un contexte écrit dans le document n’est pas admis (« ${quoted(facts.found)} ») : ${facts.detail.fr}.`,
    en: `A context written into the document is not accepted ("${quoted(facts.found)}"): ${facts.detail.en}.`,
  }),
  'malformed-envelope': (facts: { detail: Localized }) => ({
    fr: `L’enveloppe ne contient pas une attestation qui puisse être lue : ${facts.detail.fr}.`,
    en: `The envelope does not hold a credential that can be read: ${facts.detail.en}.`,
  }),
  'unknown-member': (facts: { member: string }) => ({
    fr: `La demande contient « ${quoted(facts.member)} », qui n’est pas compris ici.`,
    en: `The request holds "${quoted(facts.member)}", which is not understood here.`,
  }),
  'malformed-request': (facts: { member: string }) => ({
    fr: `La demande ne donne pas « ${quoted(facts.member)} », ou pas sous la forme attendue.`,
    en: `The request does not give "${quoted(facts.member)}", or not in the form expected.`,
  }),
  'unsupported-suite': (facts: { found: string; offered: string }) => ({
    fr: `Ce service ne signe pas avec « ${quoted(facts.found)} » ; il propose : ${facts.offered}.`,
    en: `This service does not sign with "${quoted(facts.found)}"; it offers: ${facts.offered}.`,
  }),
  'unsupported-status-request': () => ({
    fr: 'Une seule entrée de type « BitstringStatusListEntry » peut être demandée, d’usage « revocation » ou « suspension ».',
    en: 'One entry of type "BitstringStatusListEntry" can be asked for, of purpose "revocation" or "suspension".',
  }),
  'signed-already': () => ({
    fr: 'L’attestation porte déjà une signature : ce service signe ce qui ne l’est pas.',
    en: 'The credential bears a proof already: this service signs what has none.',
  }),
  'issuer-not-ours': (facts: { found: string }) => ({
    fr: `L’émetteur « ${quoted(facts.found)} » n’est pas celui pour lequel ce jeton signe.`,
    en: `The issuer "${quoted(facts.found)}" is not one this token signs for.`,
  }),
  'status-not-ours': () => ({
    fr: 'Une entrée dans une liste de statuts de ce service se demande par « options.credentialStatus » ; elle ne s’écrit pas dans l’attestation.',
    en: 'An entry in a status list of this service is asked for with "options.credentialStatus"; it is not written into the credential.',
  }),
  'credential-id-not-ours': (facts: { found: string }) => ({
    fr: `L’identifiant « ${quoted(facts.found)} » est une adresse de ce service, mais son numéro n’est pas de 26 caractères tirés au hasard.`,
    en: `The identifier "${quoted(facts.found)}" is an address of this service, but its number is not 26 random characters.`,
  }),
  'not-a-presentation': (facts: { found: string }) => ({
    fr: `Ce document n’est pas une présentation vérifiable : son type est « ${quoted(facts.found)} ».`,
    en: `This document is no verifiable presentation: its type is "${quoted(facts.found)}".`,
  }),
  'presentation-not-signed': () => ({
    fr: 'La présentation n’est pas signée : n’importe qui peut présenter ces attestations.',
    en: 'The presentation is not signed: anybody can present these credentials.',
  }),
  'malformed-holder': (facts: { found: string }) => ({
    fr: `La présentation ne nomme pas son titulaire comme il le faut : « ${quoted(facts.found)} ».`,
    en: `The presentation does not name its holder properly: "${quoted(facts.found)}".`,
  }),
  'holder-mismatch': (facts: { found: string; holder: string }) => ({
    fr: `La présentation est signée par « ${quoted(facts.found)} » et non par le titulaire qu’elle nomme, « ${quoted(facts.holder)} ».`,
    en: `The presentation is signed by "${quoted(facts.found)}" and not by the holder it names, "${quoted(facts.holder)}".`,
  }),
  'holder-unresolved': (facts: { holder: string }) => ({
    fr: `Les clés du titulaire « ${quoted(facts.holder)} » n’ont pas pu être consultées : la signature reste à vérifier.`,
    en: `The keys of the holder "${quoted(facts.holder)}" could not be had: the signature is still to be checked.`,
  }),
  'wrong-challenge': (facts: { found: string }) => ({
    fr: `La présentation répond à un autre défi que celui qui a été posé (« ${quoted(facts.found)} »).`,
    en: `The presentation answers another challenge than the one that was set ("${quoted(facts.found)}").`,
  }),
  'wrong-domain': (facts: { found: string }) => ({
    fr: `La présentation a été faite pour un autre destinataire (« ${quoted(facts.found)} »).`,
    en: `The presentation was made for another party ("${quoted(facts.found)}").`,
  }),
  'challenge-not-compared': () => ({
    fr: 'La présentation répond à un défi ou s’adresse à un destinataire que la demande ne donne pas : rien n’a été comparé, elle peut être une copie.',
    en: 'The presentation answers a challenge, or names a party, that the request does not give: nothing was compared, and it may be a copy.',
  }),
  'nested-presentation': () => ({
    fr: 'Une présentation ne peut pas en contenir une autre.',
    en: 'A presentation cannot hold another one.',
  }),
};

/** What the sentences about a proof say where it is the holder of a presentation who signed. */
export const HOLDER_MESSAGES = {
  'malformed-proof': {
    fr: 'La signature jointe à la présentation n’est pas lisible.',
    en: 'The signature attached to the presentation cannot be read.',
  },
  'signature-invalid': {
    fr: 'La signature ne correspond pas au contenu : la présentation a été modifiée, ou n’a pas été signée par ce titulaire.',
    en: 'The signature does not fit the content: the presentation was altered, or was not signed by this holder.',
  },
  'wrong-proof-purpose': {
    fr: 'La signature n’a pas été faite pour présenter (« authentication »).',
    en: 'The signature was not made for presenting ("authentication").',
  },
  'key-not-authorised': {
    fr: 'Le titulaire n’autorise pas cette clé à le représenter (« authentication »).',
    en: 'The holder does not authorise this key to act for them ("authentication").',
  },
  'unknown-key': {
    fr: 'La clé qui a signé ne figure pas parmi celles du titulaire.',
    en: 'The key that signed is not among those of the holder.',
  },
  'foreign-key': {
    fr: 'La clé qui a signé appartient à quelqu’un d’autre que le titulaire.',
    en: 'The key that signed belongs to somebody else than the holder.',
  },
  'key-revoked': { fr: 'Le titulaire a révoqué la clé qui a signé.', en: 'The holder revoked the key that signed.' },
  'key-unavailable': {
    fr: 'La signature n’a pas pu être vérifiée, faute d’une clé du titulaire sur laquelle s’appuyer.',
    en: 'The signature could not be checked for want of a key of the holder to rely on.',
  },
  'unsafe-document': {
    fr: 'Une partie de la présentation échapperait à la signature : un terme inconnu, une adresse relative.',
    en: 'Part of the presentation would escape the signature: an unknown term, a relative address.',
  },
} as const satisfies Readonly<Record<string, Localized>>;
