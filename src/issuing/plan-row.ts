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
import { attempt, type Outcome } from './outcome.js';
import type { IssueRequest } from './reserve-credentials.js';
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

/** A judged row on its way: settled already, or asking for a credential that then settles it. */
export type PlannedRow =
  | { readonly kind: 'settled'; readonly row: BatchRow | PathwayRow }
  | {
      readonly kind: 'award';
      readonly request: IssueRequest;
      /** The row, once it is known what became of the request. */
      readonly settle: (outcome: Outcome<CredentialEntry>) => BatchRow | PathwayRow;
    };

/**
 * What a judged row asks for. Undefined for a student who was erased since.
 * @throws {StoreUnavailableError} {@link StoreDamagedError} only when the student's own record cannot be read.
 */
export async function planRow(context: IssuingContext, batch: Batch, row: JudgedRow): Promise<PlannedRow | undefined> {
  const record = await findStudent(context, batch.issuer.slug, row.studentId);
  if (record === undefined) return undefined;
  if ('pathway' in row)
    return planAward(pathwayRequest(context, batch, { row, record }), pathwaySettler(context, batch, row));
  const settle = engagementSettler(context, batch, row);
  if (row.verdict.outcome !== 'issued') return { kind: 'settled', row: settle(undefined) };
  return planAward(engagementRequest(context, batch, { row, record }), settle);
}

/** A request that cannot even be made is a failure of its row. */
async function planAward(
  request: Promise<IssueRequest>,
  settle: (outcome: Outcome<CredentialEntry>) => BatchRow | PathwayRow,
): Promise<PlannedRow> {
  const made = await attempt(() => request);
  return made.ok ? { kind: 'award', request: made.value, settle } : { kind: 'settled', row: settle(made) };
}

function engagementSettler(context: IssuingContext, batch: Batch, { verdict, messages }: EngagementRow) {
  const { engagementId, outcome, reasons, warnings } = verdict;
  return (issued: Outcome<CredentialEntry> | undefined): BatchRow => {
    if (issued?.ok === false) {
      return { engagementId, outcome: 'failed', reasons: [failureOf(context, issued.error)], warnings, messages };
    }
    const link = issued === undefined ? {} : linkOf(batch, issued.value);
    return { engagementId, outcome, reasons, warnings, messages, ...link };
  };
}

function pathwaySettler(context: IssuingContext, batch: Batch, { pathway, studentId }: AwardedPathway) {
  return (issued: Outcome<CredentialEntry>): PathwayRow =>
    issued.ok
      ? { pathway, studentId, outcome: 'issued', reasons: [], ...linkOf(batch, issued.value) }
      : { pathway, studentId, outcome: 'failed', reasons: [failureOf(context, issued.error)] };
}

async function engagementRequest(
  context: IssuingContext,
  batch: Batch,
  { row, record }: { readonly row: EngagementRow; readonly record: StudentRecord },
): Promise<IssueRequest> {
  const { programme } = batch.session.installed;
  const { decision, verdict, confirmedBy } = row;
  const engagement = batch.engagements.get(row.engagementId);
  if (engagement === undefined || decision === null) {
    throw new Error(`row ${row.engagementId} was issued without a dossier or a decision`);
  }
  const team = engagement.teamId ? batch.teams.get(engagement.teamId) : undefined;
  return requestOf(context, batch, {
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

async function pathwayRequest(
  context: IssuingContext,
  batch: Batch,
  { row, record }: { readonly row: AwardedPathway; readonly record: StudentRecord },
): Promise<IssueRequest> {
  const { programme } = batch.session.installed;
  const { pathway } = row;
  const completing = completingRow(batch, row);
  const engagement = completing === undefined ? undefined : batch.engagements.get(completing.engagementId);
  if (engagement === undefined || completing?.decision == null) {
    throw new Error(`pathway ${pathway} was awarded without the engagement that completes it`);
  }
  const { decision, verdict } = completing;
  return requestOf(context, batch, {
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

async function requestOf(
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
): Promise<IssueRequest> {
  const { installed, cohort, actor } = batch.session;
  const { programme } = installed;
  const { academicYear } = cohort;
  const { engagement, team, ...settled } = award.settled;
  return {
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
  };
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
