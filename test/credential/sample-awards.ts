import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { CredentialInput } from '../../src/credential/compose.js';
import { type Issuer, issuerDid, issuerSlug, zIssuer } from '../../src/credential/issuer.js';
import { type Cohort, zCohort } from '../../src/engagement/schema.js';
import { evaluateProgramme } from '../../src/jury/evaluate.js';
import type { JuryDecision, Verdict } from '../../src/jury/verdict.js';
import { type Programme, zProgramme } from '../../src/programme/schema.js';
import { parseInstant } from '../../src/text/instant.js';
import { decisionsOf } from '../support/decisions.js';

export const SAMPLES = [
  'missions-professionnelles',
  'ecstra',
  'projet-pro',
  'mission-industrielle',
  'engagement-citoyen',
] as const;

export const BASE_URL = 'https://badges.example.org';
export const VALID_FROM = parseInstant('2026-11-22T10:00:00Z') ?? 0;
export const SALTS = { email: '0123456789abcdef0123456789abcdef', name: 'fedcba9876543210fedcba9876543210' };
export const hash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** One sample cohort with its published verdicts and the decisions of its file. */
export interface Sample {
  readonly programme: Programme;
  readonly cohort: Cohort;
  readonly verdicts: readonly Verdict[];
  readonly pathwayAwards: readonly { readonly pathway: string; readonly studentId: string }[];
  readonly decisions: ReadonlyMap<string, JuryDecision>;
  /** Roles that confirmed each level, by engagement. */
  readonly confirmedBy: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;
  readonly issuer: Issuer;
}

function read(sample: string, file: string): string {
  return readFileSync(new URL(`../../programmes/${sample}/${file}`, import.meta.url), 'utf8');
}

export function issuerOf(programme: Programme): Issuer {
  const { name, country, url } = programme.institution;
  const slug = issuerSlug(name);
  const did = issuerDid({ slug, baseUrl: BASE_URL, isDefault: false });
  return zIssuer.parse({ slug, did, baseUrl: BASE_URL, name, country, url, isDefault: false });
}

export function loadSample(sample: string): Sample {
  const programme = zProgramme.parse(JSON.parse(read(sample, 'programme.json')));
  const cohort = zCohort.parse(JSON.parse(read(sample, 'engagements.json')));
  const expected = JSON.parse(read(sample, 'expected.json')) as {
    results: Verdict[];
    pathwayAwards?: { pathway: string; studentId: string }[];
  };
  const decisions = decisionsOf(sample);
  const { levels } = evaluateProgramme({
    programme,
    cohort,
    decisions: { decisions: [...decisions.values()], importIssues: [] },
  });
  return {
    programme,
    cohort,
    confirmedBy: new Map([...levels].map(([id, { confirmedBy }]) => [id, confirmedBy])),
    verdicts: expected.results,
    pathwayAwards: expected.pathwayAwards ?? [],
    decisions,
    issuer: issuerOf(programme),
  };
}

/** What `composeCredential` is given for one engagement of a sample; ids are fixed. */
export function inputFor(sample: Sample, engagementId: string): CredentialInput {
  const engagement = sample.cohort.engagements.find(({ id }) => id === engagementId);
  const verdict = sample.verdicts.find((candidate) => candidate.engagementId === engagementId);
  const decision = sample.decisions.get(engagementId);
  if (engagement === undefined || verdict === undefined || decision === undefined) {
    throw new Error(`no sample ${engagementId}`);
  }
  const team = sample.cohort.teams?.find(({ id }) => id === engagement.teamId);
  return {
    programme: sample.programme,
    engagement,
    ...(team === undefined ? {} : { team }),
    verdict,
    confirmedBy: sample.confirmedBy.get(engagementId) ?? {},
    decision,
    academicYear: sample.cohort.academicYear,
    issuer: sample.issuer,
    credentialId: '0123456789abcdefghjkmnpqrs',
    status: { list: 'zyxwvtsrqpnmkjhgfedcba9876', index: 94_567 },
    salts: SALTS,
    hash,
    validFrom: VALID_FROM,
  };
}

/** Every issued verdict of the five samples, as inputs. */
export function issuedInputs(): (readonly [engagementId: string, input: CredentialInput])[] {
  return SAMPLES.flatMap((name) => {
    const sample = loadSample(name);
    return sample.verdicts
      .filter(({ outcome }) => outcome === 'issued')
      .map(({ engagementId }) => [engagementId, inputFor(sample, engagementId)] as const);
  });
}
