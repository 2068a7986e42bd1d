import type { Finding } from '../programme/finding.js';
import { caseless } from '../programme/letter-form.js';
import { builtInLabel } from '../text/reasons.js';
import type { DecisionRow } from './decision-row.js';
import type { ImportExplanation, ImportIssue, JuryDecision } from './verdict.js';

/** Whom a row is checked against; an `Engagement` has this shape. */
export interface DecidedEngagement {
  readonly id: string;
  readonly student: { readonly familyName: string; readonly givenName: string };
}

export interface MatchedDecisions {
  /** At most one per engagement, in file order. */
  readonly decisions: readonly JuryDecision[];
  /** Rows that were not accepted, in file order. */
  readonly importIssues: readonly ImportIssue[];
  /** The same rows, with the values found and needed. */
  readonly importExplanations: readonly ImportExplanation[];
}

/**
 * Matches the rows of a decision file to engagements: programme rules 3, step 1. A row with a problem is rejected
 * with the first code that applies, the rest is kept. Decisions are compared as the three exact words: « Validé » or
 * `VALIDATED` is an unknown decision, never a no. An engagement with conflicting rows has no decision at all.
 * @param engagements their ids are unique.
 */
export function matchDecisions(
  rows: readonly DecisionRow[],
  engagements: readonly DecidedEngagement[],
): MatchedDecisions {
  const known = new Map(engagements.map((engagement) => [engagement.id, engagement]));
  const accepted = new Map<string, JuryDecision>();
  const contradicted = new Set<string>();
  const importExplanations: ImportExplanation[] = [];
  for (const row of rows) {
    const settled = decisionOf(row);
    const first = accepted.get(row.engagementId);
    const problem = rowProblem(row, known) ?? (first && settled && repetition(settled, first));
    if (problem !== undefined) {
      importExplanations.push({ row: row.row, engagementId: row.engagementId, ...problem });
      if (problem.code === 'conflicting-decisions') contradicted.add(row.engagementId);
    } else if (settled !== undefined) {
      accepted.set(row.engagementId, settled);
    }
  }
  return {
    decisions: [...accepted.values()].filter(({ engagementId }) => !contradicted.has(engagementId)),
    importIssues: importExplanations.map(({ row, engagementId, code }) => ({ row, engagementId, code })),
    importExplanations,
  };
}

type Problem = Pick<ImportExplanation, 'code' | 'label' | 'findings'>;

function problem(code: ImportIssue['code'], findings: readonly Finding[]): Problem {
  return { code, label: builtInLabel(code), findings };
}

const DECISIONS = ['validated', 'refused', 'deferred'] as const;

function decisionOf(row: DecisionRow): JuryDecision | undefined {
  const decision = DECISIONS.find((word) => word === row.decision);
  if (decision === undefined) return undefined;
  const { engagementId, session, mark, credits, decidedAt, president, comment } = row;
  return { engagementId, row: row.row, session, decision, mark, credits, decidedAt, president, comment };
}

/** What is wrong with a row taken alone. */
function rowProblem(row: DecisionRow, known: ReadonlyMap<string, DecidedEngagement>): Problem | undefined {
  const engagement = known.get(row.engagementId);
  if (engagement === undefined) {
    const found = row.engagementId === '' ? null : row.engagementId;
    return problem('unknown-engagement', [{ fact: 'engagement_id', found, needed: { is: 'known-engagement' } }]);
  }
  const { familyName, givenName } = engagement.student;
  const names = [
    { fact: 'family_name', written: row.familyName, registered: familyName },
    { fact: 'given_name', written: row.givenName, registered: givenName },
  ].filter(({ written, registered }) => caseless(written) !== caseless(registered));
  if (names.length > 0) {
    return problem(
      'name-mismatch',
      names.map(({ fact, written, registered }) => ({
        fact,
        found: written === '' ? null : written,
        needed: { is: 'equal', value: registered },
      })),
    );
  }
  if (decisionOf(row) !== undefined) return undefined;
  const found = row.decision === '' ? null : row.decision;
  return problem('unknown-decision', [{ fact: 'decision', found, needed: { is: 'one-of', values: DECISIONS } }]);
}

const WORDS = {
  decision: { fr: 'décision', en: 'decision' },
  mark: { fr: 'note', en: 'mark' },
  credits: { fr: 'crédits', en: 'credits' },
} as const;

/** A later row of an engagement against its first accepted one. */
function repetition(row: JuryDecision, first: JuryDecision): Problem {
  const compared = (['decision', 'mark', 'credits'] as const).map((member): Finding => {
    const value = first[member];
    const needed: Finding['needed'] = value === undefined ? { is: 'absent' } : { is: 'equal', value };
    const subject = {
      fr: `${WORDS[member].fr}, face à la ligne ${first.row}`,
      en: `${WORDS[member].en}, against row ${first.row}`,
    };
    return { fact: member === 'decision' ? 'jury.decision' : member, subject, found: row[member] ?? null, needed };
  });
  const differing = compared.filter(({ found, needed }) => found !== (needed.is === 'equal' ? needed.value : null));
  return differing.length > 0
    ? problem('conflicting-decisions', differing)
    : problem('duplicate-row', [{ fact: 'rows', found: 2, needed: { is: 'at-most', value: 1 }, unit: 'row' }]);
}
