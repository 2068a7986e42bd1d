import { type Credential, composeCredential, composePathwayCredential } from '../credential/compose.js';
import type { Issuer } from '../credential/issuer.js';
import { pageUrl } from '../credential/urls.js';
import type { Engagement, Team } from '../engagement/schema.js';
import { DomainError } from '../ports/error.js';
import { asJson } from '../ports/json.js';
import type { CredentialEntry } from '../ports/ledger.js';
import { snapshotOf, snapshotOfTeam } from './award.js';
import {
  type BatchResult,
  type BatchRow,
  batchKey,
  batchTopic,
  countRows,
  type PathwayRow,
  type RowFailure,
} from './batch-rows.js';
import type { IssuingContext } from './context.js';
import { toHex } from './digest.js';
import { issueCredential } from './issue-credential.js';
import { getIssuer } from './issuers.js';
import { type JudgedRow, type JurySession, type SealedSession, sealSession } from './seal-session.js';
import { refOf, type StudentRecord } from './students.js';

/** How many rows are under way at once: they share group commits. */
const CHUNK = 25;
const SALT_BYTES = 16;

/** How far a batch is. */
export interface BatchProgress {
  readonly done: number;
  readonly total: number;
  /** The rows just done: durable, and acknowledged by this call. */
  readonly rows: readonly (BatchRow | PathwayRow)[];
}

type EngagementRow = Extract<JudgedRow, { readonly engagementId: string }>;

interface Batch {
  readonly session: JurySession;
  readonly sealed: SealedSession;
  readonly issuer: Issuer;
  readonly engagements: ReadonlyMap<string, Engagement>;
  readonly teams: ReadonlyMap<string, Team>;
}

/**
 * Judges, seals and issues a cohort: one outcome per row, never stopping at the first bad one. Running it again over
 * the same files finds the sealed session and its badges and issues only what is missing, so an interrupted run
 * resumes.
 */
export async function issueBatch(
  context: IssuingContext,
  session: JurySession,
  onProgress: (progress: BatchProgress) => void = () => {},
): Promise<BatchResult> {
  const sealed = await sealSession(context, session);
  const batch: Batch = {
    session,
    sealed,
    issuer: await getIssuer(context, session.installed.issuer),
    engagements: new Map(session.cohort.engagements.map((engagement) => [engagement.id, engagement])),
    teams: new Map((session.cohort.teams ?? []).map((team) => [team.id, team])),
  };
  const rows: BatchRow[] = [];
  const pathwayRows: PathwayRow[] = [];
  const total = sealed.rows.length;
  for (let start = 0; start < total; start += CHUNK) {
    const chunk = sealed.rows.slice(start, start + CHUNK);
    const done = await Promise.all(chunk.map((row) => (row === undefined ? undefined : issueRow(context, batch, row))));
    await logChunk(context, batch, start, done);
    for (const row of done) {
      if (row === undefined) continue;
      if ('pathway' in row) pathwayRows.push(row);
      else rows.push(row);
    }
    onProgress({
      done: Math.min(start + CHUNK, total),
      total,
      rows: done.filter((row) => row !== undefined),
    });
  }
  return {
    batchId: sealed.entry.session,
    programme: session.installed.programme.id,
    issuer: batch.issuer.slug,
    rows,
    counts: countRows(rows),
    importIssues: sealed.header.importIssues,
    ...(session.installed.programme.pathways === undefined ? {} : { pathwayAwards: pathwayRows }),
  };
}

async function logChunk(
  context: IssuingContext,
  batch: Batch,
  start: number,
  done: readonly (BatchRow | PathwayRow | undefined)[],
): Promise<void> {
  const rows = done.flatMap((value, offset) =>
    value === undefined
      ? []
      : [
          {
            issuer: batch.issuer.slug,
            topic: batchTopic(batch.sealed.entry.session),
            key: batchKey(start + offset + 1),
            value: asJson(value),
          },
        ],
  );
  try {
    await context.store.log.put(rows);
    context.atStep?.('row-logged');
  } catch (error) {
    // The ledger is the truth; what the log repeats of it is written again by the next run.
    context.logger.error('batch-rows-not-logged', error, { batch: batch.sealed.entry.session });
  }
}

async function issueRow(context: IssuingContext, batch: Batch, row: JudgedRow): Promise<BatchRow | PathwayRow> {
  if ('pathway' in row) return issuePathwayRow(context, batch, row);
  const { engagementId, outcome, reasons, warnings } = row.verdict;
  const { messages } = row;
  if (outcome !== 'issued') return { engagementId, outcome, reasons, warnings, messages };
  try {
    const entry = await issueEngagement(context, batch, row);
    return { engagementId, outcome, reasons, warnings, messages, ...linkOf(batch, entry) };
  } catch (error) {
    return { engagementId, outcome: 'failed', reasons: [failureOf(context, error)], warnings, messages };
  }
}

