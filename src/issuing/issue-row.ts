import { type Credential, composeCredential, composePathwayCredential } from '../credential/compose.js';
import type { Issuer } from '../credential/issuer.js';
import { pageUrl } from '../credential/urls.js';
import type { Engagement, Team } from '../engagement/schema.js';
import type { JuryDecision, Verdict } from '../jury/verdict.js';
import { DomainError } from '../ports/error.js';
import type { CredentialEntry } from '../ports/ledger.js';
import { snapshotOf, snapshotOfTeam } from './award.js';
import type { BatchRow, PathwayRow, RowFailure } from './batch-rows.js';
import type { IssuingContext } from './context.js';
import { toHex } from './digest.js';
import { type IssueRequest, issueCredential } from './issue-credential.js';
import type { JudgedRow, JurySession, SealedSession } from './seal-session.js';
import { findStudent, type RefSubject, refOf, type StudentRecord } from './students.js';

const SALT_BYTES = 16;

type EngagementRow = Extract<JudgedRow, { readonly engagementId: string }>;
type AwardedPathway = Extract<JudgedRow, { readonly pathway: string }>;

/** A sealed session and what its rows are issued from. */
export interface Batch {
  readonly session: JurySession;
  readonly sealed: SealedSession;
  readonly issuer: Issuer;
  readonly engagements: ReadonlyMap<string, Engagement>;
  readonly teams: ReadonlyMap<string, Team>;
}

/**
 * Issues one judged row, or says why not. Undefined for a student who was erased since.
 * @throws {StoreUnavailableError} {@link StoreDamagedError} only when the student's own record cannot be read.
 */
export async function issueRow(
  context: IssuingContext,
  batch: Batch,
  row: JudgedRow,
): Promise<BatchRow | PathwayRow | undefined> {
  const record = await findStudent(context, batch.issuer.slug, row.studentId);
  if (record === undefined) return undefined;
  if ('pathway' in row) return issuePathwayRow(context, batch, { row, record });
  const { engagementId, outcome, reasons, warnings } = row.verdict;
  const { messages } = row;
  if (outcome !== 'issued') return { engagementId, outcome, reasons, warnings, messages };
  try {
    const entry = await issueEngagement(context, batch, { row, record });
    return { engagementId, outcome, reasons, warnings, messages, ...linkOf(batch, entry) };
  } catch (error) {
    return { engagementId, outcome: 'failed', reasons: [failureOf(context, error)], warnings, messages };
  }
}

async function issuePathwayRow(
  context: IssuingContext,
  batch: Batch,
  { row, record }: { readonly row: AwardedPathway; readonly record: StudentRecord },
): Promise<PathwayRow> {
  const { pathway, studentId } = row;
  try {
    const entry = await issuePathway(context, batch, { row, record });
    return { pathway, studentId, outcome: 'issued', reasons: [], ...linkOf(batch, entry) };
  } catch (error) {
    return { pathway, studentId, outcome: 'failed', reasons: [failureOf(context, error)] };
  }
}

async function issueEngagement(
  context: IssuingContext,
  batch: Batch,
  { row, record }: { readonly row: EngagementRow; readonly record: StudentRecord },
): Promise<CredentialEntry> {
  const { programme } = batch.session.installed;
  const { decision, verdict, confirmedBy } = row;
  const engagement = batch.engagements.get(row.engagementId);
  if (engagement === undefined || decision === null) {
    throw new Error(`row ${row.engagementId} was issued without a dossier or a decision`);
  }
  const team = engagement.teamId ? batch.teams.get(engagement.teamId) : undefined;
  return issueAward(context, batch, {
    record,
    subject: { programme: programme.id, engagementId: engagement.id },
    settled: { engagement, decision, verdict, ...(team === undefined ? {} : { team }) },
    compose: (drawn) =>
      composeCredential({
        ...drawn,
        engagement,
        ...(team === undefined ? {} : { team }),
        verdict,
        confirmedBy,
        decision,
      }),
  });
}

async function issuePathway(
  context: IssuingContext,
  batch: Batch,
  { row, record }: { readonly row: AwardedPathway; readonly record: StudentRecord },
): Promise<CredentialEntry> {
  const { programme } = batch.session.installed;
  const { pathway } = row;
  const completing = completingRow(batch, row);
  const engagement = completing === undefined ? undefined : batch.engagements.get(completing.engagementId);
  if (engagement === undefined || completing?.decision == null) {
    throw new Error(`pathway ${pathway} was awarded without the engagement that completes it`);
  }
  const { decision, verdict } = completing;
  return issueAward(context, batch, {
    record,
    subject: { programme: programme.id, pathway },
    settled: { engagement, decision, verdict, pathway },
    compose: (drawn) => composePathwayCredential({ ...drawn, pathway, student: engagement.student, decision }),
  });
}

/** The last issued engagement of the student in one of the variants the pathway requires. */
function completingRow(batch: Batch, { pathway: id, studentId }: AwardedPathway): EngagementRow | undefined {
  const pathway = batch.session.installed.programme.pathways?.find((candidate) => candidate.id === id);
  return batch.sealed.rows
    .filter((row): row is EngagementRow => row !== undefined && 'engagementId' in row)
    .filter((row) => row.studentId === studentId && row.verdict.outcome === 'issued')
    .filter((row) => pathway?.requiresVariants.includes(batch.engagements.get(row.engagementId)?.variant ?? ''))
    .at(-1);
}

/** What every credential of a batch is composed from, and what is drawn for this one. */
type Drawn = Parameters<IssueRequest['compose']>[0] & {
  readonly programme: JurySession['installed']['programme'];
  readonly academicYear: string;
  readonly issuer: Issuer;
  readonly hash: IssuingContext['hash'];
  readonly salts: { readonly email: string; readonly name: string };
};

async function issueAward(
  context: IssuingContext,
  batch: Batch,
  award: {
    readonly record: StudentRecord;
    readonly subject: RefSubject;
    readonly settled: {
      readonly engagement: Engagement;
      readonly team?: Team;
      readonly decision: JuryDecision;
      readonly verdict: Verdict;
      readonly pathway?: string;
    };
    readonly compose: (drawn: Drawn) => Credential;
  },
): Promise<CredentialEntry> {
  const { installed, cohort, actor } = batch.session;
  const { programme } = installed;
  const { academicYear } = cohort;
  const { engagement, team, ...settled } = award.settled;
  return issueCredential(context, {
    issuer: batch.issuer,
    ref: await refOf(context, award.record, award.subject),
    actor,
    basis: {
      award: {
        programme: programme.id,
        programmeVersion: programme.version,
        academicYear,
        session: batch.sealed.entry.session,
        language: engagement.student.preferredLanguage,
        engagement: snapshotOf(engagement),
        ...(team === undefined ? {} : { team: snapshotOfTeam(team) }),
        ...settled,
      },
    },
    compose: (drawn) =>
      award.compose({
        ...drawn,
        programme,
        academicYear,
        issuer: batch.issuer,
        hash: context.hash,
        salts: { email: drawSalt(context), name: drawSalt(context) },
      }),
  });
}

function drawSalt(context: IssuingContext): string {
  return toHex(context.random.bytes(SALT_BYTES));
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
  'clock-behind',
  'halted',
];

function failureOf(context: IssuingContext, error: unknown): RowFailure {
  const known = error instanceof DomainError ? FAILURES.find((failure) => failure === error.code) : undefined;
  context.logger.error('row-not-issued', error);
  return known ?? 'unexpected';
}
