import type { Cohort } from '../engagement/schema.js';
import type { DecisionRow } from '../jury/decision-row.js';
import { evaluateProgramme } from '../jury/evaluate.js';
import { explain } from '../jury/explain.js';
import { matchDecisions } from '../jury/match-decisions.js';
import type { ImportIssue, JuryDecision, PathwayAward, Verdict } from '../jury/verdict.js';
import { asJson, fromJson } from '../ports/json.js';
import { LedgerConflictError, type SessionEntry } from '../ports/ledger.js';
import type { Instant } from '../text/instant.js';
import type { Localized } from '../text/localized.js';
import { storeCohort } from './cohorts.js';
import type { IssuingCore } from './context.js';
import type { InstalledProgramme } from './programmes.js';
import { recordedAwards, recordPathway, recordStudents, refOf, type StudentRecord } from './students.js';

/** A jury's file and the dossiers it judged, as read. */
export interface JurySession {
  readonly installed: InstalledProgramme;
  readonly cohort: Cohort;
  readonly decisions: readonly DecisionRow[];
  /** SHA-256 of the two files' bytes, hex. */
  readonly cohortDigest: string;
  readonly decisionsDigest: string;
  /** The moment of judging. */
  readonly at: Instant;
  readonly actor: string;
}

/** One judged row as sealed: an engagement's decision and verdict, or a pathway award that follows from them. */
export type JudgedRow =
  | {
      readonly engagementId: string;
      readonly studentId: string;
      readonly decision: JuryDecision | null;
      readonly verdict: Verdict;
      readonly confirmedBy: Readonly<Record<string, readonly string[]>>;
      /** A sentence for each reason, then for each warning. */
      readonly messages: readonly RowMessage[];
    }
  | { readonly pathway: string; readonly studentId: string };

/** A code of a verdict as a sentence, with the value found and the value needed. */
export interface RowMessage {
  readonly code: string;
  readonly message: Localized;
}

/** What was sealed together, apart from the rows. No personal data. */
export interface SessionHeader {
  readonly programme: { readonly id: string; readonly version: string; readonly digest: string };
  readonly academicYear: string;
  readonly files: { readonly dossiers: string; readonly decisions: string };
  readonly judgedAt: Instant;
  readonly counts: Readonly<Record<string, number>>;
  readonly importIssues: readonly Pick<ImportIssue, 'row' | 'code'>[];
}

export interface SealedSession {
  readonly entry: SessionEntry;
  readonly header: SessionHeader;
  /** In the order of the file; pathway awards last. Undefined where erased. */
  readonly rows: readonly (JudgedRow | undefined)[];
  readonly students: ReadonlyMap<string, StudentRecord>;
}

/** A jury session is the same if definition, dossiers and decisions are: a second run finds the first. */
function digestOf(context: IssuingCore, session: JurySession): string {
  return context.hash([session.installed.digest, session.cohortDigest, session.decisionsDigest].join('\n'));
}

/**
 * Judges a cohort and seals the session: dossiers and students are stored, then definition version, file digests,
 * decisions and verdicts are appended to the ledger together. A session sealed before is read back, not judged again;
 * one whose sealing a crash cut short is completed from the same files.
 */