async function issueEngagement(context: IssuingContext, batch: Batch, row: EngagementRow): Promise<CredentialEntry> {
  const { installed, cohort, actor } = batch.session;
  const engagement = batch.engagements.get(row.engagementId);
  const record = batch.sealed.students.get(row.studentId);
  if (engagement === undefined || record === undefined || row.decision === null) {
    throw new Error(`row ${row.engagementId} was issued without a dossier, a student or a decision`);
  }
  const team = engagement.teamId ? batch.teams.get(engagement.teamId) : undefined;
  const { decision, verdict, confirmedBy } = row;
  return issueCredential(context, {
    issuer: batch.issuer,
    ref: await refOf(context, record, { programme: installed.programme.id, engagementId: engagement.id }),
    actor,
    award: {
      programme: installed.programme.id,
      programmeVersion: installed.programme.version,
      academicYear: cohort.academicYear,
      session: batch.sealed.entry.session,
      language: engagement.student.preferredLanguage,
      engagement: snapshotOf(engagement),
      ...(team === undefined ? {} : { team: snapshotOfTeam(team) }),
      verdict,
      decision,
    },
    compose: ({ credentialId, status, validFrom }): Credential =>
      composeCredential({
        programme: installed.programme,
        engagement,
        ...(team === undefined ? {} : { team }),
        verdict,
        confirmedBy,
        decision,
        academicYear: cohort.academicYear,
        issuer: batch.issuer,
        credentialId,
        status,
        salts: drawSalts(context),
        hash: context.hash,
        validFrom,
      }),
  });
}

async function issuePathwayRow(
  context: IssuingContext,
  batch: Batch,
  row: Extract<JudgedRow, { readonly pathway: string }>,
): Promise<PathwayRow> {
  const { pathway, studentId } = row;
  try {
    const record = batch.sealed.students.get(studentId);
    const completing = completingRow(batch, pathway, studentId);
    const engagement = completing === undefined ? undefined : batch.engagements.get(completing.engagementId);
    if (record === undefined || engagement === undefined || completing?.decision == null) {
      throw new Error(`pathway ${pathway} was awarded without the engagement that completes it`);
    }
    const entry = await issuePathway(context, batch, { pathway, record, engagement, completing });
    return { pathway, studentId, outcome: 'issued', reasons: [], ...linkOf(batch, entry) };
  } catch (error) {
    return { pathway, studentId, outcome: 'failed', reasons: [failureOf(context, error)] };
  }
}

/** The last issued engagement of the student in one of the variants the pathway requires. */
function completingRow(batch: Batch, pathwayId: string, studentId: string): EngagementRow | undefined {
  const pathway = batch.session.installed.programme.pathways?.find((candidate) => candidate.id === pathwayId);
  return batch.sealed.rows
    .filter((row): row is EngagementRow => row !== undefined && 'engagementId' in row)
    .filter((row) => row.studentId === studentId && row.verdict.outcome === 'issued')
    .filter((row) => pathway?.requiresVariants.includes(batch.engagements.get(row.engagementId)?.variant ?? ''))
    .at(-1);
}

async function issuePathway(
  context: IssuingContext,
  batch: Batch,
  award: {
    readonly pathway: string;
    readonly record: StudentRecord;
    readonly engagement: Engagement;
    readonly completing: EngagementRow;
  },
): Promise<CredentialEntry> {
  const { installed, cohort, actor } = batch.session;
  const { engagement, completing, pathway } = award;
  const { decision, verdict } = completing;
  if (decision === null) throw new Error(`pathway ${pathway} was completed without a decision`);
  return issueCredential(context, {
    issuer: batch.issuer,
    ref: await refOf(context, award.record, { programme: installed.programme.id, pathway }),
    actor,
    award: {
      programme: installed.programme.id,
      programmeVersion: installed.programme.version,
      academicYear: cohort.academicYear,
      session: batch.sealed.entry.session,
      language: engagement.student.preferredLanguage,
      engagement: snapshotOf(engagement),
      verdict,
      decision,
      pathway,
    },
    compose: ({ credentialId, status, validFrom }): Credential =>
      composePathwayCredential({
        programme: installed.programme,
        pathway,
        student: engagement.student,
        decision,
        academicYear: cohort.academicYear,
        issuer: batch.issuer,
        credentialId,
        status,
        salts: drawSalts(context),
        hash: context.hash,
        validFrom,
      }),
  });
}

function drawSalts(context: IssuingContext): { readonly email: string; readonly name: string } {
  return { email: toHex(context.random.bytes(SALT_BYTES)), name: toHex(context.random.bytes(SALT_BYTES)) };
}

function linkOf(batch: Batch, entry: CredentialEntry): { readonly credentialId: string; readonly url: string } {
  return { credentialId: entry.credential, url: pageUrl(batch.issuer.baseUrl, entry.credential) };
}

const FAILURES: readonly RowFailure[] = [
  'credential-invalid',
  'verification-failed',
  'signer-unavailable',
  'store-unavailable',
  'issuer-key-missing',
];

function failureOf(context: IssuingContext, error: unknown): RowFailure {
  const known = error instanceof DomainError ? FAILURES.find((failure) => failure === error.code) : undefined;
  context.logger.error('row-not-issued', error);
  return known ?? 'unexpected';
}
