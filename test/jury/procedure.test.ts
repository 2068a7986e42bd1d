import { describe, expect, it } from 'vitest';
import { judgeEngagement } from '../../src/jury/judge.js';
import type { JuryDecision } from '../../src/jury/verdict.js';
import { indexProgramme } from '../../src/programme/rule-case.js';
import { makeEngagement, makeProgramme } from '../programme/cases.js';

const text = (en: string) => ({ fr: en, en });
const fails = { op: 'equals', fact: 'activityKey', value: 'other' };
const criterion = (code: string, onFail: string, rule: unknown = fails, more: Record<string, unknown> = {}) => ({
  code,
  label: text(code),
  onFail,
  rule,
  ...more,
});
const option = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  label: text(id),
  credits: { mode: 'none' },
  mark: 'none',
  document: 'badge',
  ...more,
});
const three = { mode: 'fixed', value: 3 };
const OPTIONS = [
  option('badge'),
  option('unit', { credits: three, mark: 'required' }),
  option('extra', { credits: { mode: 'fixed', value: 0.5 }, mark: 'optional' }),
  option('held', { credits: three, criteria: [criterion('w', 'warn'), criterion('h', 'hold')] }),
  option('barred', { credits: three, criteria: [criterion('r', 'refuse'), criterion('h', 'hold')] }),
  option('warned', { criteria: [criterion('w', 'warn')] }),
  option('tutored', { criteria: [criterion('skipped', 'refuse', fails, { when: fails })] }),
];

function judge(input: {
  readonly asked?: readonly string[];
  readonly jury?: Partial<JuryDecision> | null;
  readonly criteria?: readonly unknown[];
  readonly selection?: { readonly min: number; readonly max: number };
}) {
  const { asked = ['badge'], jury = {}, criteria = [criterion('passes', 'refuse', { op: 'not', of: fails })] } = input;
  const programme = makeProgramme({
    criteria,
    recognitionOptions: OPTIONS,
    optionSelection: input.selection ?? { min: 1, max: 4 },
  });
  const decision: JuryDecision = {
    engagementId: 'E1',
    row: 2,
    session: undefined,
    decision: 'validated',
    mark: undefined,
    credits: undefined,
    decidedAt: undefined,
    president: undefined,
    comment: undefined,
    ...jury,
  };
  return judgeEngagement(
    {
      programme: indexProgramme(programme),
      engagement: makeEngagement({ recognitionOptions: asked }),
      team: undefined,
      recognisedBefore: undefined,
    },
    jury === null ? undefined : decision,
  ).verdict;
}

describe('criteria', () => {
  it('are reported in file order, warnings apart, and a refusal outweighs a hold', () => {
    const criteria = [
      criterion('h1', 'hold'),
      criterion('w1', 'warn'),
      criterion('r1', 'refuse'),
      criterion('h2', 'hold'),
    ];
    expect(judge({ criteria })).toMatchObject({
      outcome: 'refused',
      reasons: ['h1', 'r1', 'h2'],
      warnings: ['w1', 'jury-validated-but-not-issuable'],
    });
    expect(judge({ criteria: criteria.filter(({ code }) => code !== 'r1') }).outcome).toBe('pending');
    expect(judge({ criteria: [criterion('w1', 'warn')] })).toMatchObject({ outcome: 'issued', warnings: ['w1'] });
  });

  it('are skipped when their condition is false', () => {
    expect(judge({ criteria: [criterion('r', 'refuse', fails, { when: fails })] }).outcome).toBe('issued');
  });

  it('keep options from being looked at', () => {
    expect(judge({ criteria: [criterion('h', 'hold')], asked: ['nonsense', 'barred'] }).reasons).toEqual(['h']);
  });

  it('speak of a contradiction only when the jury validated', () => {
    const criteria = [criterion('h', 'hold')];
    expect(judge({ criteria, jury: { decision: 'refused' } }).warnings).toEqual([]);
    expect(judge({ criteria, jury: null }).warnings).toEqual([]);
  });
});