export async function sealSession(context: IssuingCore, session: JurySession): Promise<SealedSession> {
  const { ledger } = context.store;
  const { issuer, programme, digest } = session.installed;
  const students = await recordStudents(context, issuer, session.cohort);
  const sessionDigest = digestOf(context, session);
  const before = await ledger.sessionByDigest(issuer, sessionDigest);
  if (before !== undefined && before.judged === before.rows) return readSession(context, before, students);

  await storeCohort(context, issuer, session.cohort);
  context.atStep?.('cohort-stored');
  const matched = matchDecisions(session.decisions, session.cohort.engagements);
  const { evaluation, explanations, levels } = evaluateProgramme({
    programme,
    cohort: session.cohort,
    decisions: matched,
    recordedAwards: await recordedAwards(context, issuer, students),
  });
  const decisionOf = new Map(matched.decisions.map((decision) => [decision.engagementId, decision]));
  const pathwayAwards = evaluation.pathwayAwards ?? [];
  for (const award of pathwayAwards) {
    await recordPathway(context, issuer, award.studentId, {
      programme: programme.id,
      programmeVersion: programme.version,
      pathway: award.pathway,
    });
  }
  const studentOf = new Map(session.cohort.engagements.map(({ id, student }) => [id, student.id]));
  const rows: JudgedRow[] = [
    ...evaluation.results.map((verdict) => ({
      engagementId: verdict.engagementId,
      studentId: studentOf.get(verdict.engagementId) ?? '',
      decision: decisionOf.get(verdict.engagementId) ?? null,
      verdict,
      confirmedBy: levels.get(verdict.engagementId)?.confirmedBy ?? {},
      messages: (explanations.get(verdict.engagementId) ?? []).map((explanation) => ({
        code: explanation.code,
        message: explain(explanation),
      })),
    })),
    ...pathwayAwards.map(({ pathway, studentId }: PathwayAward) => ({ pathway, studentId })),
  ];
  const header: SessionHeader = {
    programme: { id: programme.id, version: programme.version, digest },
    academicYear: session.cohort.academicYear,
    files: { dossiers: session.cohortDigest, decisions: session.decisionsDigest },
    judgedAt: session.at,
    counts: evaluation.counts,
    importIssues: evaluation.importIssues.map(({ row, code }) => ({ row, code })),
  };
  const entry = before ?? (await appendHeader(context, session, sessionDigest, header, rows.length));
  context.atStep?.('session-sealed');
  await appendRows(context, session, entry, rows, students);
  context.atStep?.('session-judged');
  const sealed = await ledger.session(entry.session);
  return readSession(context, sealed ?? entry, students);
}

async function appendHeader(
  context: IssuingCore,
  session: JurySession,
  digest: string,
  header: SessionHeader,
  rows: number,
): Promise<SessionEntry> {
  const { ledger } = context.store;
  const { issuer } = session.installed;
  try {
    await ledger.append([
      {
        actor: session.actor,
        event: { kind: 'sealed', issuer, session: context.ids.next(), digest, rows },
        payload: asJson(header),
      },
    ]);
  } catch (error) {
    if (!(error instanceof LedgerConflictError && error.conflict === 'session-taken')) throw error;
  }
  const entry = await ledger.sessionByDigest(issuer, digest);
  if (entry === undefined) throw new LedgerConflictError('session-taken', 'the sealed session cannot be found again');
  return entry;
}

async function appendRows(
  context: IssuingCore,
  session: JurySession,
  entry: SessionEntry,
  rows: readonly JudgedRow[],
  students: ReadonlyMap<string, StudentRecord>,
): Promise<void> {
  const { issuer, programme } = session.installed;
  const entries = await Promise.all(
    rows.slice(entry.judged).map(async (row, offset) => {
      const record = students.get(row.studentId);
      const subject =
        'pathway' in row
          ? { programme: programme.id, pathway: row.pathway }
          : { programme: programme.id, engagementId: row.engagementId };
      return {
        actor: session.actor,
        event: {
          kind: 'judged' as const,
          issuer,
          session: entry.session,
          row: entry.judged + offset,
          ref: record === undefined ? '' : await refOf(context, record, subject),
        },
        payload: asJson(row),
      };
    }),
  );
  for (let start = 0; start < entries.length; start += 1000) {
    await context.store.ledger.append(entries.slice(start, start + 1000));
  }
}

async function readSession(
  context: IssuingCore,
  entry: SessionEntry,
  students: ReadonlyMap<string, StudentRecord>,
): Promise<SealedSession> {
  const { ledger } = context.store;
  return {
    entry,
    header: fromJson<SessionHeader>((await ledger.sessionHeader(entry.session)) ?? {}),
    rows: (await ledger.sessionRows(entry.session)).map((row) =>
      row === undefined ? undefined : fromJson<JudgedRow>(row),
    ),
    students,
  };
}
