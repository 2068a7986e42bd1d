import type { Language } from './localized.js';

const NBSP = '\u00a0';

/** Short phrases for what a rule asks, used where a level of a competence is defined by one. */
export interface BadgeRuleText {
  all(parts: readonly string[]): string;
  /** Alternatives as a list of their own. */
  any(parts: readonly string[]): string;
  /** Parts that all count, and alternatives, inside another rule. */
  group(parts: readonly string[]): string;
  choice(parts: readonly string[]): string;
  atLeastOf(count: number, parts: readonly string[]): string;
  not(part: string): string;
  between(what: string, min: string, max: string): string;
  atLeast(what: string, min: string): string;
  atMost(what: string, max: string): string;
  is(what: string, values: readonly string[]): string;
  includes(what: string, values: readonly string[]): string;
  present(what: string): string;
  pieces(kind: string, count: number): string;
  before(first: string, second: string): string;
  by(what: string, day: string): string;
  months(count: number): string;
  named(role: string, count: number): string;
  assessed(form: string, role: string): string;
  competence(name: string | undefined, level: number, count: number): string;
  average(min: string, scale: string | undefined, roles: readonly string[]): string;
  indicators(needed: number, texts: readonly string[]): string;
  scale(min: string, max: string): string;
  readonly variant: string;
  readonly fileName: string;
  readonly sameAssessor: string;
  readonly independentAssessors: string;
  readonly targetsReached: string;
  readonly juryDecision: string;
  readonly notRecognisedBefore: string;
}

const fr: BadgeRuleText = {
  all: (parts) => parts.join(`${NBSP}; `),
  any: (parts) => `l’un de ces éléments${NBSP}: ${parts.join(`${NBSP}; `)}`,
  group: (parts) => `(${parts.join(' et ')})`,
  choice: (parts) => `(${parts.join(' ou ')})`,
  atLeastOf: (count, parts) => `au moins ${count} parmi${NBSP}: ${parts.join(`${NBSP}; `)}`,
  not: (part) => `sans${NBSP}: ${part}`,
  between: (what, min, max) => `${what}${NBSP}: de ${min} à ${max}`,
  atLeast: (what, min) => `${what}${NBSP}: au moins ${min}`,
  atMost: (what, max) => `${what}${NBSP}: au plus ${max}`,
  is: (what, values) => `${what}${NBSP}: ${values.join(' ou ')}`,
  includes: (what, values) => `${what}${NBSP}: comprend ${values.join(', ')}`,
  present: (what) => `${what} (renseigné)`,
  pieces: (kind, count) => (count > 1 ? `${kind} (au moins ${count})` : kind),
  before: (first, second) => `${first} avant ${second}`,
  by: (what, day) => `${what} au plus tard le ${day}`,
  months: (count) => `durée d’au moins ${count}${NBSP}mois`,
  named: (role, count) => (count > 1 ? `${role} (au moins ${count})` : role),
  assessed: (form, role) => `${form} par${NBSP}: ${role}`,
  competence: (name, level, count) =>
    name === undefined ? `niveau ${level} dans au moins ${count} des compétences` : `${name}, niveau ${level}`,
  average: (min, scale, roles) =>
    `Moyenne d’au moins ${min}${scale === undefined ? '' : ` ${scale}`}, donnée par${NBSP}: ${roles.join(`${NBSP}; `)}`,
  indicators: (needed, texts) =>
    needed < texts.length
      ? `Au moins ${needed} de ces ${texts.length} indicateurs${NBSP}: ${texts.join(`${NBSP}; `)}`
      : texts.join(`${NBSP}; `),
  scale: (min, max) => `sur une échelle de ${min} à ${max}`,
  variant: 'formule',
  fileName: 'fichier nommé comme demandé',
  sameAssessor: 'même évaluateur pour les deux fiches',
  independentAssessors: 'évaluateurs autres que la personne elle-même',
  targetsReached: 'niveaux visés atteints',
  juryDecision: 'décision du jury',
  notRecognisedBefore: 'activité non encore reconnue',
};

const en: BadgeRuleText = {
  all: (parts) => parts.join('; '),
  any: (parts) => `one of these: ${parts.join('; ')}`,
  group: (parts) => `(${parts.join(' and ')})`,
  choice: (parts) => `(${parts.join(' or ')})`,
  atLeastOf: (count, parts) => `at least ${count} of: ${parts.join('; ')}`,
  not: (part) => `without: ${part}`,
  between: (what, min, max) => `${what}: ${min} to ${max}`,
  atLeast: (what, min) => `${what}: at least ${min}`,
  atMost: (what, max) => `${what}: at most ${max}`,
  is: (what, values) => `${what}: ${values.join(' or ')}`,
  includes: (what, values) => `${what}: includes ${values.join(', ')}`,
  present: (what) => `${what} (given)`,
  pieces: (kind, count) => (count > 1 ? `${kind} (at least ${count})` : kind),
  before: (first, second) => `${first} before ${second}`,
  by: (what, day) => `${what} by ${day}`,
  months: (count) => `lasting at least ${count} months`,
  named: (role, count) => (count > 1 ? `${role} (at least ${count})` : role),
  assessed: (form, role) => `${form} by: ${role}`,
  competence: (name, level, count) =>
    name === undefined ? `level ${level} in at least ${count} of the competences` : `${name}, level ${level}`,
  average: (min, scale, roles) =>
    `Average of at least ${min}${scale === undefined ? '' : ` ${scale}`}, given by: ${roles.join('; ')}`,
  indicators: (needed, texts) =>
    needed < texts.length
      ? `At least ${needed} of these ${texts.length} indicators: ${texts.join('; ')}`
      : texts.join('; '),
  scale: (min, max) => `on a scale from ${min} to ${max}`,
  variant: 'variant',
  fileName: 'file named as asked',
  sameAssessor: 'the same assessor for both forms',
  independentAssessors: 'assessors other than the person assessed',
  targetsReached: 'targeted levels reached',
  juryDecision: 'decision of the jury',
  notRecognisedBefore: 'activity not recognised before',
};

export const BADGE_RULE_TEXT: Readonly<Record<Language, BadgeRuleText>> = { fr, en };
