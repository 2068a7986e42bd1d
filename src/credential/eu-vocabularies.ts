import type { MicroCredential } from '../programme/micro-credential.js';
import type { Localized } from '../text/localized.js';

/** Something an element refers to; with a code when it is an entry of a controlled vocabulary of the European Union. */
export interface Concept {
  readonly uri: string;
  readonly code?: string;
  readonly label: Localized;
}

type Word<Element extends keyof MicroCredential> =
  NonNullable<MicroCredential[Element]> extends readonly (infer Item extends string)[]
    ? Item
    : Extract<NonNullable<MicroCredential[Element]>, string>;
type Vocabulary<Element extends keyof MicroCredential> = Readonly<Record<Word<Element>, Concept>>;

const concept = (path: `${string}/${string}`, fr: string, en: string): Concept => ({
  uri: `http://data.europa.eu/snb/${path}`,
  code: path.slice(path.indexOf('/') + 1),
  label: { fr, en },
});

export const ACTIVITY: Vocabulary<'activity'> = {
  volunteering: concept('learning-activity/59eaf34fab', 'bénévolat', 'volunteering'),
  'job-experience': concept('learning-activity/4357e0e681', 'expérience professionnelle', 'job experience'),
  internship: concept('learning-activity/bf5588ff84', 'stage', 'internship'),
  workshop: concept(
    'learning-activity/efff75e10a',
    'atelier, séminaire ou conférence',
    'workshop, seminar or conference',
  ),
  research: concept('learning-activity/a7e556215a', 'recherche', 'research'),
  'self-motivated-study': concept('learning-activity/b660f5dcea', 'étude personnelle', 'self-motivated study'),
};

export const PARTICIPATION: Vocabulary<'participation'> = {
  presential: concept('learning-assessment/9191af2ed9', 'en présence', 'presential'),
  online: concept('learning-assessment/920fbb3cbe', 'en ligne', 'online'),
  blended: concept('learning-assessment/e92d221e4d', 'hybride', 'blended'),
  'project-based': concept('learning-assessment/7813801c77', 'par projet', 'project based'),
  'work-based': concept('learning-assessment/729f3bed4b', 'en milieu de travail', 'work based'),
};

export const LEARNING_SETTING: Vocabulary<'learningSetting'> = {
  formal: concept('learning-setting/6fd4685715', 'apprentissage formel', 'formal learning'),
  'non-formal': concept('learning-setting/e207a81fc7', 'apprentissage non formel', 'non-formal learning'),
};

export const ASSESSMENT: Vocabulary<'assessment'> = {
  portfolio: concept('assessment/4f03b91c0e', 'portfolio', 'portfolio'),
  'project-work': concept('assessment/795dac4096', 'travail de projet', 'project work'),
  'oral-examination': concept('assessment/d30284d7df', 'épreuve orale', 'oral examination'),
  'written-examination': concept('assessment/6e6cb2cc78', 'épreuve écrite', 'written examination'),
  'peer-review': concept('assessment/812e3b0ae1', 'évaluation par les pairs', 'peer review'),
  'continuous-evaluation': concept('assessment/3484bd7e51', 'contrôle continu', 'continuous evaluation'),
  'practical-assessment': concept('assessment/6a4db9f11d', 'évaluation pratique', 'practical assessment'),
  attendance: concept('assessment/7331eb4762', 'assiduité', 'level of attendance'),
};

export const SUPERVISION: Vocabulary<'supervision'> = {
  'unsupervised-without-id-verification': concept(
    'supervision-verification/c598449d64',
    'sans surveillance ni vérification d’identité',
    'unsupervised without ID verification',
  ),
};

/** @param level 1 to 8. */
export function eqfLevel(level: number): Concept {
  return concept(
    `eqf/${level}`,
    `niveau ${level} du cadre européen des certifications`,
    `level ${level} of the European Qualifications Framework`,
  );
}
