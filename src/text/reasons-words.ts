import { badgeNumber, badgeQuantity } from './badge-numbers.js';
import type { Language } from './localized.js';

/** Participles that end a clause: what was found, what is needed, what is allowed at most. */
export type Verb = 'found' | 'needed' | 'allowed';

/** The words from which a sentence on a value found and a value needed is put together. */
export interface ReasonWords {
  /** A number and what it counts: `39,5 h`, `2 pièces acceptées`, `niveau 1`. */
  quantity(value: number, unit: string): string;
  /** `39,5 h trouvées`. @param count the number the verb agrees with. @param unit what is counted, for its gender. */
  ended(text: string, verb: Verb, count: number, unit?: string): string;
  atLeast(amount: string): string;
  atMost(amount: string): string;
  fewerThan(amount: string): string;
  moreThan(amount: string): string;
  between(min: string, max: string): string;
  outside(min: string, max: string): string;
  readonly nothing: string;
  /** Where no reason against it may be left. */
  readonly noReason: string;
  readonly something: string;
  /** A threshold or date that should be there and is not. */
  readonly unknown: string;
  readonly yes: string;
  readonly no: string;
  quoted(text: string): string;
  or(items: readonly string[]): string;
  and(items: readonly string[]): string;
  otherThan(value: string): string;
  missing(values: string): string;
  notAllOf(values: string): string;
  anyOf(values: string): string;
  noneOf(values: string): string;
  day(day: string): string;
  moment(day: string, time: string): string;
  noLaterThan(moment: string): string;
  laterThan(moment: string): string;
  inZone(text: string, timeZone: string): string;
  lasting(months: number, from: string, until: string): string;
  notLasting(months: number, from: string, until: string): string;
  readonly knownEngagement: string;
  readonly notYetRecognised: string;
  readonly alreadyRecognised: string;
  readonly decisions: Readonly<Record<string, string>>;
  sentence(label: string, clauses: readonly string[], areAlternatives: boolean): string;
}

const FEMININE: ReadonlySet<string> = new Set([
  'h',
  'pages',
  'session',
  'accepted-piece',
  'piece',
  'person',
  'form',
  'competence',
  'condition',
  'option',
  'row',
]);

const COUNTED: ReadonlyMap<string, Readonly<Record<Language, readonly [one: string, many: string]>>> = new Map([
  ['accepted-piece', { fr: ['pièce acceptée', 'pièces acceptées'], en: ['accepted piece', 'accepted pieces'] }],
  ['piece', { fr: ['pièce déposée', 'pièces déposées'], en: ['filed piece', 'filed pieces'] }],
  ['person', { fr: ['personne', 'personnes'], en: ['person', 'people'] }],
  ['form', { fr: ['fiche', 'fiches'], en: ['form', 'forms'] }],
  ['item', { fr: ['élément noté', 'éléments notés'], en: ['item rated', 'items rated'] }],
  ['competence', { fr: ['compétence', 'compétences'], en: ['competence', 'competences'] }],
  ['condition', { fr: ['condition remplie', 'conditions remplies'], en: ['condition met', 'conditions met'] }],
  ['row', { fr: ['ligne', 'lignes'], en: ['row', 'rows'] }],
  ['option', { fr: ['modalité', 'modalités'], en: ['option', 'options'] }],
]);

function quantity(value: number, unit: string, language: Language): string {
  if (unit === 'level') return `${language === 'fr' ? 'niveau' : 'level'}\u00a0${badgeNumber(value, language)}`;
  const words = COUNTED.get(unit)?.[language];
  if (words === undefined) return badgeQuantity(value, unit, language);
  const plural = language === 'fr' ? Math.abs(value) >= 2 : Math.abs(value) !== 1;
  return `${badgeNumber(value, language)}\u00a0${words[plural ? 1 : 0]}`;
}

const PARTICIPLES: Readonly<Record<Verb, string>> = { found: 'trouvé', needed: 'demandé', allowed: 'admis' };

/** `trouvé`, `trouvée`, `trouvés` or `trouvées`, after the number and the gender of what is counted. */
function agreed(verb: Verb, count: number, unit: string | undefined): string {
  const participle = PARTICIPLES[verb];
  const feminine = unit !== undefined && FEMININE.has(unit) ? 'e' : '';
  const isPlural = unit !== 'level' && Math.abs(count) >= 2;
  return participle + feminine + (isPlural && !`${participle}${feminine}`.endsWith('s') ? 's' : '');
}

