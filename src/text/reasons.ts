import type { Localized } from './localized.js';

/**
 * What the codes say that stand in no programme definition: those of the decision procedure (programme rules 3, steps
 * 4 to 6), then those of a row that was not accepted (step 1).
 */
const BUILT_IN = {
  'option-selection-invalid': {
    fr: 'Choix de modalités de valorisation non valable',
    en: 'Choice of recognition options not valid',
  },
  'mark-missing': { fr: 'Note manquante', en: 'Mark missing' },
  'mark-ignored': {
    fr: 'Note laissée de côté : aucune modalité accordée n’en porte',
    en: 'Mark left out: no granted option carries one',
  },
  'credits-mismatch': {
    fr: 'Crédits du jury différents de ceux des modalités accordées',
    en: 'The jury’s credits differ from those of the granted options',
  },
  'jury-validated-but-not-issuable': {
    fr: 'Validé par le jury, mais rien ne peut être signé tant qu’une personne n’a pas levé la contradiction avec les critères',
    en: 'Validated by the jury, but nothing can be signed until a person settles the contradiction with the criteria',
  },
  'unknown-engagement': { fr: 'Engagement inconnu de la cohorte', en: 'Engagement not in the cohort' },
  'name-mismatch': { fr: 'Le nom n’est pas celui de l’étudiant', en: 'The name is not the student’s' },
  'unknown-decision': { fr: 'Décision inconnue', en: 'Unknown decision' },
  'duplicate-row': {
    fr: 'Ligne répétée à l’identique, sans effet',
    en: 'Row repeated with the same content, no effect',
  },
  'conflicting-decisions': {
    fr: 'Décisions contradictoires : l’engagement n’a aucune décision',
    en: 'Conflicting decisions: the engagement has no decision at all',
  },
} as const satisfies Record<string, Localized>;

export type BuiltInCode = keyof typeof BUILT_IN;

export const BUILT_IN_CODES: readonly string[] = Object.keys(BUILT_IN);

/** What a built-in code says, without the values found and needed. */
export function builtInLabel(code: BuiltInCode): Localized {
  return BUILT_IN[code];
}
