import type { MissingDetail } from '../ports/fetcher.js';
import { quoted } from './check-messages-quote.js';
import { FETCH_REASONS } from './fetch-reasons.js';
import type { Localized } from './localized.js';

/** Sentences about status, dates, evidence and what comes after. */
export const STATUS_MESSAGES = {
  revoked: () => ({
    fr: 'L’émetteur a révoqué ce badge : il ne vaut plus rien.',
    en: 'The issuer revoked this badge: it is worth nothing any more.',
  }),
  suspended: () => ({
    fr: 'L’émetteur a suspendu ce badge : il ne vaut rien tant que la suspension dure.',
    en: 'The issuer suspended this badge: it is worth nothing while the suspension lasts.',
  }),
  superseded: () => ({
    fr: 'L’émetteur a corrigé ce badge : cet exemplaire est remplacé par une version plus récente.',
    en: 'The issuer corrected this badge: this copy was replaced by a newer version.',
  }),
  'never-issued': () => ({
    fr: 'L’émetteur a abandonné la délivrance de ce badge.',
    en: 'The issuer gave up issuing this badge.',
  }),
  'newer-version': (facts: { validFrom: string }) => ({
    fr: `Il existe une version plus récente de ce badge, du ${quoted(facts.validFrom)}.`,
    en: `There is a newer version of this badge, of ${quoted(facts.validFrom)}.`,
  }),
  'refresh-available': () => ({
    fr: 'L’émetteur tient une version mise à jour de ce badge à disposition.',
    en: 'The issuer holds an updated version of this badge ready.',
  }),
  'status-message': (facts: { value: string }) => ({
    fr: `L’émetteur joint une indication au badge : « ${quoted(facts.value)} ».`,
    en: `The issuer attaches a note to the badge: "${quoted(facts.value)}".`,
  }),
  'status-issuer-differs': (facts: { found: string }) => ({
    fr: `La liste de statuts est publiée par « ${quoted(facts.found)} » et non par l’émetteur du badge.`,
    en: `The status list is published by "${quoted(facts.found)}" and not by the issuer of the badge.`,
  }),
  'unsupported-status-type': (facts: { found: string }) => ({
    fr: `Le badge annonce un statut d’un genre qui n’est pas vérifié ici (« ${quoted(facts.found)} ») : on ne sait pas s’il est révoqué.`,
    en: `The badge declares a status of a kind that is not checked here ("${quoted(facts.found)}"): whether it is revoked is not known.`,
  }),
  'status-not-retrieved': (facts: { url: string; detail: MissingDetail }) => ({
    fr: `La liste de statuts « ${quoted(facts.url)} » n’a pas pu être consultée (${FETCH_REASONS[facts.detail].fr}) : on ne sait pas si le badge est révoqué.`,
    en: `The status list "${quoted(facts.url)}" could not be consulted (${FETCH_REASONS[facts.detail].en}): whether the badge is revoked is not known.`,
  }),
  'own-state-not-told': () => ({
    fr: 'Le service qui a délivré ce badge n’en a rien dit ici : on ne sait pas s’il est révoqué, suspendu ou remplacé.',
    en: 'The service that issued this badge said nothing of it here: whether it is revoked, suspended or replaced is not known.',
  }),
  'malformed-status': () => ({
    fr: 'Le statut annoncé par le badge n’est pas lisible : numéro, liste ou usage ne sont pas écrits comme il le faut.',
    en: 'The status the badge declares cannot be read: number, list or purpose are not written as they must be.',
  }),
  'status-list-not-trusted': (facts: { url: string }) => ({
    fr: `La liste de statuts « ${quoted(facts.url)} » n’est pas authentique ou plus en vigueur.`,
    en: `The status list "${quoted(facts.url)}" is not authentic or no longer in force.`,
  }),
  'status-list-issuer-unknown': (facts: { url: string; detail: MissingDetail }) => ({
    fr: `Les clés de qui a signé la liste de statuts « ${quoted(facts.url)} » n’ont pas pu être obtenues (${FETCH_REASONS[facts.detail].fr}) : on ne sait pas si le badge est révoqué.`,
    en: `The keys of whoever signed the status list "${quoted(facts.url)}" could not be had (${FETCH_REASONS[facts.detail].en}): whether the badge is revoked is not known.`,
  }),
  'status-list-mismatch': (facts: { url: string }) => ({
    fr: `La liste de statuts « ${quoted(facts.url)} » ne répond pas à ce que le badge annonce : autre liste, autre usage ou liste périmée.`,
    en: `The status list "${quoted(facts.url)}" does not answer what the badge declares: another list, another purpose, or an expired one.`,
  }),
  'status-list-too-short': () => ({
    fr: 'La liste de statuts compte moins de 131 072 entrées, le minimum qui protège la vie privée : elle n’est pas utilisée.',
    en: 'The status list has fewer than 131,072 entries, the minimum that protects privacy: it is not used.',
  }),
  'status-list-unreadable': () => ({
    fr: 'La liste de statuts n’est pas lisible : on ne sait pas si le badge est révoqué.',
    en: 'The status list cannot be read: whether the badge is revoked is not known.',
  }),
  'status-list-too-complex': () => ({
    fr: 'La liste de statuts est démesurée : elle n’a pas été lue, et l’on ne sait pas si le badge est révoqué.',
    en: 'The status list is oversized: it was not read, and whether the badge is revoked is not known.',
  }),
  'status-index-out-of-range': (facts: { index: string }) => ({
    fr: `Le numéro du badge dans la liste de statuts (${quoted(facts.index)}) n’existe pas.`,
    en: `The badge's number in the status list (${quoted(facts.index)}) does not exist.`,
  }),
  'not-yet-valid': (facts: { validFrom: string; now: string }) => ({
    fr: `Le badge ne sera valable qu’à partir du ${facts.validFrom} ; il est ${facts.now}.`,
    en: `The badge becomes valid on ${facts.validFrom} only; it is ${facts.now}.`,
  }),
  expired: (facts: { validUntil: string; now: string }) => ({
    fr: `Le badge a expiré le ${facts.validUntil} ; il est ${facts.now}.`,
    en: `The badge expired on ${facts.validUntil}; it is ${facts.now}.`,
  }),
  'malformed-date': (facts: { member: string; found: string }) => ({
    fr: `La date « ${facts.member} » n’existe pas ou n’est pas complète : « ${quoted(facts.found)} » au lieu d’une date comme 2026-06-24T14:00:00Z.`,
    en: `The date "${facts.member}" does not exist or is incomplete: "${quoted(facts.found)}" instead of one like 2026-06-24T14:00:00Z.`,
  }),
  'dates-reversed': (facts: { validFrom: string; validUntil: string }) => ({
    fr: `Le badge expirerait (${facts.validUntil}) avant d’être valable (${facts.validFrom}).`,
    en: `The badge would expire (${facts.validUntil}) before it becomes valid (${facts.validFrom}).`,
  }),
  'evidence-differs': (facts: { url: string }) => ({
    fr: `La preuve « ${quoted(facts.url)} » n’est plus le fichier qui avait été signé.`,
    en: `The evidence "${quoted(facts.url)}" is no longer the file that was signed for.`,
  }),
  'evidence-not-read': (facts: { read: number; stated: number }) => ({
    fr: `Fichiers de preuve comparés à leur empreinte signée : ${facts.read} sur ${facts.stated} ; les autres ne sont pas conservés ici.`,
    en: `Evidence files compared with their signed digest: ${facts.read} of ${facts.stated}; the others are not held here.`,
  }),
  'endorsement-not-checked': (facts: { count: number }) => ({
    fr: `Des tiers appuient ce badge (${facts.count}) ; leurs signatures n’ont pas été vérifiées.`,
    en: `Third parties endorse this badge (${facts.count}); their signatures were not checked.`,
  }),
  'endorsement-not-authentic': (facts: { reason: Localized }) => ({
    fr: `Un appui joint au badge ne vaut rien : ${facts.reason.fr}`,
    en: `An endorsement in the badge is worth nothing: ${facts.reason.en}`,
  }),
  'endorsement-uncertain': (facts: { reason: Localized }) => ({
    fr: `Un appui joint au badge n’a pas pu être vérifié : ${facts.reason.fr}`,
    en: `An endorsement in the badge could not be checked: ${facts.reason.en}`,
  }),
  'endorsement-of-another': (facts: { found: string }) => ({
    fr: `Un appui joint au badge porte sur autre chose : « ${quoted(facts.found)} ».`,
    en: `An endorsement in the badge is about something else: "${quoted(facts.found)}".`,
  }),
  'endorsement-by-issuer': () => ({
    fr: 'L’émetteur du badge l’appuie lui-même : ce n’est pas l’avis d’un tiers.',
    en: 'The issuer of the badge endorses it itself: that is no third party’s opinion.',
  }),
  'refresh-not-followed': () => ({
    fr: 'Le badge annonce un service de mise à jour ; il n’a pas été interrogé.',
    en: 'The badge names a refresh service; it was not asked.',
  }),
  'recipient-differs': () => ({
    fr: 'Le badge n’a pas été remis à la personne indiquée.',
    en: 'The badge was not awarded to the person named.',
  }),
  'recipient-not-stated': () => ({
    fr: 'Le badge ne permet pas de répondre : il n’identifie pas son titulaire de cette manière.',
    en: 'The badge cannot tell: it does not identify its holder in this way.',
  }),
  'nothing-to-check': () => ({
    fr: 'Le badge n’annonce rien à vérifier ici.',
    en: 'The badge declares nothing to check here.',
  }),
  'precondition-failed': (facts: { check: string }) => ({
    fr: `Non vérifié, car la vérification « ${facts.check} » n’a pas abouti.`,
    en: `Not checked, because the check "${facts.check}" did not succeed.`,
  }),
};
