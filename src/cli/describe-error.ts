import { ConfigError } from '../config.js';
import { DomainError } from '../ports/error.js';
import type { Localized } from '../text/localized.js';
import { UsageError } from './usage-error.js';

/** Prefixes that say in the reader's language what kind of trouble an error is; the error's own facts follow. */
const KINDS: Readonly<Record<string, Localized>> = {
  'store-locked': {
    fr: 'le dossier de données est utilisé par un autre processus ; arrêtez-le, ou passez par lui',
    en: 'the data folder is in use by another process; stop it, or go through it',
  },
  'server-gone': {
    fr: 'le service qui tient les données n’a pas répondu ; recommencez',
    en: 'the service that holds the data did not answer; run it again',
  },
  'store-damaged': {
    fr: 'les données enregistrées sont abîmées, rien n’a été modifié ; restaurez une sauvegarde ou voyez SECURITY.md',
    en: 'the stored data is damaged and nothing was changed; restore a backup or see SECURITY.md',
  },
  'store-unavailable': {
    fr: 'l’enregistrement a échoué (disque plein ?), rien n’est fait à moitié ; libérez de la place et recommencez',
    en: 'storing failed (disk full?), nothing is half done; free some space and run it again',
  },
  'key-file-unsafe': {
    fr: 'un fichier de clé n’est pas protégé, rien n’est signé',
    en: 'a key file is not protected, nothing is signed',
  },
  'key-file-unusable': { fr: 'un fichier de clé est inutilisable', en: 'a key file cannot be used' },
  'clock-behind': {
    fr: 'l’horloge de cette machine retarde, rien n’est signé ; remettez-la à l’heure',
    en: 'the clock of this machine is behind, nothing is signed; set it right',
  },
  'context-changed': {
    fr: 'un contexte JSON-LD épinglé a changé sur le disque',
    en: 'a pinned JSON-LD context changed on disk',
  },
  'issuer-not-found': { fr: 'émetteur inconnu', en: 'unknown issuer' },
  'issuer-exists': { fr: 'l’émetteur existe déjà', en: 'the issuer exists already' },
  'issuer-key-missing': { fr: 'l’émetteur n’a pas de clé utilisable', en: 'the issuer has no usable key' },
  'programme-not-found': {
    fr: 'programme inconnu (donnez un fichier, ou installez-le par « sceau programme add »)',
    en: 'unknown programme (give a file, or install it with "sceau programme add")',
  },
  'programme-conflict': { fr: 'le programme ne peut pas être installé', en: 'the programme cannot be installed' },
  'credential-not-found': { fr: 'attestation inconnue', en: 'unknown credential' },
  'status-change-refused': { fr: 'changement d’état impossible', en: 'the state cannot change so' },
  'student-not-found': { fr: 'étudiant inconnu', en: 'unknown student' },
  'signer-unavailable': { fr: 'la clé de signature n’est pas utilisable', en: 'the signing key cannot be used' },
};

/** One message for a person: what went wrong, where, and what to do; a stack only for the unexpected. */
export function describeError(error: unknown): Localized {
  if (error instanceof UsageError) return error.localized;
  if (error instanceof ConfigError) return same(error.message);
  if (error instanceof DomainError) {
    const kind = KINDS[error.code];
    return kind === undefined
      ? same(error.message)
      : { fr: `${kind.fr} : ${error.message}`, en: `${kind.en}: ${error.message}` };
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { fr: `erreur imprévue\n${text}`, en: `unexpected error\n${text}` };
}

function same(text: string): Localized {
  return { fr: text, en: text };
}
