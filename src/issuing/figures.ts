import { fromJson } from '../ports/json.js';
import { computeObligations, type EarnedCredits, type ObligationsAt } from '../programme/obligation.js';
import { computeStatistics, type Statistics } from '../programme/statistic.js';
import type { CalendarDay } from '../text/instant.js';
import { type CohortRecord, listCohorts } from './cohorts.js';
import type { IssuingCore } from './context.js';
import type { InstalledProgramme } from './registry.js';
import type { JudgedRow, SessionHeader } from './seal-session.js';

type EngagementRow = Extract<JudgedRow, { readonly engagementId: string }>;

/** One cohort and the last verdict the house sealed for each of its engagements. */
interface JudgedCohort {
  readonly cohort: CohortRecord;
  readonly rows: readonly EngagementRow[];
}

async function judgedCohorts(context: IssuingCore, installed: InstalledProgramme): Promise<JudgedCohort[]> {
  const { ledger } = context.store;
  const latest = new Map<string, Map<string, EngagementRow>>();
  for (const entry of await ledger.sessions(installed.issuer)) {
    const header = fromJson<SessionHeader>((await ledger.sessionHeader(entry.session)) ?? {});
    if (header.programme.id !== installed.programme.id) continue;
    const rows = latest.get(header.academicYear) ?? new Map<string, EngagementRow>();
    latest.set(header.academicYear, rows);
    for (const payload of await ledger.sessionRows(entry.session)) {
      if (payload === undefined) continue;
      const row = fromJson<JudgedRow>(payload);
      if ('engagementId' in row) rows.set(row.engagementId, row);
    }
  }
  const cohorts = await listCohorts(context, installed.issuer, installed.programme.id);
  return cohorts.map((cohort) => ({ cohort, rows: [...(latest.get(cohort.academicYear)?.values() ?? [])] }));
}

function earnedOf(rows: readonly EngagementRow[]): EarnedCredits[] {
  return rows
    .filter((row) => row.verdict.outcome === 'issued')
    .map((row) => ({
      studentId: row.studentId,
      credits: row.verdict.creditsEarned,
      decidedAt: row.decision?.decidedAt,
    }));
}

/** Who owes what on a day. */
export interface ObligationList extends ObligationsAt {
  readonly programme: string;
  readonly academicYear: string;
}

/**
 * The obligations of a programme's newest cohort at a day, from sealed verdicts.
 * @returns undefined when the programme has no obligations or no cohort was judged.
 */
export async function obligationsAt(
  context: IssuingCore,
  installed: InstalledProgramme,
  day: CalendarDay,
): Promise<ObligationList | undefined> {
  const newest = (await judgedCohorts(context, installed)).at(-1);
  if (newest === undefined || installed.programme.obligations.length === 0) return undefined;
  const { programme } = installed;
  const { cohort, rows } = newest;
  const { asOf, items } = computeObligations({ programme, cohort, earned: earnedOf(rows), asOf: day });
  return { programme: programme.id, academicYear: cohort.academicYear, asOf, items };
}

/** Figures of one judged cohort. */
export interface CohortFigures {
  readonly academicYear: string;
  readonly counts: Readonly<Record<'issued' | 'refused' | 'pending', number>>;
  readonly statistics: Statistics;
}

/** What `sceau report` prints: one entry per academic year, oldest first. */
export async function cohortFigures(
  context: IssuingCore,
  installed: InstalledProgramme,
  day: CalendarDay | undefined,
): Promise<readonly CohortFigures[]> {
  const cohorts = await judgedCohorts(context, installed);
  return cohorts.map(({ cohort, rows }) => {
    const counts = { issued: 0, refused: 0, pending: 0 };
    for (const row of rows) counts[row.verdict.outcome] += 1;
    const statistics = computeStatistics({
      programme: installed.programme,
      outcomes: rows.map((row) => row.verdict.outcome),
      roster: cohort.roster,
      earned: earnedOf(rows),
      asOf: day,
    });
    return { academicYear: cohort.academicYear, counts, statistics };
  });
}