describe('recognition options', () => {
  it.each([
    [[], { min: 1, max: 2 }],
    [['badge', 'warned', 'extra'], { min: 1, max: 2 }],
    [['unknown'], { min: 1, max: 2 }],
    [['badge', 'unknown'], { min: 1, max: 2 }],
    [['badge', 'badge'], { min: 1, max: 2 }],
    [['constructor'], { min: 1, max: 2 }],
  ])('asked as %j of %j are held', (asked, selection) => {
    expect(judge({ asked, selection })).toMatchObject({ outcome: 'pending', reasons: ['option-selection-invalid'] });
  });

  it('may be none where the programme allows it', () => {
    expect(judge({ asked: [], selection: { min: 0, max: 1 } })).toMatchObject({
      outcome: 'issued',
      optionsGranted: [],
      creditsEarned: null,
      mark: null,
    });
  });

  it('are granted in the order asked, with their credits added up', () => {
    expect(judge({ asked: ['extra', 'badge', 'unit'], jury: { mark: 14.5 } })).toEqual({
      engagementId: 'E1',
      outcome: 'issued',
      reasons: [],
      warnings: [],
      optionsGranted: ['extra', 'badge', 'unit'],
      creditsEarned: 3.5,
      mark: 14.5,
      competenceLevels: {},
    });
  });

  it('pass their codes on as warnings once one option is granted', () => {
    expect(judge({ asked: ['held', 'unit', 'badge', 'barred'] })).toMatchObject({
      outcome: 'issued',
      optionsGranted: ['badge'],
      creditsEarned: null,
      warnings: ['held:w', 'held:h', 'unit:mark-missing', 'barred:r', 'barred:h'],
    });
  });

  it('give all their codes as reasons when none is granted, each with its own severity', () => {
    expect(judge({ asked: ['held', 'unit'] })).toMatchObject({
      outcome: 'pending',
      reasons: ['held:h', 'unit:mark-missing'],
      warnings: ['held:w', 'jury-validated-but-not-issuable'],
      optionsGranted: [],
    });
    expect(judge({ asked: ['held', 'barred'] })).toMatchObject({
      outcome: 'refused',
      reasons: ['held:h', 'barred:r', 'barred:h'],
    });
  });

  it('are granted when nothing but warnings failed, or a criterion does not apply', () => {
    expect(judge({ asked: ['warned', 'tutored'] })).toMatchObject({
      outcome: 'issued',
      warnings: ['warned:w'],
      optionsGranted: ['warned', 'tutored'],
    });
  });
});

describe('marks and credits', () => {
  it('need a mark where one is required, and 0 is one', () => {
    expect(judge({ asked: ['unit'] })).toMatchObject({
      outcome: 'pending',
      reasons: ['unit:mark-missing'],
      mark: null,
    });
    expect(judge({ asked: ['unit'], jury: { mark: 0 } })).toMatchObject({ outcome: 'issued', mark: 0 });
  });

  it('drop a mark that no granted option takes, and say so', () => {
    expect(judge({ asked: ['badge'], jury: { mark: 15 } })).toMatchObject({ warnings: ['mark-ignored'], mark: null });
    expect(judge({ asked: ['badge', 'extra'], jury: { mark: 15 } })).toMatchObject({ warnings: [], mark: 15 });
    expect(judge({ asked: ['badge', 'held'], jury: { mark: 15 } }).warnings).toEqual([
      'held:w',
      'held:h',
      'mark-ignored',
    ]);
  });

  it.each([
    [['unit'], 3, 'issued'],
    [['unit'], undefined, 'issued'],
    [['unit'], 2.5, 'pending'],
    [['unit'], 0, 'pending'],
    [['unit', 'extra'], 3.5, 'issued'],
    [['unit', 'barred'], 6, 'pending'],
    [['unit', 'barred'], 3, 'issued'],
    [['badge'], 0, 'issued'],
    [['badge'], 3, 'pending'],
  ])('%j with %j credits by the jury is %s', (asked, credits, outcome) => {
    const verdict = judge({ asked, jury: { credits, mark: 12 } });
    expect(verdict.outcome).toBe(outcome);
    expect(verdict.reasons).toEqual(outcome === 'issued' ? [] : ['credits-mismatch']);
    if (outcome === 'pending') {
      expect(verdict).toMatchObject({ optionsGranted: [], creditsEarned: null, mark: null, competenceLevels: {} });
      expect(verdict.warnings.at(-1)).toBe('jury-validated-but-not-issuable');
    }
  });

  it('are not compared when no option was granted', () => {
    expect(judge({ asked: ['barred'], jury: { credits: 99 } }).reasons).toEqual(['barred:r', 'barred:h']);
  });
});
