import type { Language } from './localized.js';

/** A no-break space, as French puts before `: ; ! ?` and inside quotation marks. */
const NBSP = '\u00a0';

/** Titles of the elements of European micro-credentials. */
export type MicroCredentialElement =
  | 'eqfLevel'
  | 'activity'
  | 'participation'
  | 'learningSetting'
  | 'assessment'
  | 'supervision'
  | 'qualityAssurance';

/** The phrases a badge is written with, in one language. Names, numbers and days come in already written. */
export interface BadgeText {
  /** `Title: content.` */
  labelled(title: string, content: string): string;
  /** Parts of a list, separated so that commas inside a part do no harm. */
  list(parts: readonly string[]): string;
  quoted(text: string): string;
  /** From one day to another, or one day. */
  period(from: string, to: string): string;
  level(competence: string, number: number, name: string): string;
  /** Who stands behind a fact, in brackets after it: `(confirmed by: Peer)`. A level is confirmed; what else is certified varies in gender. */
  by(act: 'confirmed' | 'certified', roles: readonly string[]): string;
  /** Who decided, and on what day. */
  decided(role: string, day: string): string;
  readonly jury: string;
  readonly contractor: string;
  readonly hostOrganisation: string;
  readonly outcome: string;
  readonly creditsEarned: string;
  readonly supervisedBy: string;
  readonly levels: string;
  readonly decision: string;
  readonly competencesShown: string;
  readonly microCredential: Readonly<Record<MicroCredentialElement, string>>;
  /** The name of the European Union's vocabulary for an element. */
  euVocabulary(element: string): string;
  pathwayDescription(steps: string): string;
  pathwayCriteria(steps: string): string;
}

const fr: BadgeText = {
  labelled: (title, content) => `${title}${NBSP}: ${content}.`,
  list: (parts) => parts.join(`${NBSP}; `),
  quoted: (text) => `«${NBSP}${text}${NBSP}»`,
  period: (from, to) => (from === to ? `le ${from}` : `du ${from} au ${to}`),
  level: (competence, number, name) => `${competence}, niveau ${number} ${fr.quoted(name)}`,
  by: (act, roles) => `(${act === 'confirmed' ? 'confirmé par' : 'attestation'}${NBSP}: ${fr.list(roles)})`,
  decided: (role, day) => `${role}, le ${day}`,
  jury: 'Jury',
  contractor: 'Commanditaire',
  hostOrganisation: 'Structure d’accueil',
  outcome: 'Valorisation',
  creditsEarned: 'Crédits ECTS obtenus',
  supervisedBy: 'Encadrement et suivi',
  levels: 'Compétences',
  decision: 'Validation',
  competencesShown: 'Compétences illustrées',
  microCredential: {
    eqfLevel: 'Niveau d’apprentissage',
    activity: 'Type d’activité',
    participation: 'Forme de participation',
    learningSetting: 'Cadre d’apprentissage',
    assessment: 'Type d’évaluation',
    supervision: 'Surveillance de l’évaluation',
    qualityAssurance: 'Assurance qualité',
  },
  euVocabulary: (element) => `${element} (vocabulaires contrôlés de l’Union européenne)`,
  pathwayDescription: (steps) => `Parcours complet, reconnu à chacune de ses étapes${NBSP}: ${steps}.`,
  pathwayCriteria: (steps) => `Avoir obtenu la reconnaissance de chacune des étapes${NBSP}: ${steps}.`,
};

const en: BadgeText = {
  labelled: (title, content) => `${title}: ${content}.`,
  list: (parts) => parts.join('; '),
  quoted: (text) => `“${text}”`,
  period: (from, to) => (from === to ? `on ${from}` : `from ${from} to ${to}`),
  level: (competence, number, name) => `${competence}, level ${number} ${en.quoted(name)}`,
  by: (act, roles) => `(${act} by: ${en.list(roles)})`,
  decided: (role, day) => `${role}, ${day}`,
  jury: 'Jury',
  contractor: 'Contractor',
  hostOrganisation: 'Host organisation',
  outcome: 'Recognised as',
  creditsEarned: 'ECTS credits earned',
  supervisedBy: 'Supervision and follow-up',
  levels: 'Competences',
  decision: 'Validation',
  competencesShown: 'Competences shown',
  microCredential: {
    eqfLevel: 'Level of learning',
    activity: 'Kind of activity',
    participation: 'Form of participation',
    learningSetting: 'Learning setting',
    assessment: 'Type of assessment',
    supervision: 'Supervision of the assessment',
    qualityAssurance: 'Quality assurance',
  },
  euVocabulary: (element) => `${element} (EU controlled vocabularies)`,
  pathwayDescription: (steps) => `The complete pathway, recognised at each of its steps: ${steps}.`,
  pathwayCriteria: (steps) => `Recognition obtained for each of these steps: ${steps}.`,
};

export const BADGE_TEXT: Readonly<Record<Language, BadgeText>> = { fr, en };
