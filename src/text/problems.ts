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
  'badge-not-active': {
    title: { fr: 'Pas d’attestation de ce badge', en: 'No attestation of this badge' },
    detail: {
      fr: 'Une attestation n’est établie que d’un badge valable au moment où on la demande. La page de vérification dit l’état de celui-ci.',
      en: 'An attestation is made only of a badge that is valid when it is asked for. The verification page tells the state of this one.',
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
  'json-unreadable': {
    title: { fr: 'JSON illisible', en: 'Unreadable JSON' },
    detail: {
      fr: 'Le corps de la demande n’est pas un document JSON que l’on puisse lire sans ambiguïté.',
      en: 'The body of the request is no JSON document that can be read without ambiguity.',
    },
  },
  'unsupported-media-type': {
    title: { fr: 'Type de contenu non accepté', en: 'Content type not accepted' },
    detail: {
      fr: 'Cette adresse attend du JSON, annoncé comme tel (Content-Type\u00a0: application/json).',
      en: 'This address expects JSON, declared as such (Content-Type: application/json).',
    },
  },
  'request-invalid': {
    title: { fr: 'Demande incorrecte', en: 'Wrong request' },
    detail: {
      fr: 'La demande n’a pas la forme attendue\u00a0; chaque point est nommé.',
      en: 'The request does not have the form expected; each point is named.',
    },
  },
  'credential-invalid': {
    title: { fr: 'Attestation refusée', en: 'Credential refused' },
    detail: {
      fr: 'Cette attestation n’a pas été signée\u00a0: chaque point à corriger est nommé. Rien n’y est complété d’office.',
      en: 'This credential was not signed: each point to correct is named. Nothing in it is filled in.',
    },
  },
  'unsignable-credential': {
    title: { fr: 'Attestation impossible à signer', en: 'Credential cannot be signed' },
    detail: {
      fr: 'Cette attestation ne peut pas être signée sous cette forme.',
      en: 'This credential cannot be signed in this form.',
    },
  },
  'idempotency-key-malformed': {
    title: { fr: 'Clé d’idempotence incorrecte', en: 'Wrong idempotency key' },
    detail: {
      fr: 'L’en-tête Idempotency-Key contient de 1 à 255 caractères ASCII, entre guillemets ou non.',
      en: 'The Idempotency-Key header holds 1 to 255 ASCII characters, quoted or not.',
    },
  },
  'idempotency-key-reused': {
    title: { fr: 'Clé d’idempotence déjà employée', en: 'Idempotency key used before' },
    detail: {
      fr: 'Cette clé a déjà servi à une autre demande. Une nouvelle demande a besoin d’une nouvelle clé.',
      en: 'This key was used for another request. A new request needs a new key.',
    },
  },
  'credential-id-taken': {
    title: { fr: 'Identifiant déjà employé', en: 'Identifier taken' },
    detail: {
      fr: 'Une autre attestation porte déjà cet identifiant.',
      en: 'Another credential has this identifier already.',
    },
  },
  'credential-not-found': {
    title: { fr: 'Attestation inconnue', en: 'Unknown credential' },
    detail: {
      fr: 'Ce jeton ne connaît aucune attestation sous cet identifiant.',
      en: 'This token knows no credential under this identifier.',
    },
  },
  'status-change-refused': {
    title: { fr: 'Changement d’état impossible', en: 'Status cannot change this way' },
    detail: {
      fr: 'L’état de l’attestation ne permet pas ce changement\u00a0: une révocation est définitive.',
      en: 'The state of the credential does not allow this change: a revocation is for good.',
    },
  },
  'store-damaged': {
    title: { fr: 'Service momentanément indisponible', en: 'Service not available for now' },
    detail: {
      fr: 'Des données du service sont endommagées. L’exploitant doit intervenir.',
      en: 'Data of the service is damaged. Its operator has to act.',
    },
  },
  'store-locked': {
    title: { fr: 'Service momentanément indisponible', en: 'Service not available for now' },
    detail: {
      fr: 'Un autre processus tient les données du service. Réessayez dans un instant.',
      en: 'Another process holds the data of the service. Try again in a moment.',
    },
  },
  'clock-behind': {
    title: { fr: 'Service momentanément indisponible', en: 'Service not available for now' },
    detail: {
      fr: 'L’horloge du service retarde\u00a0: rien n’est enregistré tant qu’elle n’est pas remise à l’heure.',
      en: 'The clock of the service is behind: nothing is recorded until it is set right.',
    },
  },
  'issuer-key-missing': {
    title: { fr: 'Signature momentanément impossible', en: 'Signing not available for now' },
    detail: {
      fr: 'L’émetteur n’a pas de clé en service.',
      en: 'The issuer has no key in service.',
    },
  },
  'status-list-full': {
    title: { fr: 'Service momentanément indisponible', en: 'Service not available for now' },
    detail: {
      fr: 'Aucune place n’a été trouvée dans une liste de statuts. Réessayez dans un instant.',
      en: 'No place was found in a status list. Try again in a moment.',
    },
  },
  'verification-failed': {
    title: { fr: 'Attestation non délivrée', en: 'Credential not issued' },
    detail: {
      fr: 'L’attestation signée n’a pas passé notre propre vérification\u00a0: elle n’a pas été délivrée.',
      en: 'The signed credential did not pass our own verification: it was not issued.',
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
  'holder-signed-out': {
    title: { fr: 'Votre page est fermée', en: 'Your page is closed' },
    detail: {
      fr: 'Par sécurité, elle se ferme une heure après votre dernière visite. Rouvrez-la avec le lien de votre courriel ; s’il ne s’ouvre plus, sa page vous en envoie un nouveau.',
      en: 'For safety it closes an hour after you last used it. Open it again with the link in your mail; if that no longer opens, its page sends you a new one.',
    },
  },
  'form-not-yours': {
    title: { fr: 'Formulaire refusé', en: 'Form refused' },
    detail: {
      fr: 'Ce formulaire ne vient pas de votre page, ou votre page a été rouverte depuis. Revenez à votre page et recommencez.',
      en: 'This form does not come from your page, or your page was opened anew since. Go back to your page and try again.',
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
  'wallet-offer-ended': {
    title: { fr: 'Cette offre est terminée', en: 'This offer has ended' },
    detail: {
      fr: 'L’offre a expiré, ou une plus récente l’a remplacée. Préparez un nouvel envoi depuis la page du badge.',
      en: 'The offer has expired, or a newer one replaced it. Prepare a new one on the page of the badge.',
    },
  },
  'wallet-offer-used': {
    title: { fr: 'Ce badge a déjà été remis', en: 'This badge was delivered already' },
    detail: {
      fr: 'Une offre ne sert qu’une fois. Préparez un nouvel envoi depuis la page du badge.',
      en: 'An offer works once only. Prepare a new one on the page of the badge.',
    },
  },
  'wallet-message-malformed': {
    title: { fr: 'Message inattendu', en: 'Unexpected message' },
    detail: {
      fr: 'Ici ne vont qu’un message vide, ou une présentation sans attestation, signée par une clé did:key ou did:jwk.',
      en: 'Only an empty message goes here, or a presentation without credentials, signed with a did:key or did:jwk key.',
    },
  },
  'wallet-badge-refused': {
    title: { fr: 'Ce badge ne peut pas être remis', en: 'This badge cannot be delivered' },
    detail: {
      fr: 'Le badge n’est pas en vigueur, ou l’établissement a lui-même fixé la clé de son titulaire.',
      en: 'The badge is not in force, or the institution itself settled the key of its holder.',
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
  halted: {
    title: { fr: 'Signature suspendue', en: 'Signing is halted' },
    detail: {
      fr: 'L’établissement a arrêté toute signature pour le moment. Rien n’a été émis\u00a0; les badges déjà émis se vérifient comme avant.',
      en: 'The institution has stopped all signing for now. Nothing was issued; badges issued before verify as they did.',
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
