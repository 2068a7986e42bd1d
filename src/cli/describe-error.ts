import { ConfigError } from '../config.js';
import { DomainError } from '../ports/error.js';
import { StoreLockedError } from '../ports/store.js';
import type { Localized } from '../text/localized.js';
import { errorSentence } from './error-sentences.js';
import { systemRefusal } from './system-error.js';
import { UsageError } from './usage-error.js';

/** What kind of trouble an error is, where its own words are for the operator and stand after it. */
const KINDS: Readonly<Record<string, Localized>> = {
  'server-gone': {
    fr: 'le service qui tient les données n’a pas répondu ; recommencez',
    en: 'the service that holds the data did not answer; run it again',
  },
  'store-damaged': {
    fr: 'les données enregistrées sont abîmées, rien n’a été modifié ; restaurez une sauvegarde ou voyez SECURITY.md',
    en: 'the stored data is damaged and nothing was changed; restore a backup or see SECURITY.md',
  },
  'store-unavailable': {
    fr: 'l’enregistrement a échoué (disque plein ? base de données arrêtée ?), rien n’est fait à moitié',
    en: 'storing failed (disk full? database stopped?), nothing is half done',
  },
  'schema-unknown': {
    fr: 'la base de données n’est pas à un état que cette version de Sceau connaît, rien n’a été modifié',
    en: 'the database is in no state this version of Sceau knows, nothing was changed',
  },
  'copy-refused': {
    fr: 'rien n’est copié, la source est telle quelle',
    en: 'nothing is copied, the source is as it was',
  },
  'context-changed': {
    fr: 'un contexte JSON-LD épinglé a changé sur le disque',
    en: 'a pinned JSON-LD context changed on disk',
  },
  'clock-behind': {
    fr: 'l’horloge de cette machine retarde, rien n’est signé ; remettez-la à l’heure',
    en: 'the clock of this machine is behind, nothing is signed; set it right',
  },
  'public-url-changed': {
    fr: 'SCEAU_PUBLIC_URL n’est plus l’adresse que portent les badges',
    en: 'SCEAU_PUBLIC_URL is no longer the address that badges carry',
  },
  halted: {
    fr: 'toute signature est arrêtée ; « sceau resume --reason … » la rétablit',
    en: 'all signing is halted; "sceau resume --reason …" lets it go on',
  },
  'signer-unavailable': { fr: 'la clé de signature n’est pas utilisable', en: 'the signing key cannot be used' },
};

/** One message for a person: what went wrong, where, and what to do; a stack only for the unexpected. */
export function describeError(error: unknown): Localized {
  if (error instanceof UsageError || error instanceof ConfigError) return error.localized;
  if (error instanceof StoreLockedError) {
    const { pid, host } = error.holder;
    return {
      fr: `le dossier de données est utilisé par le processus ${pid} sur ${host} ; arrêtez-le, ou passez par lui`,
      en: `the data folder is in use by process ${pid} on ${host}; stop it, or go through it`,
    };
  }
  const refusal = systemRefusal(error);
  if (refusal !== undefined) {
    const parts = (language: 'fr' | 'en', nothingDone: string) =>
      [nothingDone, refusal.path, refusal.why[language]].filter((part) => part !== undefined);
    return {
      fr: parts('fr', 'rien n’est fait à moitié').join(' : '),
      en: parts('en', 'nothing is half done').join(': '),
    };
  }
  if (error instanceof DomainError) {
    const kind = KINDS[error.code];
    const words = same(error.message);
    return (
      errorSentence(error) ??
      (kind === undefined ? words : { fr: `${kind.fr} : ${words.fr}`, en: `${kind.en}: ${words.en}` })
    );
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { fr: `erreur imprévue\n${text}`, en: `unexpected error\n${text}` };
}

/** What a code means to a person who sees only the code, beside a row of a batch. */
export function describeCode(code: string): Localized | undefined {
  return KINDS[code];
}

function same(text: string): Localized {
  return { fr: text, en: text };
}
