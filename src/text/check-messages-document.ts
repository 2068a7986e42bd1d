import type { MissingDetail } from '../ports/fetcher.js';
import { quoted } from './check-messages-quote.js';
import { FETCH_REASONS } from './fetch-reasons.js';
import type { Localized } from './localized.js';

/** Sentences about the document itself: reading it, its contexts, type, schema, subject and issuer. */
export const DOCUMENT_MESSAGES = {
  'json-syntax': (facts: { line: number; column: number; detail: Localized }) => ({
    fr: `Ce texte n’est pas du JSON lisible : ligne ${facts.line}, colonne ${facts.column}, ${facts.detail.fr}.`,
    en: `This text is not readable JSON: line ${facts.line}, column ${facts.column}, ${facts.detail.en}.`,
  }),
  'not-utf-8': (facts: { encoding: string; offset: number }) => ({
    fr: `Le fichier n’est pas en UTF-8 (octet ${facts.offset}, encodage probable : ${facts.encoding}).`,
    en: `The file is not UTF-8 (byte ${facts.offset}, encoding looks like: ${facts.encoding}).`,
  }),
  'duplicate-member': (facts: { line: number; column: number; detail: Localized }) => ({
    fr: `Le badge est ambigu : ligne ${facts.line}, colonne ${facts.column}, ${facts.detail.fr}.`,
    en: `The badge is ambiguous: line ${facts.line}, column ${facts.column}, ${facts.detail.en}.`,
  }),
  'malformed-value': (facts: { line: number; column: number; detail: Localized }) => ({
    fr: `Le badge contient une valeur irrecevable : ligne ${facts.line}, colonne ${facts.column}, ${facts.detail.fr}.`,
    en: `The badge holds an unacceptable value: line ${facts.line}, column ${facts.column}, ${facts.detail.en}.`,
  }),
  'not-an-object': () => ({
    fr: 'Ce document n’est pas un badge : un badge est un objet JSON, ce qui n’est pas le cas ici.',
    en: 'This document is no badge: a badge is a JSON object, and this is something else.',
  }),
  'too-complex': (facts: { what: Localized; limit: number }) => ({
    fr: `Le document est trop grand ou trop complexe pour être vérifié : ${facts.what.fr} (limite : ${facts.limit}).`,
    en: `The document is too large or too complex to be checked: ${facts.what.en} (limit: ${facts.limit}).`,
  }),
  'open-badges-2': (facts: { address: string }) => ({
    fr: `C’est un badge de l’ancien standard, Open Badges 2.0. Ce qui le prouve est sur le site de l’émetteur et n’est pas consulté ici${facts.address === '' ? '' : ` (« ${quoted(facts.address)} »)`}. Cela ne dit rien de sa validité : demandez à l’émetteur une version 3.0.`,
    en: `This is a badge of the earlier standard, Open Badges 2.0. What proves it is on the issuer’s site and is not consulted here${facts.address === '' ? '' : ` ("${quoted(facts.address)}")`}. That says nothing about its validity: ask the issuer for a 3.0 version.`,
  }),
  'malformed-context': (facts: { expected: string; found: string }) => ({
    fr: `La liste « @context » n’est pas celle d’un Open Badge 3.0 : « ${quoted(facts.found)} » trouvé, « ${facts.expected} » attendu.`,
    en: `The "@context" list is not that of an Open Badge 3.0: found "${quoted(facts.found)}", expected "${facts.expected}".`,
  }),
  'untrusted-context': (facts: { found: string }) => ({
    fr: `Le badge définit ses termes ailleurs que dans les vocabulaires reconnus (« ${quoted(facts.found)} ») : ses mots pourraient dire autre chose que ce qu’ils semblent dire.`,
    en: `The badge defines its terms outside the recognised vocabularies ("${quoted(facts.found)}"): its words might mean something else than they seem to.`,
  }),
  'member-not-a-term': (facts: { member: string }) => ({
    fr: `Le membre « ${quoted(facts.member)} » n’est pas écrit sous son nom ordinaire ; une date ou un statut pourrait s’y cacher.`,
    en: `The member "${quoted(facts.member)}" is not written under its ordinary name; a date or a status might hide in it.`,
  }),
  'credential-split': (facts: { id: string }) => ({
    fr: `Le badge « ${quoted(facts.id)} » est décrit à deux endroits du document : une partie pourrait en être cachée.`,
    en: `The badge "${quoted(facts.id)}" is described in two places of the document: part of it might be hidden.`,
  }),
  'missing-type': (facts: { found: string }) => ({
    fr: `Ce document n’est pas un Open Badge 3.0 : son type est « ${quoted(facts.found)} » au lieu de « VerifiableCredential, OpenBadgeCredential ».`,
    en: `This document is no Open Badge 3.0: its type is "${quoted(facts.found)}" instead of "VerifiableCredential, OpenBadgeCredential".`,
  }),
  schema: (facts: { detail: Localized }) => ({
    fr: `Le badge ne suit pas le schéma officiel Open Badges 3.0 : ${facts.detail.fr}.`,
    en: `The badge does not follow the official Open Badges 3.0 schema: ${facts.detail.en}.`,
  }),
  'schema-not-checked': (facts: { found: string }) => ({
    fr: `Le badge dit suivre aussi le schéma « ${quoted(facts.found)} », qui n’est pas connu ici : cela n’a pas pu être vérifié.`,
    en: `The badge says that it also follows the schema "${quoted(facts.found)}", which is not known here: that could not be checked.`,
  }),
  'no-recipient': () => ({
    fr: 'Le badge ne dit pas à qui il a été remis : il faut un identifiant du titulaire.',
    en: 'The badge does not say who it was awarded to: an identifier of the holder is needed.',
  }),
  'unknown-reference': (facts: { found: string }) => ({
    fr: `Un résultat renvoie à « ${quoted(facts.found)} », que le badge ne décrit pas.`,
    en: `A result refers to "${quoted(facts.found)}", which the badge does not describe.`,
  }),
  'ambiguous-reference': (facts: { found: string }) => ({
    fr: `L’identifiant « ${quoted(facts.found)} » désigne deux choses à la fois.`,
    en: `The identifier "${quoted(facts.found)}" names two things at once.`,
  }),
  'value-not-allowed': (facts: { value: string; allowed: readonly string[] }) => ({
    fr: `Le résultat « ${quoted(facts.value)} » n’est pas une des valeurs prévues : ${quoted(facts.allowed.join(', '))}.`,
    en: `The result "${quoted(facts.value)}" is not one of the values provided for: ${quoted(facts.allowed.join(', '))}.`,
  }),
  'value-out-of-range': (facts: { value: string; min: string; max: string }) => ({
    fr: `Le résultat « ${quoted(facts.value)} » est hors de l’échelle annoncée, de ${quoted(facts.min)} à ${quoted(facts.max)}.`,
    en: `The result "${quoted(facts.value)}" lies outside the scale stated, ${quoted(facts.min)} to ${quoted(facts.max)}.`,
  }),
  'missing-result-status': () => ({
    fr: 'Un résultat de type « Status » ne dit pas lequel.',
    en: 'A result of type "Status" does not say which.',
  }),
  'credits-exceed': (facts: { earned: number; available: number }) => ({
    fr: `Le badge accorde ${facts.earned} crédits alors que l’activité en vaut ${facts.available} au plus.`,
    en: `The badge grants ${facts.earned} credits although the activity is worth ${facts.available} at most.`,
  }),
  'no-criteria': () => ({
    fr: 'Le badge ne dit pas ce qu’il fallait faire pour l’obtenir : ni texte ni page des critères.',
    en: 'The badge does not say what had to be done to earn it: neither text nor page of the criteria.',
  }),
  'empty-member': (facts: { member: string }) => ({
    fr: `Le membre « ${quoted(facts.member)} » est vide : ce que l’on ne sait pas doit être omis.`,
    en: `The member "${quoted(facts.member)}" is empty: what is not known must be left out.`,
  }),
  'malformed-issuer': (facts: { found: string }) => ({
    fr: `Le badge ne nomme pas son émetteur comme il le faut : « ${quoted(facts.found)} » au lieu d’un identifiant « did: » ou « https: ».`,
    en: `The badge does not name its issuer properly: "${quoted(facts.found)}" instead of a "did:" or "https:" identifier.`,
  }),
  'did-unresolved': (facts: { issuer: string; detail: MissingDetail }) => ({
    fr: `Les clés de l’émetteur « ${quoted(facts.issuer)} » n’ont pas pu être obtenues (${FETCH_REASONS[facts.detail].fr}) : la signature reste à vérifier.`,
    en: `The keys of the issuer "${quoted(facts.issuer)}" could not be had (${FETCH_REASONS[facts.detail].en}): the signature is still to be checked.`,
  }),
};
