import type { Language } from './localized.js';

/**
 * Items of the diploma supplement where our data stands, by their number in the model of the European Commission, the
 * Council of Europe and UNESCO.
 */
export type SupplementItem =
  | '1.1'
  | '1.2'
  | '1.3'
  | '1.4'
  | '2.3'
  | '2.4'
  | '2.5'
  | '4.1'
  | '4.2'
  | '4.3'
  | '4.4'
  | '4.5'
  | '5.1'
  | '5.2'
  | '6.1'
  | '6.2'
  | '7.1'
  | '7.2'
  | '7.3';

export interface SupplementText {
  readonly items: Readonly<Record<SupplementItem, string>>;
  readonly languages: Readonly<Record<Language, string>>;
  readonly yes: string;
  readonly no: string;
  /** Heading of one award. */
  readonly awardedOn: (day: string) => string;
  /** A recognised competence with its level, as the office pastes it. */
  readonly level: (competence: string, level: number) => string;
  /** The same with the name of the level. */
  readonly namedLevel: (competence: string, level: number, name: string) => string;
  /** Between competences, whose names may hold commas. */
  readonly between: string;
  readonly quoted: (title: string) => string;
  /** What an award is when its own sentence cannot be written: name, title, days. */
  readonly plainAward: (name: string, title: string, start: string, end: string) => string;
  readonly plainAwardUntitled: (name: string, start: string, end: string) => string;
  readonly credits: (award: string, amount: string, isPlural: boolean) => string;
  readonly mark: (mark: string, outOf: string | undefined) => string;
  readonly scale: (min: string, max: string) => string;
  readonly pathway: (name: string) => string;
  readonly verification: (url: string) => string;
  readonly chair: string;
  readonly nothing: string;
  /** Between an item's name and its text. */
  readonly colon: string;
}

const fr: SupplementText = {
  items: {
    '1.1': 'Nom(s)',
    '1.2': 'Prénom(s)',
    '1.3': 'Date de naissance',
    '1.4': 'Numéro d’étudiant',
    '2.3': 'Établissement ayant reconnu l’engagement',
    '2.4': 'Composante ou service gestionnaire',
    '2.5': 'Langue(s)',
    '4.1': 'Modalités d’études',
    '4.2': 'Compétences reconnues',
    '4.3': 'Précisions sur le programme, crédits et notes obtenus',
    '4.4': 'Système de notation',
    '4.5': 'Classification générale',
    '5.1': 'Accès à un niveau d’études supérieur',
    '5.2': 'Accès à une profession réglementée',
    '6.1': 'Informations complémentaires',
    '6.2': 'Autres sources d’information',
    '7.1': 'Date de la décision',
    '7.2': 'Signataire de la décision',
    '7.3': 'Qualité du signataire',
  },
  languages: { fr: 'français', en: 'anglais' },
  yes: 'oui',
  no: 'non',
  awardedOn: (day) => `Reconnaissance du ${day}`,
  level: (competence, level) => `${competence}, niveau ${level}`,
  namedLevel: (competence, level, name) => `${competence}, niveau ${level} (${name})`,
  between: ' ; ',
  quoted: (title) => `« ${title} »`,
  plainAward: (name, title, start, end) => `${name}, « ${title} » (${start} – ${end}).`,
  plainAwardUntitled: (name, start, end) => `${name} (${start} – ${end}).`,
  credits: (award, amount, isPlural) => `${award} : ${amount} crédit${isPlural ? 's' : ''} ECTS.`,
  mark: (mark, outOf) => `Note : ${mark}${outOf === undefined ? '' : `/${outOf}`}.`,
  scale: (min, max) => `Notes de ${min} à ${max}, ${max} étant la meilleure.`,
  pathway: (name) => `${name} : parcours accompli.`,
  verification: (url) => `Vérification : ${url}`,
  chair: 'présidence du jury',
  nothing: 'Aucune reconnaissance à mentionner.',
  colon: '\u00a0: ',
};

const en: SupplementText = {
  items: {
    '1.1': 'Last name(s)',
    '1.2': 'First name(s)',
    '1.3': 'Date of birth',
    '1.4': 'Student number',
    '2.3': 'Institution that recognised the engagement',
    '2.4': 'Unit administering the recognition',
    '2.5': 'Language(s)',
    '4.1': 'Mode of study',
    '4.2': 'Recognised competences',
    '4.3': 'Programme details, credits and marks obtained',
    '4.4': 'Grading system',
    '4.5': 'Overall classification',
    '5.1': 'Access to further study',
    '5.2': 'Access to a regulated profession',
    '6.1': 'Additional information',
    '6.2': 'Further information sources',
    '7.1': 'Date of the decision',
    '7.2': 'Signatory of the decision',
    '7.3': 'Capacity of the signatory',
  },
  languages: { fr: 'French', en: 'English' },
  yes: 'yes',
  no: 'no',
  awardedOn: (day) => `Recognition of ${day}`,
  level: (competence, level) => `${competence}, level ${level}`,
  namedLevel: (competence, level, name) => `${competence}, level ${level} (${name})`,
  between: '; ',
  quoted: (title) => `"${title}"`,
  plainAward: (name, title, start, end) => `${name}, "${title}" (${start} – ${end}).`,
  plainAwardUntitled: (name, start, end) => `${name} (${start} – ${end}).`,
  credits: (award, amount, isPlural) => `${award}: ${amount} ECTS credit${isPlural ? 's' : ''}.`,
  mark: (mark, outOf) => `Mark: ${mark}${outOf === undefined ? '' : `/${outOf}`}.`,
  scale: (min, max) => `Marks from ${min} to ${max}, ${max} being the best.`,
  pathway: (name) => `${name}: pathway completed.`,
  verification: (url) => `Verification: ${url}`,
  chair: 'chair of the jury',
  nothing: 'No recognition to mention.',
  colon: ': ',
};

/** Words of the diploma supplement, in each language. */
export const SUPPLEMENT_TEXT: Readonly<Record<Language, SupplementText>> = { fr, en };
