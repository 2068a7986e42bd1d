import type { Localized } from './localized.js';

/** What a check of the ledger found wrong at one place. Numbers are records of a strand, counted from 1. */
export type LedgerDamage =
  | { readonly code: keyof typeof PLAIN }
  | { readonly code: 'record-unexpected'; readonly expected: number; readonly found: number }
  | { readonly code: 'end-differs'; readonly written: number; readonly found: number }
  | { readonly code: 'rewritten'; readonly from: number; readonly to: number }
  | { readonly code: 'records-missing'; readonly from: number; readonly to: number }
  | { readonly code: 'strand-missing'; readonly known: number }
  | { readonly code: 'credentials-counted'; readonly recorded: number }
  /** The file does not read on from here; what stands in the way, in English. */
  | { readonly code: 'unreadable'; readonly detail: string }
  /** The record contradicts those before; which rule, in English. */
  | { readonly code: 'rule-broken'; readonly detail: string };

const PLAIN = {
  'payload-altered': {
    fr: 'un contenu manque, ou n’est pas ce que dit la chaîne',
    en: 'a payload is missing or not what the chain says',
  },
  'payload-not-erased': {
    fr: 'un contenu devait être effacé et est encore là',
    en: 'a payload was to be erased and is still there',
  },
  'payload-unknown': { fr: 'un contenu que la chaîne ne connaît pas', en: 'a payload the chain does not know' },
  'record-unknown': {
    fr: 'ce n’est pas un enregistrement que cette version connaît',
    en: 'it is no record this version knows',
  },
  'link-broken': { fr: 'il ne suit pas l’enregistrement précédent', en: 'it does not follow the record before' },
  'digest-differs': { fr: 'l’empreinte ne correspond pas', en: 'the digest does not match' },
  'index-differs': {
    fr: 'ce avec quoi le service travaille n’est pas ce que dit la chaîne',
    en: 'what the store works with is not what the chain says',
  },
  'row-differs': {
    fr: 'la ligne n’est pas ce que donnent les enregistrements',
    en: 'the row is not what the records come to',
  },
  'checkpoints-disagree': {
    fr: 'les points de contrôle se contredisent sur cet enregistrement',
    en: 'checkpoints disagree about this record',
  },
} as const satisfies Record<string, Localized>;

/** A sentence for it, to stand behind the place. */
export function ledgerDamage(damage: LedgerDamage): Localized {
  switch (damage.code) {
    case 'record-unexpected':
      return {
        fr: `l’enregistrement ${damage.expected} était attendu, non le ${damage.found}`,
        en: `record ${damage.expected} was expected, not ${damage.found}`,
      };
    case 'end-differs':
      return {
        fr: `la chaîne finit à l’enregistrement ${damage.found}, non comme elle fut écrite jusqu’au ${damage.written}`,
        en: `the chain ends at record ${damage.found}, not as it was written up to record ${damage.written}`,
      };
    case 'rewritten':
      return {
        fr: `ce n’est pas l’enregistrement que connaît un point de contrôle\u00a0: les enregistrements ${damage.from} à ${damage.to} ont été réécrits`,
        en: `it is not the record a checkpoint knows: records ${damage.from} to ${damage.to} were written anew`,
      };
    case 'records-missing':
      return {
        fr: `les enregistrements ${damage.from} à ${damage.to} manquent, qu’un point de contrôle connaît`,
        en: `records ${damage.from} to ${damage.to} are missing, which a checkpoint knows`,
      };
    case 'strand-missing':
      return {
        fr: `le brin manque, dont un point de contrôle connaît ${damage.known} enregistrements`,
        en: `the strand is missing, of which a checkpoint knows ${damage.known} records`,
      };
    case 'credentials-counted':
      return {
        fr: `les enregistrements en donnent ${damage.recorded}`,
        en: `the records speak of ${damage.recorded} credentials`,
      };
    case 'unreadable':
      return {
        fr: `le fichier ne se lit plus à partir d’ici, ou n’est pas ce qui fut écrit (${damage.detail})`,
        en: damage.detail,
      };
    case 'rule-broken':
      return {
        fr: `l’enregistrement contredit ceux qui le précèdent (${damage.detail})`,
        en: damage.detail,
      };
    default:
      return PLAIN[damage.code];
  }
}

const PLACE_WORDS: Readonly<Record<string, string>> = {
  'of strand': 'du brin',
  strand: 'brin',
  record: 'enregistrement',
  byte: 'octet',
  bytes: 'octets',
  segment: 'segment',
  segments: 'segments',
  rows: 'lignes',
  file: 'fichier',
  folder: 'dossier',
  header: 'en-tête',
  content: 'contenu',
};

/** A place in a store's files or tables, as errors name it (`byte 120, record 7`). */
export function ledgerPlace(place: string): Localized {
  const fr = place.replace(/(?<![\w-])(?:of strand|[a-z]+)(?![\w-])/g, (word) => PLACE_WORDS[word] ?? word);
  return { fr, en: place };
}
