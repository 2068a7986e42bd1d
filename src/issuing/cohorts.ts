import type { Cohort, Engagement, PriorAward, RosterEntry, Team } from '../engagement/schema.js';
import type { Partition } from '../ports/documents.js';
import { asJson, fromJson } from '../ports/json.js';
import type { IssuingCore } from './context.js';

/** A cohort without its engagements, which are documents of their own. */
export interface CohortRecord {
  readonly programme: string;
  readonly programmeVersion: string;
  readonly academicYear: string;
  readonly academicYearEnd?: string;
  readonly teams: readonly Team[];
  readonly roster: readonly RosterEntry[];
  readonly priorAwards: readonly PriorAward[];
}

function cohortPartition(issuer: string, programme: string): Partition {
  return { issuer, collection: 'cohorts', name: programme };
}

function engagementPartition(issuer: string, programme: string, academicYear: string): Partition {
  return { issuer, collection: 'engagements', name: `${programme}.${academicYear}` };
}

/** Stores a cohort's dossiers: one document per engagement, and one for what they share. A newer file replaces an older. */
export async function storeCohort(context: IssuingCore, issuer: string, cohort: Cohort): Promise<void> {
  const record: CohortRecord = {
    programme: cohort.programme,
    programmeVersion: cohort.programmeVersion,
    academicYear: cohort.academicYear,
    ...(cohort.academicYearEnd === undefined ? {} : { academicYearEnd: cohort.academicYearEnd }),
    teams: cohort.teams ?? [],
    roster: cohort.roster ?? [],
    priorAwards: cohort.priorAwards ?? [],
  };
  await context.store.documents.transact(
    engagementPartition(issuer, cohort.programme, cohort.academicYear),
    async (transaction) => {
      for (const engagement of cohort.engagements) await transaction.put(engagement.id, asJson(engagement));
    },
  );
  await context.store.documents.transact(cohortPartition(issuer, cohort.programme), (transaction) =>
    transaction.put(cohort.academicYear, asJson(record)),
  );
}

/** The cohorts of a programme that were ever judged here, oldest first. */
export async function listCohorts(context: IssuingCore, issuer: string, programme: string): Promise<CohortRecord[]> {
  const stored = await context.store.documents.list(cohortPartition(issuer, programme));
  return stored.map((document) => fromJson<CohortRecord>(document.value));
}

/** Does a roster, or a prior award, of this issuer name the student? Whoever has an engagement has a record too. */
export async function isInCohorts(context: IssuingCore, issuer: string, studentId: string): Promise<boolean> {
  const { documents } = context.store;
  for (const name of await documents.partitions(issuer, 'cohorts')) {
    for (const { value } of await documents.list({ issuer, collection: 'cohorts', name })) {
      const { roster, priorAwards } = fromJson<CohortRecord>(value);
      if ([...roster, ...priorAwards].some((entry) => entry.studentId === studentId)) return true;
    }
  }
  return false;
}

/** Takes one student out of every cohort of an issuer: engagements, roster and prior awards. */
export async function eraseFromCohorts(context: IssuingCore, issuer: string, studentId: string): Promise<void> {
  const { documents } = context.store;
  for (const name of await documents.partitions(issuer, 'engagements')) {
    await documents.transact({ issuer, collection: 'engagements', name }, async (transaction) => {
      for (const { id, value } of await documents.list({ issuer, collection: 'engagements', name })) {
        if (fromJson<Engagement>(value).student.id === studentId) await transaction.delete(id);
      }
    });
  }
  for (const name of await documents.partitions(issuer, 'cohorts')) {
    await documents.transact({ issuer, collection: 'cohorts', name }, async (transaction) => {
      for (const { id, value } of await documents.list({ issuer, collection: 'cohorts', name })) {
        const cohort = fromJson<CohortRecord>(value);
        const others = (entry: { readonly studentId: string }) => entry.studentId !== studentId;
        const kept = {
          ...cohort,
          roster: cohort.roster.filter(others),
          priorAwards: cohort.priorAwards.filter(others),
        };
        if (kept.roster.length !== cohort.roster.length || kept.priorAwards.length !== cohort.priorAwards.length) {
          await transaction.put(id, asJson(kept));
        }
      }
    });
  }
}

/** All that the cohorts of an issuer hold on one student. Where: programme and academic year. */
export interface HeldOnStudent {
  readonly engagements: readonly { readonly where: string; readonly engagement: Engagement }[];
  readonly roster: readonly { readonly where: string; readonly entry: RosterEntry }[];
  readonly priorAwards: readonly { readonly where: string; readonly award: PriorAward }[];
}

/** Finds what {@link eraseFromCohorts} would take out. */
export async function findInCohorts(context: IssuingCore, issuer: string, studentId: string): Promise<HeldOnStudent> {
  const { documents } = context.store;
  const engagements: { where: string; engagement: Engagement }[] = [];
  const roster: { where: string; entry: RosterEntry }[] = [];
  const priorAwards: { where: string; award: PriorAward }[] = [];
  for (const where of await documents.partitions(issuer, 'engagements')) {
    for (const { value } of await documents.list({ issuer, collection: 'engagements', name: where })) {
      const engagement = fromJson<Engagement>(value);
      if (engagement.student.id === studentId) engagements.push({ where, engagement });
    }
  }
  for (const name of await documents.partitions(issuer, 'cohorts')) {
    for (const { id, value } of await documents.list({ issuer, collection: 'cohorts', name })) {
      const where = `${name}.${id}`;
      const cohort = fromJson<CohortRecord>(value);
      const theirs = (entry: { readonly studentId: string }) => entry.studentId === studentId;
      roster.push(...cohort.roster.filter(theirs).map((entry) => ({ where, entry })));
      priorAwards.push(...cohort.priorAwards.filter(theirs).map((award) => ({ where, award })));
    }
  }
  return { engagements, roster, priorAwards };
}
