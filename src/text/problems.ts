import type { Localized } from './localized.js';

/** Title and detail of a problem, for the reader of an error. Neither says anything of the inside of the house. */
export interface ProblemText {
  readonly title: Localized;
  readonly detail: Localized;
}

/** What the HTTP edge says, by problem code. */
export const PROBLEM_TEXTS = {
  'badge-not-found': {
    title: { fr: 'Aucun badge sous ce numéro', en: 'No badge under this number' },
    detail: {
      fr: 'Ce service ne montre aucun badge sous ce numéro. Vérifiez le numéro\u00a0; un badge peut aussi ne plus être partagé.',
      en: 'This service shows no badge under this number. Check the number; a badge may also no longer be shared.',
    },
  },
  'not-found': {
    title: { fr: 'Rien à cette adresse', en: 'Nothing at this address' },
    detail: {
      fr: 'Ce service n’a rien à montrer à cette adresse.',
      en: 'This service has nothing to show at this address.',
    },
  },
  'not-bound': {
    title: { fr: 'Pas de forme JWT pour ce badge', en: 'No JWT form of this badge' },
    detail: {
      fr: 'Ce badge n’est pas lié à une clé de son titulaire\u00a0; il n’existe donc pas sous forme de VC-JWT.',
      en: 'This badge is not bound to a key of its holder, so it does not exist as a VC-JWT.',
    },
  },
  'not-acceptable': {
    title: { fr: 'Forme non disponible', en: 'Form not available' },
    detail: {
      fr: 'Aucune des formes demandées (en-tête Accept) n’existe ici.',
      en: 'None of the forms asked for (Accept header) exists here.',
    },
  },
  'method-not-allowed': {
    title: { fr: 'Méthode non permise', en: 'Method not allowed' },
    detail: {
      fr: 'Cette adresse ne répond pas à cette méthode HTTP.',
      en: 'This address does not answer to this HTTP method.',
    },
  },
  'uri-too-long': {
    title: { fr: 'Adresse trop longue', en: 'Address too long' },
    detail: { fr: 'L’adresse dépasse 8 Kio.', en: 'The address is longer than 8 KiB.' },
  },
  'query-invalid': {
    title: { fr: 'Paramètres incorrects', en: 'Wrong parameters' },
    detail: {
      fr: 'Un paramètre de l’adresse manque ou n’a pas de valeur permise.',
      en: 'A parameter of the address is missing or has a value that is not allowed.',
    },
  },
  'body-unreadable': {
    title: { fr: 'Demande illisible', en: 'Unreadable request' },
    detail: {
      fr: 'Le formulaire envoyé ne peut pas être lu, ou ne contient ni fichier, ni contenu, ni adresse.',
      en: 'The form sent cannot be read, or holds neither a file, nor a content, nor an address.',
    },
  },
  'payload-too-large': {
    title: { fr: 'Envoi trop volumineux', en: 'Too much sent' },
    detail: { fr: 'Un badge envoyé ne dépasse pas 5 Mio.', en: 'A badge that is sent is at most 5 MiB.' },
  },
  'too-many-requests': {
    title: { fr: 'Trop de demandes', en: 'Too many requests' },
    detail: {
      fr: 'Beaucoup de vérifications viennent de cette adresse. Réessayez dans un instant.',
      en: 'Many verifications come from this address. Try again in a moment.',
    },
  },
  unauthorized: {
    title: { fr: 'Jeton requis', en: 'Token required' },
    detail: {
      fr: 'Cette adresse demande un jeton valable dans l’en-tête Authorization\u00a0: Bearer.',
      en: 'This address asks for a working token in the Authorization: Bearer header.',
    },
  },
  'scope-missing': {
    title: { fr: 'Portée insuffisante', en: 'Scope missing' },
    detail: {
      fr: 'Ce jeton ne permet pas cette action.',
      en: 'This token does not allow this action.',
    },
  },
  'stale-version': {
    title: { fr: 'Modifié entre-temps', en: 'Changed meanwhile' },
    detail: {
      fr: 'Quelqu’un d’autre a modifié ces données. Relisez-les, puis recommencez.',
      en: 'Somebody else changed this. Read it again, then repeat.',
    },
  },
  'ledger-conflict': {
    title: { fr: 'Contredit ce qui est enregistré', en: 'Contradicts what is recorded' },
    detail: {
      fr: 'Cette action contredit ce qui est déjà enregistré.',
      en: 'This action contradicts what is already recorded.',
    },
  },
  'store-unavailable': {
    title: { fr: 'Service momentanément indisponible', en: 'Service not available for now' },
    detail: {
      fr: 'Le service n’a pas accès à ses données. Réessayez dans un instant.',
      en: 'The service cannot reach its data. Try again in a moment.',
    },
  },
  'signer-unavailable': {
    title: { fr: 'Signature momentanément impossible', en: 'Signing not available for now' },
    detail: {
      fr: 'Le service ne peut pas signer pour l’instant. Réessayez plus tard.',
      en: 'The service cannot sign for now. Try again later.',
    },
  },
  'internal-error': {
    title: { fr: 'Erreur interne', en: 'Internal error' },
    detail: {
      fr: 'Une erreur inattendue est survenue. L’exploitant peut la retrouver par sa référence.',
      en: 'Something unexpected went wrong. The operator can find it by its reference.',
    },
  },
} as const satisfies Readonly<Record<string, ProblemText>>;

export type ProblemCode = keyof typeof PROBLEM_TEXTS;
