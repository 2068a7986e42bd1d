import { PROGRAMME_MISTAKES } from '../text/mistake-messages-programme.js';
import type { Place } from './check-place.js';
import type { CheckReport } from './check-report.js';

/** Codes the decision procedure writes by itself; a criterion of that name could not be told from them. */
const RESERVED_CODES: ReadonlySet<string> = new Set([
  'option-selection-invalid',
  'credits-mismatch',
  'mark-ignored',
  'mark-missing',
  'jury-validated-but-not-issuable',
]);
/** Stands beside the figures in the statistics of a cohort. */
const RESERVED_STATISTICS: ReadonlySet<string> = new Set(['asOf']);

function unique(places: readonly Place[], report: CheckReport, reserved: ReadonlySet<string> = new Set()): void {
  const seen = new Set<string>();
  for (const place of places) {
    const { text } = place;
    if (text === undefined) continue;
    if (seen.has(text)) report.mistake(place, PROGRAMME_MISTAKES.duplicate(text));
    if (reserved.has(text)) report.mistake(place, PROGRAMME_MISTAKES.reserved(text));
    seen.add(text);
  }
}

const ids = (list: Place, member = 'id') => list.list().map((place) => place.at(member));

/** Texts in two languages, anywhere in the definition, that are empty in one. */
function blankTexts(place: Place, report: CheckReport): void {
  const { fr, en } = { fr: place.at('fr').text, en: place.at('en').text };
  if (fr !== undefined && en !== undefined) {
    for (const language of ['fr', 'en']) {
      if (place.at(language).text?.trim() === '') report.warning(place.at(language), PROGRAMME_MISTAKES.blankText());
    }
    return;
  }
  for (const child of place.list()) blankTexts(child, report);
  for (const [, child] of place.members()) blankTexts(child, report);
}

/** Every name stands once in its list, and none is one the service keeps for itself. */
export function checkNames(root: Place, report: CheckReport): void {
  const lists = ['roles', 'variants', 'evidenceKinds', 'competences', 'recognitionOptions', 'obligations', 'pathways'];
  for (const list of lists) unique(ids(root.at(list)), report);
  unique([...ids(root.at('measures')), ...ids(root.at('derivedMeasures'))], report);
  unique(ids(root.at('statistics')), report, RESERVED_STATISTICS);
  unique(ids(root.at('obligations'), 'cycle'), report);
  unique(root.at('languages').list(), report);
  unique(root.at('lifecycle').at('states').list(), report);
  unique(ids(root.at('lifecycle').at('transitions')), report);
  unique(ids(root.at('achievement').at('resultDescriptions')), report);
  for (const kind of root.at('evidenceKinds').list()) unique(ids(kind.at('fields')), report);
  const forms = root.at('assessment').at('forms');
  unique(ids(forms), report);
  for (const form of forms.list()) {
    unique(ids(form.at('parts')), report);
    unique(
      form
        .at('parts')
        .list()
        .flatMap((part) => ids(part.at('items'))),
      report,
    );
  }
  for (const competence of root.at('competences').list()) {
    // A form names its competence and ticks indicators, so ids need to differ within a competence only.
    const levels = competence.at('levels').list();
    unique(
      levels.flatMap((level) => ids(level.at('indicators'))),
      report,
    );
  }
  unique(ids(root.at('criteria'), 'code'), report, RESERVED_CODES);
  for (const option of root.at('recognitionOptions').list())
    unique(ids(option.at('criteria'), 'code'), report, RESERVED_CODES);
  for (const pathway of root.at('pathways').list()) unique(pathway.at('requiresVariants').list(), report);
  blankTexts(root, report);
}

/** Values of a list that do not rise strictly, each with the one before it. */
export function fallingPairs(places: readonly Place[]): readonly (readonly [Place, number | string])[] {
  const pairs: [Place, number | string][] = [];
  let before: number | string | undefined;
  for (const place of places) {
    const found = place.number ?? place.text;
    if (found === undefined) continue;
    if (before !== undefined && typeof before === typeof found && found <= before) pairs.push([place, before]);
    before = found;
  }
  return pairs;
}

/** Values of a list that must rise strictly; each one that does not is told. */
export function checkAscending(places: readonly Place[], report: CheckReport): void {
  for (const [place, before] of fallingPairs(places)) {
    report.mistake(place, PROGRAMME_MISTAKES.notAscending(before, place.number ?? place.text ?? ''));
  }
}
