import type { Localized } from './localized.js';

/**
 * The kinds of achievement of Open Badges, in words. Kinds of an extension (`ext:…`) have none.
 * @see https://www.imsglobal.org/spec/ob/v3p0#achievementtype-enumeration
 */
const ACHIEVEMENT_TYPES: ReadonlyMap<string, Localized> = new Map([
  ['Achievement', { fr: 'réalisation', en: 'achievement' }],
  ['ApprenticeshipCertificate', { fr: 'certificat d’apprentissage', en: 'apprenticeship certificate' }],
  ['Assessment', { fr: 'évaluation', en: 'assessment' }],
  ['Assignment', { fr: 'travail remis', en: 'assignment' }],
  ['AssociateDegree', { fr: 'diplôme de premier cycle court', en: 'associate degree' }],
  ['Award', { fr: 'distinction', en: 'award' }],
  ['BachelorDegree', { fr: 'licence (bachelor)', en: 'bachelor’s degree' }],
  ['Badge', { fr: 'badge', en: 'badge' }],
  ['Certificate', { fr: 'certificat', en: 'certificate' }],
  ['CertificateOfCompletion', { fr: 'attestation de fin de formation', en: 'certificate of completion' }],
  ['Certification', { fr: 'certification', en: 'certification' }],
  ['CoCurricular', { fr: 'activité en marge du cursus', en: 'co-curricular activity' }],
  ['CommunityService', { fr: 'engagement au service d’autrui', en: 'community service' }],
  ['Competency', { fr: 'compétence', en: 'competency' }],
  ['Course', { fr: 'enseignement', en: 'course' }],
  ['Degree', { fr: 'grade universitaire', en: 'degree' }],
  ['Diploma', { fr: 'diplôme', en: 'diploma' }],
  ['DoctoralDegree', { fr: 'doctorat', en: 'doctoral degree' }],
  ['Fieldwork', { fr: 'travail de terrain', en: 'fieldwork' }],
  [
    'GeneralEducationDevelopment',
    { fr: 'équivalence de fin d’études secondaires', en: 'general education development' },
  ],
  ['JourneymanCertificate', { fr: 'certificat de compagnon', en: 'journeyman certificate' }],
  ['LearningProgram', { fr: 'parcours de formation', en: 'learning programme' }],
  ['License', { fr: 'autorisation d’exercer', en: 'licence to practise' }],
  ['MasterCertificate', { fr: 'brevet de maîtrise', en: 'master certificate' }],
  ['MasterDegree', { fr: 'master', en: 'master’s degree' }],
  ['Membership', { fr: 'adhésion', en: 'membership' }],
  ['MicroCredential', { fr: 'microcertification', en: 'micro-credential' }],
  ['ProfessionalDoctorate', { fr: 'doctorat professionnel', en: 'professional doctorate' }],
  ['QualityAssuranceCredential', { fr: 'attestation d’assurance qualité', en: 'quality assurance credential' }],
  ['ResearchDoctorate', { fr: 'doctorat de recherche', en: 'research doctorate' }],
  ['SecondarySchoolDiploma', { fr: 'diplôme de fin d’études secondaires', en: 'secondary school diploma' }],
]);

/** A kind of achievement in words; undefined for one that the specification does not list. */
export function achievementTypeName(type: string): Localized | undefined {
  return ACHIEVEMENT_TYPES.get(type);
}
