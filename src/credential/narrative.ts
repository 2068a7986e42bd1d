import type { JuryDecision } from '../jury/verdict.js';
import { ownValue } from '../programme/own-value.js';
import { actorsOf } from '../programme/rule-case.js';
import type { Programme } from '../programme/schema.js';
import { badgeDay } from '../text/badge-dates.js';
import { plainInMarkdown } from '../text/badge-markdown.js';
import { badgeNumber, badgeQuantity, namesUnit } from '../text/badge-numbers.js';
import { BADGE_TEXT } from '../text/badge-text.js';
import type { ZoneClock } from '../text/instant.js';
import type { Language } from '../text/localized.js';
import { isListedPublic, isNeverPublic } from './disclosure.js';
import { factUnit, roleLabel, roleLabels } from './labels.js';
import { type Judged, levelsReached, resultsReached } from './results.js';

/** Roles that confirmed a level, by competence. Ids of the definition; never names or addresses of people. */
export type ConfirmedBy = Readonly<Record<string, readonly string[]>>;

/**
 * What was done, then who stands behind it: two paragraphs. People appear by their role only. Host and contractor are
 * named where the definition lists them in `publicFields`.
 */
export function composeNarrative(
  judged: Judged,
  { language, confirmedBy, decision, clock }: Omit<DecidedBy, 'programme'> & { readonly confirmedBy: ConfirmedBy },
): string {
  const done = [
    activitySentence(judged, language),
    ...hostSentences(judged, language),
    ...countedSentences(judged, language),
    outcomeSentence(judged, language),
    creditsSentence(judged, language),
  ];
  const confirmed = [
    levelsSentence(judged, confirmedBy, language),
    supervisionSentence(judged, language),
    decisionSentence({ programme: judged.programme.definition, decision, language, clock }),
  ];
  return [done, confirmed]
    .map((sentences) => sentences.filter((sentence) => sentence !== undefined).join(' '))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** A decision, and what it is put into words with. */
export interface DecidedBy {
  readonly programme: Programme;
  readonly decision: JuryDecision;
  readonly language: Language;
  readonly clock: ZoneClock;
}

/** Who decided, and on what day by the programme's clocks; shared with pathway awards. */
export function decisionSentence({ programme, decision, language, clock }: DecidedBy): string {
  const text = BADGE_TEXT[language];
  const jury = roleLabel(programme, 'jury', language) ?? text.jury;
  const { decidedAt } = decision;
  const day = decidedAt === undefined ? undefined : badgeDay(clock.dayOf(decidedAt), language);
  return text.labelled(text.decision, day === undefined ? jury : text.decided(jury, day));
}

function activitySentence({ programme, engagement }: Judged, language: Language): string | undefined {
  const text = BADGE_TEXT[language];
  const { definition } = programme;
  const title = isNeverPublic(definition, 'title') ? '' : plainInMarkdown(engagement.title[language]);
  const parts = [
    ...(title === '' ? [] : [text.quoted(title)]),
    ...(hidesDates(definition)
      ? []
      : [text.period(badgeDay(engagement.startDate, language), badgeDay(engagement.endDate, language))]),
  ];
  return parts.length === 0 ? undefined : `${parts.join(', ')}.`;
}

/** True if the days of the activity may not be shown. */
export function hidesDates(programme: Programme): boolean {
  return isNeverPublic(programme, 'startDate', 'endDate');
}

function hostSentences({ programme, engagement, team }: Judged, language: Language): string[] {
  const { definition } = programme;
  const text = BADGE_TEXT[language];
  const hosts: readonly (readonly [title: string, name: string | undefined])[] = [
    [text.contractor, isListedPublic(definition, 'contractor') ? team?.contractor : undefined],
    [text.hostOrganisation, isListedPublic(definition, 'hostOrganisation') ? engagement.hostOrganisation : undefined],
  ];
  return hosts.flatMap(([title, name]) => {
    const host = plainInMarkdown(name ?? '');
    return host === '' ? [] : [text.labelled(title, host)];
  });
}

function countedSentences(judged: Judged, language: Language): string[] {
  const { definition } = judged.programme;
  const text = BADGE_TEXT[language];
  return resultsReached(judged).map(({ result, value }) => {
    const { from, name } = result.template;
    const unit = factUnit(definition, from);
    const named = unit !== undefined && namesUnit(name[language], unit, language);
    const quantity =
      typeof value === 'number' ? badgeQuantity(value, named ? undefined : unit, language) : plainInMarkdown(value);
    const roles = roleLabels(definition, certifiersOf(definition, from), language);
    return text.labelled(name[language], roles.length === 0 ? quantity : `${quantity} ${text.by('certified', roles)}`);
  });
}

/** Roles that certify a measure; of a derived one, those of its parts. */
function certifiersOf(programme: Programme, fact: string): string[] {
  const derived = programme.derivedMeasures?.find(({ id }) => fact === `measures.${id}`);
  const facts = derived?.sum ?? [fact];
  return programme.measures
    .filter(({ id }) => facts.includes(`measures.${id}`))
    .flatMap(({ certifiedBy }) => certifiedBy ?? []);
}

function outcomeSentence({ programme, verdict }: Judged, language: Language): string | undefined {
  const { definition } = programme;
  if (!isListedPublic(definition, 'options')) return undefined;
  const text = BADGE_TEXT[language];
  const granted = definition.recognitionOptions.filter(({ id }) => verdict.optionsGranted.includes(id));
  return granted.length === 0
    ? undefined
    : text.labelled(text.outcome, text.list(granted.map(({ label }) => label[language])));
}

function creditsSentence({ programme, verdict }: Judged, language: Language): string | undefined {
  const { creditsEarned } = verdict;
  if (creditsEarned === null || isNeverPublic(programme.definition, 'credits', 'creditsEarned')) return undefined;
  const text = BADGE_TEXT[language];
  return text.labelled(text.creditsEarned, badgeNumber(creditsEarned, language));
}

function levelsSentence(judged: Judged, confirmedBy: ConfirmedBy, language: Language): string | undefined {
  const text = BADGE_TEXT[language];
  const levels = levelsReached(judged).map(({ competence, level }) => {
    const reached = text.level(competence.name[language], level.level, level.name[language]);
    const roles = roleLabels(judged.programme.definition, ownValue(confirmedBy, competence.id) ?? [], language);
    return roles.length === 0 ? reached : `${reached} ${text.by('confirmed', roles)}`;
  });
  return levels.length === 0 ? undefined : text.labelled(text.levels, text.list(levels));
}

function supervisionSentence(judged: Judged, language: Language): string | undefined {
  const { definition } = judged.programme;
  const text = BADGE_TEXT[language];
  const roles = roleLabels(
    definition,
    isNeverPublic(definition, 'actors') ? [] : actorsOf(judged).map(({ role }) => role),
    language,
  );
  return roles.length === 0 ? undefined : text.labelled(text.supervisedBy, text.list(roles));
}
