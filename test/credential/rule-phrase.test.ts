import { describe, expect, it } from 'vitest';
import { ruleForVariant } from '../../src/credential/rule-for-variant.js';
import { describeRule } from '../../src/credential/rule-phrase.js';
import { type Rule, zRule } from '../../src/programme/rule.js';
import { indexProgramme } from '../../src/programme/rule-case.js';
import { loadSample } from './sample-awards.js';

const mp = indexProgramme(loadSample('missions-professionnelles').programme);
const ec = indexProgramme(loadSample('ecstra').programme);
const pp = indexProgramme(loadSample('projet-pro').programme);

function phrase(rule: object, programme = mp, variantId?: string): string {
  return describeRule(zRule.parse(rule), { programme, variantId, language: 'en' });
}

describe('a rule in words', () => {
  it.each<[Rule, string]>([
    [{ op: 'evidence', kind: 'module' }, "Project management module '3-5 From the team to the project' (Moodle)"],
    [{ op: 'evidence', kind: 'team-report', min: 2 }, 'Collective report (at least 2)'],
    [
      { op: 'range', fact: 'measures.certifiedHours', max: { param: 'hoursMax' } },
      'Certified hours: at most 100\u00a0h',
    ],
    [{ op: 'range', fact: 'evidence.team-report.pages', min: 15 }, 'Collective report (pages): at least 15'],
    [{ op: 'range', fact: 'measures.certifiedHours', min: { param: 'none' } }, 'Certified hours'],
    [{ op: 'equals', fact: 'team.route', value: 'call' }, 'route: call'],
    [
      { op: 'contains', fact: 'evidence.team-report.sections', values: ['a', 'b'] },
      'Collective report (sections): includes a, b',
    ],
    [{ op: 'present', fact: 'context' }, 'context (given)'],
    [{ op: 'actor', role: 'faculty-tutor' }, 'Faculty tutor'],
    [
      { op: 'deadline', fact: 'evidence.team-report.submittedAt', by: '2026-06-01' },
      'Collective report (submittedAt) by 1 June 2026',
    ],
    [{ op: 'duration', from: 'startDate', to: 'endDate', minMonths: 4 }, 'lasting at least 4 months'],
    [{ op: 'before', first: 'startDate', second: 'endDate' }, 'startDate before endDate'],
    [{ op: 'competenceLevel', competence: 'project-management', minLevel: 2 }, 'Team project management, level 2'],
    [{ op: 'competenceLevel', minLevel: 2, minCount: 3 }, 'level 2 in at least 3 of the competences'],
    [
      { op: 'not', of: { op: 'evidence', kind: 'module' } },
      "without: Project management module '3-5 From the team to the project' (Moodle)",
    ],
    [{ op: 'targetsReached' }, 'targeted levels reached'],
    [{ op: 'notAlreadyRecognised' }, 'activity not recognised before'],
    [{ op: 'juryDecision', in: ['validated'] }, 'decision of the jury'],
    [{ op: 'assessorsIndependent' }, 'assessors other than the person assessed'],
  ])('%j', (rule, words) => {
    expect(phrase(rule)).toBe(words);
  });

  it('puts a rule of several parts inside another in brackets', () => {
    const [one, two] = [
      { op: 'actor', role: 'jury' },
      { op: 'actor', role: 'contractor' },
    ];
    expect(phrase({ op: 'any', of: [one, { op: 'all', of: [one, two] }] })).toBe(
      'one of these: Jury; (Jury and Contractor)',
    );
    expect(phrase({ op: 'all', of: [{ op: 'any', of: [one, two] }, one] })).toBe('(Jury or Contractor); Jury');
    expect(phrase({ op: 'atLeast', n: 1, of: [one, two] })).toBe('at least 1 of: Jury; Contractor');
  });

  it('names forms, variants and the variant’s own parameters', () => {
    expect(phrase({ op: 'assessment', form: 'overall', role: 'peer' }, ec)).toBe('Overall action assessment by: Peer');
    expect(phrase({ op: 'oneOf', fact: 'variant', values: ['mentoring'] }, pp)).toBe('variant: Mentoring');
    const attended = { op: 'range', fact: 'measures.sessionsAttended', min: { param: 'minSessions' } };
    expect(phrase(attended, pp, 'architecture-m2')).toBe('Sessions attended: at least 7\u00a0sessions');
    expect(phrase(attended, pp, 'mentoring')).toBe('Sessions attended');
  });

  it('speaks of one variant only where one is meant', () => {
    const [interview, mentor] = [
      { op: 'evidence', kind: 'interview' },
      { op: 'actor', role: 'mentor' },
    ];
    const mentoring = { op: 'equals', fact: 'variant', value: 'mentoring' };
    const rule = { op: 'any', of: [interview, { op: 'all', of: [mentoring, mentor] }] };
    const left = (asked: object, variantId?: string) =>
      ruleForVariant(zRule.parse(asked), { programme: pp, variantId });
    expect(left(rule)).toEqual(rule);
    expect(left(rule, 'architecture-m2')).toEqual(interview);
    expect(left(rule, 'mentoring')).toEqual({ op: 'any', of: [interview, mentor] });
    expect(left({ op: 'not', of: mentoring }, 'mentoring')).toEqual({ op: 'not', of: mentoring });
    expect(left({ op: 'all', of: [{ op: 'not', of: mentoring }, mentor] }, 'biomedical-ba1')).toEqual(mentor);
    const bachelors = { op: 'oneOf', fact: 'variant', values: ['biomedical-ba1', 'biomedical-ba2'] };
    expect(left({ op: 'all', of: [bachelors, mentor, interview] }, 'biomedical-ba2')).toEqual({
      op: 'all',
      of: [mentor, interview],
    });
    expect(left({ op: 'any', of: [bachelors, mentor] }, 'biomedical-ba2')).toEqual({
      op: 'any',
      of: [bachelors, mentor],
    });
  });
});
