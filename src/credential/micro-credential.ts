import type { MicroCredential } from '../programme/micro-credential.js';
import { ownValue } from '../programme/own-value.js';
import type { Programme } from '../programme/schema.js';
import { BADGE_TEXT } from '../text/badge-text.js';
import type { Language } from '../text/localized.js';
import {
  ACTIVITY,
  ASSESSMENT,
  type Concept,
  eqfLevel,
  LEARNING_SETTING,
  PARTICIPATION,
  SUPERVISION,
} from './eu-vocabularies.js';
import type { Alignment } from './open-badge.js';
import { presentMembers } from './present-members.js';

/** The elements a definition states for one variant: the variant's members win over the programme's. */
export function microCredentialOf(programme: Programme, variantId: string | undefined): MicroCredential {
  const { microCredential, microCredentialByVariant } = programme.achievement;
  return { ...microCredential, ...ownValue(microCredentialByVariant, variantId ?? '') };
}

type Element = keyof ReturnType<typeof conceptsOf>;

function conceptsOf(stated: MicroCredential) {
  return {
    eqfLevel: stated.eqfLevel === undefined ? [] : [eqfLevel(stated.eqfLevel)],
    activity: (stated.activity ?? []).map((word) => ACTIVITY[word]),
    participation: (stated.participation ?? []).map((word) => PARTICIPATION[word]),
    learningSetting: stated.learningSetting === undefined ? [] : [LEARNING_SETTING[stated.learningSetting]],
    assessment: (stated.assessment ?? []).map((word) => ASSESSMENT[word]),
    supervision: stated.supervision === undefined ? [] : [SUPERVISION[stated.supervision]],
    qualityAssurance: (stated.qualityAssurance ?? []).map(({ name, url }): Concept => ({ uri: url, label: name })),
  } as const;
}

function statedElements(stated: MicroCredential): [Element, readonly Concept[]][] {
  const concepts = conceptsOf(stated);
  const elements: readonly Element[] = [
    'eqfLevel',
    'activity',
    'participation',
    'learningSetting',
    'assessment',
    'supervision',
    'qualityAssurance',
  ];
  return elements
    .map((element): [Element, readonly Concept[]] => [element, concepts[element]])
    .filter(([, found]) => found.length > 0);
}

/** Each stated element as alignments to the controlled vocabularies (decision 12). */
export function microCredentialAlignments(stated: MicroCredential, language: Language): Alignment[] {
  const text = BADGE_TEXT[language];
  return statedElements(stated).flatMap(([element, concepts]) =>
    concepts.map(({ uri, label, code }) => {
      const title = text.microCredential[element];
      return presentMembers<Alignment>({
        type: ['Alignment'],
        targetName: label[language],
        targetUrl: uri,
        targetFramework: code === undefined ? title : text.euVocabulary(title),
        targetCode: code,
      });
    }),
  );
}

/** Each stated element as a sentence, for `criteria.narrative`: `Type d’évaluation : épreuve orale.` */
export function microCredentialSentences(stated: MicroCredential, language: Language): string[] {
  const text = BADGE_TEXT[language];
  return statedElements(stated).map(([element, concepts]) =>
    text.labelled(text.microCredential[element], text.list(concepts.map(({ label }) => label[language]))),
  );
}
