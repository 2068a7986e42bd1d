import type { Competence, Programme, ResultTemplate } from '../programme/schema.js';
import { composeAlignment } from './alignment.js';
import { isNeverPublic } from './disclosure.js';
import { describeLevel } from './level-description.js';
import type { Alignment, ResultDescription, RubricCriterionLevel } from './open-badge.js';
import { presentMembers } from './present-members.js';
import { argumentOf, type Wording } from './wording.js';

/** The id of a competence's result description; the same in every language. */
export function competenceId(achievementId: string, competence: string): string {
  return `${achievementId}#competence/${encodeURIComponent(competence)}`;
}

/** The id of one level of a competence. */
export function levelId(achievementId: string, competence: string, level: number): string {
  return `${competenceId(achievementId, competence)}/${level}`;
}

/** The id of the description of a counted result. */
export function resultId(achievementId: string, result: string): string {
  return `${achievementId}#result/${encodeURIComponent(result)}`;
}

/** Competences whose levels may be shown: all, unless the definition says otherwise. */
export function shownCompetences(programme: Programme): readonly Competence[] {
  const template = programme.achievement.resultDescriptions.find(({ from }) => from === 'competences');
  if (template?.public === false || isNeverPublic(programme, 'competences', template?.id ?? 'competences')) return [];
  return programme.competences.filter(({ id }) => !isNeverPublic(programme, id));
}

/** A counted result that may be shown and can exist for the variant, with its bounds as text. */
export interface ShownResult {
  readonly template: ResultTemplate;
  readonly valueMin: string | undefined;
  readonly valueMax: string | undefined;
}

/**
 * The counted results (hours, sessions, a public mark) of a variant. One whose bound names a parameter that the variant
 * lacks is left out: it can never exist there. A mark is shown only where the definition says so, never by default.
 */
export function shownResults(wording: Omit<Wording, 'language'>): ShownResult[] {
  const { definition } = wording.programme;
  return definition.achievement.resultDescriptions
    .filter(({ from }) => from !== 'competences')
    .filter(({ from, public: isPublic }) => (from === 'jury.mark' ? isPublic === true : isPublic !== false))
    .filter(({ id, from }) => !isNeverPublic(definition, id, from, ...from.split('.')))
    .flatMap((template) => {
      const bounds = [template.valueMin, template.valueMax].map((bound) => boundText(bound, wording));
      const [valueMin, valueMax] = bounds;
      return bounds.includes(null)
        ? []
        : [{ template, valueMin: valueMin ?? undefined, valueMax: valueMax ?? undefined }];
    });
}

/** A bound as text, undefined where none is stated, null where the parameter it names is missing. */
function boundText(bound: ResultTemplate['valueMin'], wording: Omit<Wording, 'language'>): string | null | undefined {
  if (bound === undefined) return undefined;
  const value = argumentOf(bound, wording);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/**
 * What a badge of the achievement may show: one `RubricCriterionLevel` description per competence, levels lowest first,
 * then the counted results. @see https://www.imsglobal.org/spec/ob/v3p0#resultdescription
 */
export function composeResultDescriptions(achievementId: string, wording: Wording): ResultDescription[] {
  const { language, programme } = wording;
  const competences = shownCompetences(programme.definition).map((competence) =>
    presentMembers<ResultDescription>({
      id: competenceId(achievementId, competence.id),
      type: ['ResultDescription'],
      name: competence.name[language],
      resultType: 'RubricCriterionLevel',
      rubricCriterionLevel: composeLevels(achievementId, competence, wording),
      alignment: (competence.alignments ?? []).map((alignment): Alignment => composeAlignment(alignment, language)),
    }),
  );
  const counted = shownResults(wording).map(({ template, valueMin, valueMax }) =>
    presentMembers<ResultDescription>({
      id: resultId(achievementId, template.id),
      type: ['ResultDescription'],
      name: template.name[language],
      resultType: template.resultType,
      valueMin,
      valueMax,
    }),
  );
  return [...competences, ...counted];
}

function composeLevels(achievementId: string, competence: Competence, wording: Wording): RubricCriterionLevel[] {
  return competence.levels
    .toSorted((one, other) => one.level - other.level)
    .map((level) =>
      presentMembers<RubricCriterionLevel>({
        id: levelId(achievementId, competence.id, level.level),
        type: ['RubricCriterionLevel'],
        name: level.name[wording.language],
        level: String(level.level),
        description: describeLevel(competence, level, wording),
      }),
    );
}
