import type { Cohort } from '../engagement/schema.js';
import type { DecisionRow } from '../jury/decision-row.js';
import { evaluateProgramme } from '../jury/evaluate.js';
import { explain } from '../jury/explain.js';
import { matchDecisions } from '../jury/match-decisions.js';
import type { ImportIssue, JuryDecision, Verdict } from '../jury/verdict.js';
import { asJson, fromJson } from '../ports/json.js';
import { LedgerConflictError, type LedgerEntry, type SessionEntry } from '../ports/ledger.js';
import type { Instant } from '../text/instant.js';
import type { Localized } from '../text/localized.js';
import { storeCohort } from './cohorts.js';
import type { IssuingCore } from './context.js';
import type { InstalledProgramme } from './registry.js';
import { recordedAwards, recordPathways, recordStudents, refOf, type StudentRecord } from './students.js';

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
}

/** A jury session is the same if definition, dossiers and decisions are: a second run finds the first. */
function digestOf(context: IssuingCore, session: JurySession): string {
  return context.hash([session.installed.digest, session.cohortDigest, session.decisionsDigest].join('\n'));
}

/**
 * Judges a cohort and seals the session: dossiers and students are stored, then definition version, file digests,
 * decisions and verdicts are appended to the ledger in one piece. A session sealed before is read back, not judged
 * again, and nobody is recorded anew: a student erased since stays erased.
 */
export async function sealSession(context: IssuingCore, session: JurySession): Promise<SealedSession> {
  const { ledger } = context.store;
  const { issuer } = session.installed;
  const digest = digestOf(context, session);
  const before = await ledger.sessionByDigest(issuer, digest);
  if (before !== undefined) return readSession(context, before);
  const students = await recordStudents(context, issuer, session.cohort);
  await storeCohort(context, issuer, session.cohort);
  context.atStep?.('cohort-stored');
  const judged = await judge(context, session, students);
  const isOurs = await append(context, session, { digest, students, ...judged });
  context.atStep?.('session-sealed');
  const entry = await ledger.sessionByDigest(issuer, digest);
  if (entry === undefined) throw new LedgerConflictError('session-taken', 'the sealed session cannot be found again');
  return isOurs ? { entry, ...judged } : readSession(context, entry);
}

async function judge(
  context: IssuingCore,
  session: JurySession,
  students: ReadonlyMap<string, StudentRecord>,
): Promise<{ readonly header: SessionHeader; readonly rows: readonly JudgedRow[] }> {
  const { installed, cohort } = session;
  const { issuer, programme, digest } = installed;
  const matched = matchDecisions(session.decisions, cohort.engagements);
  const { evaluation, explanations, levels } = evaluateProgramme({
    programme,
    cohort,
    decisions: matched,
    recordedAwards: await recordedAwards(context, issuer, students),
  });
  const decisionOf = new Map(matched.decisions.map((decision) => [decision.engagementId, decision]));
  const studentOf = new Map(cohort.engagements.map(({ id, student }) => [id, student.id]));
  const pathwayAwards = evaluation.pathwayAwards ?? [];
  await recordPathways(context, issuer, programme, pathwayAwards);
  return {
    header: {
      programme: { id: programme.id, version: programme.version, digest },
      academicYear: cohort.academicYear,
      files: { dossiers: session.cohortDigest, decisions: session.decisionsDigest },
      judgedAt: session.at,
      counts: evaluation.counts,
      importIssues: evaluation.importIssues.map(({ row, code }) => ({ row, code })),
    },
    rows: [
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
      ...pathwayAwards.map(({ pathway, studentId }) => ({ pathway, studentId })),
    ],
  };
}

/**
 * One append, so that there is a whole session or none: verdicts of one session never come from two judgings.
 * @returns false when another process sealed the same files meanwhile: its session is the one.
 */
async function append(
  context: IssuingCore,
  session: JurySession,
  sealed: {
    readonly digest: string;
    readonly header: SessionHeader;
    readonly rows: readonly JudgedRow[];
    readonly students: ReadonlyMap<string, StudentRecord>;
  },
): Promise<boolean> {
  const { actor } = session;
  const { issuer, programme } = session.installed;
  const { digest, header, rows, students } = sealed;
  const id = context.ids.next();
  const judged = rows.map(async (row, number): Promise<LedgerEntry> => {
    const record = students.get(row.studentId);
    if (record === undefined) throw new Error(`row ${number} was judged for a student who was not recorded`);
    const subject =
      'pathway' in row
        ? { programme: programme.id, pathway: row.pathway }
        : { programme: programme.id, engagementId: row.engagementId };
    const ref = await refOf(context, record, subject);
    return { actor, event: { kind: 'judged', issuer, session: id, row: number, ref }, payload: asJson(row) };
  });
  const event = { kind: 'sealed', issuer, session: id, digest, rows: rows.length } as const;
  try {
    await context.store.ledger.append([{ actor, event, payload: asJson(header) }, ...(await Promise.all(judged))]);
    return true;
  } catch (error) {
    if (!(error instanceof LedgerConflictError && error.conflict === 'session-taken')) throw error;
    return false;
  }
}

async function readSession(context: IssuingCore, entry: SessionEntry): Promise<SealedSession> {
  const { ledger } = context.store;
  return {
    entry,
    header: fromJson<SessionHeader>((await ledger.sessionHeader(entry.session)) ?? {}),
    rows: (await ledger.sessionRows(entry.session)).map((row) =>
      row === undefined ? undefined : fromJson<JudgedRow>(row),
    ),
  };
}
