import { PROGRAMME_MISTAKES } from '../text/mistake-messages-programme.js';
import type { Declared } from './check-declared.js';
import { ENGAGEMENT_TEXTS, TEAM_TEXTS } from './check-facts.js';
import type { Place } from './check-place.js';
import type { CheckReport } from './check-report.js';

/** Words of `sharing` that are understood in every programme. */
const COMMON_WORDS: readonly string[] = [
  'achievement',
  'competences',
  'options',
  'credits',
  'mark',
  'hours',
  'evidence',
  'reflection',
  'comment',
  'assessments',
  'obligation-status',
  'name',
  'nativeName',
  'birthDate',
  'email',
  'studentNumber',
  'startDate',
  'endDate',
];

/** What `publicFields` and `neverPublic` name should be something the programme has, or the instruction is void. */
export function checkSharing(
  root: Place,
  factsInUse: ReadonlySet<string>,
  declared: Declared,
  report: CheckReport,
): void {
  const forms = [...declared.formDetails].flatMap(([id, form]) => [id, `${id}-items`, ...form.parts.known]);
  const fields = [...declared.evidenceFields].flatMap(([kind, names]) => [kind, `${kind}s`, ...names.keys()]);
  const results = root
    .at('achievement')
    .at('resultDescriptions')
    .list()
    .flatMap((result) => result.at('id').text ?? []);
  const formFields = root
    .at('assessment')
    .at('forms')
    .list()
    .flatMap((form) =>
      form
        .at('fields')
        .texts()
        .map(({ text }) => text),
    );
  const known = new Set([
    ...COMMON_WORDS,
    ...ENGAGEMENT_TEXTS,
    ...TEAM_TEXTS,
    ...declared.measures.known,
    ...declared.competences.known,
    ...forms,
    ...fields,
    ...results,
    ...formFields,
    ...factsInUse,
  ]);
  for (const member of ['publicFields', 'neverPublic']) {
    for (const { text, place } of root.at('sharing').at(member).texts()) {
      if (!known.has(text)) report.warning(place, PROGRAMME_MISTAKES.sharingUnknown(text));
    }
  }
}