function listed(items: readonly string[], last: string): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

const fr: ReasonWords = {
  quantity: (value, unit) => quantity(value, unit, 'fr'),
  ended: (text, verb, count, unit) => `${text} ${agreed(verb, count, unit)}`,
  atLeast: (amount) => `${amount} au moins`,
  atMost: (amount) => `${amount} au plus`,
  fewerThan: (amount) => `moins de ${amount}`,
  moreThan: (amount) => `plus de ${amount}`,
  between: (min, max) => `de ${min} à ${max}`,
  outside: (min, max) => `moins de ${min} ou plus de ${max}`,
  nothing: 'rien',
  noReason: 'aucun motif',
  something: 'un contenu',
  unknown: 'un repère absent du dossier ou de la formule',
  yes: 'oui',
  no: 'non',
  quoted: (text) => `«\u00a0${text}\u00a0»`,
  or: (items) => listed(items, 'ou'),
  and: (items) => listed(items, 'et'),
  otherThan: (value) => `autre que ${value}`,
  missing: (values) => ` (manque\u00a0: ${values})`,
  notAllOf: (values) => `pas tout à la fois ${values}`,
  anyOf: (values) => `au moins un choix parmi ${values}`,
  noneOf: (values) => `aucun de ${values}`,
  day: (day) => `le ${day}`,
  moment: (day, time) => `le ${day} à ${time}`,
  noLaterThan: (moment) => `au plus tard ${moment}`,
  laterThan: (moment) => `plus tard que ${moment}`,
  inZone: (text, timeZone) => `${text} (heure de ${timeZone})`,
  lasting: (months, from, until) => `${months} mois au moins à partir du ${from}, donc jusqu’au ${until} au moins`,
  notLasting: (months, from, until) => `moins de ${months} mois à partir du ${from}, donc avant le ${until}`,
  knownEngagement: 'un engagement de la cohorte',
  notYetRecognised: 'aucun antécédent pour la même activité',
  alreadyRecognised: 'un antécédent pour la même activité',
  decisions: { validated: 'validé', refused: 'refusé', deferred: 'ajourné' },
  sentence: (label, clauses, areAlternatives) =>
    `${label}\u00a0: ${clauses.join(areAlternatives ? '\u00a0; ou bien ' : '\u00a0; ')}.`,
};

const en: ReasonWords = {
  quantity: (value, unit) => quantity(value, unit, 'en'),
  ended: (text, verb) => `${text} ${verb}`,
  atLeast: (amount) => `at least ${amount}`,
  atMost: (amount) => `at most ${amount}`,
  fewerThan: (amount) => `fewer than ${amount}`,
  moreThan: (amount) => `more than ${amount}`,
  between: (min, max) => `from ${min} to ${max}`,
  outside: (min, max) => `fewer than ${min} or more than ${max}`,
  nothing: 'nothing',
  noReason: 'no reason',
  something: 'a value',
  unknown: 'a value that the dossier or the variant lacks',
  yes: 'yes',
  no: 'no',
  quoted: (text) => `“${text}”`,
  or: (items) => listed(items, 'or'),
  and: (items) => listed(items, 'and'),
  otherThan: (value) => `other than ${value}`,
  missing: (values) => ` (missing: ${values})`,
  notAllOf: (values) => `not all of ${values}`,
  anyOf: (values) => `one of ${values}`,
  noneOf: (values) => `none of ${values}`,
  day: (day) => day,
  moment: (day, time) => `${day} at ${time}`,
  noLaterThan: (moment) => `no later than ${moment}`,
  laterThan: (moment) => `later than ${moment}`,
  inZone: (text, timeZone) => `${text} (${timeZone} time)`,
  lasting: (months, from, until) => `at least ${months} months from ${from}, that is up to ${until} or later`,
  notLasting: (months, from, until) => `less than ${months} months from ${from}, that is before ${until}`,
  knownEngagement: 'an engagement of the cohort',
  notYetRecognised: 'no earlier recognition of the same activity',
  alreadyRecognised: 'an earlier recognition of the same activity',
  decisions: { validated: 'validated', refused: 'refused', deferred: 'deferred' },
  sentence: (label, clauses, areAlternatives) => `${label}: ${clauses.join(areAlternatives ? '; or else ' : '; ')}.`,
};

export const REASON_WORDS: Readonly<Record<Language, ReasonWords>> = { fr, en };
