import { PROGRAMME_MISTAKES } from '../text/mistake-messages-programme.js';
import type { Declared } from './check-declared.js';
import { checkFact } from './check-facts.js';
import type { Place } from './check-place.js';
import type { CheckReport } from './check-report.js';
import type { RuleCheck } from './check-rules.js';

/** @see https://www.imsglobal.org/spec/ob/v3p0#achievementtype-enumeration */
const ACHIEVEMENT_TYPES: readonly string[] = [
  'Achievement',
  'ApprenticeshipCertificate',
  'Assessment',
  'Assignment',
  'AssociateDegree',
  'Award',
  'Badge',
  'BachelorDegree',
  'Certificate',
  'CertificateOfCompletion',
  'Certification',
  'CommunityService',
  'Competency',
  'Course',
  'CoCurricular',
  'Degree',
  'Diploma',
  'DoctoralDegree',
  'Fieldwork',
  'GeneralEducationDevelopment',
  'JourneymanCertificate',
  'LearningProgram',
  'License',
  'Membership',
  'ProfessionalDoctorate',
  'QualityAssuranceCredential',
  'MasterCertificate',
  'MasterDegree',
  'MicroCredential',
  'ResearchDoctorate',
  'SecondarySchoolDiploma',
];

/** @see https://www.imsglobal.org/spec/ob/v3p0#resulttype-enumeration */
const RESULT_TYPES: readonly string[] = [
  'GradePointAverage',
  'LetterGrade',
  'Percent',
  'PerformanceLevel',
  'PredictedScore',
  'RawScore',
  'Result',
  'RubricCriterion',
  'RubricCriterionLevel',
  'RubricScore',
  'ScaledScore',
  'Status',
];

/** Both enumerations of the standard are open to names that begin with `ext:`. */
function checkType(
  place: Place,
  thing: 'achievement-type' | 'result-type',
  known: readonly string[],
  report: CheckReport,
): void {
  const { text } = place;
  if (text === undefined || known.includes(text) || /^ext:[A-Za-z0-9._-]+$/.test(text)) return;
  report.mistake(place, PROGRAMME_MISTAKES.unknown(thing, text, known));
}

function checkBounds(result: Place, rules: RuleCheck, report: CheckReport): void {
  const bounds = ['valueMin', 'valueMax'].map((member) => {
    const place = result.at(member);
    const value = rules.argument(place, 'number-or-text', undefined, false);
    if (typeof value !== 'string') return undefined;
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (Number.isFinite(number)) return number;
    if (result.at('resultType').text !== 'LetterGrade') report.mistake(place, PROGRAMME_MISTAKES.notANumber(value));
    return undefined;
  });
  const [min, max] = bounds;
  if (min !== undefined && max !== undefined && min > max) {
    report.mistake(result.at('valueMin'), PROGRAMME_MISTAKES.rangeEmpty(min, max));
  }
}

function checkResult(result: Place, declared: Declared, rules: RuleCheck, report: CheckReport): void {
  const resultType = result.at('resultType');
  const from = result.at('from');
  checkType(resultType, 'result-type', RESULT_TYPES, report);
  if (from.text !== 'competences') checkFact(from, declared, report);
  if (resultType.text !== undefined && from.text !== undefined) {
    const isRubric = resultType.text === 'RubricCriterionLevel';
    if (isRubric !== (from.text === 'competences'))
      report.mistake(from, PROGRAMME_MISTAKES.resultMismatch(resultType.text));
  }
  checkBounds(result, rules, report);
  for (const { text, place } of result.at('onlyForOptions').texts()) {
    if (!declared.options.has(text))
      report.mistake(place, PROGRAMME_MISTAKES.unknown('option', text, declared.options.known));
  }
}

/** The Open Badges side: types of the standard's enumerations, results that come from facts of the programme. */
export function checkAchievement(root: Place, declared: Declared, rules: RuleCheck, report: CheckReport): void {
  const achievement = root.at('achievement');
  checkType(achievement.at('achievementType'), 'achievement-type', ACHIEVEMENT_TYPES, report);
  for (const [, place] of achievement.at('achievementTypeByVariant').members()) {
    checkType(place, 'achievement-type', ACHIEVEMENT_TYPES, report);
  }
  for (const result of achievement.at('resultDescriptions').list()) checkResult(result, declared, rules, report);
}
