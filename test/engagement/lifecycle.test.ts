import { describe, expect, it } from 'vitest';
import { checkTransition, listTransitions } from '../../src/engagement/lifecycle.js';
import type { Engagement, Team } from '../../src/engagement/schema.js';
import { deepFreeze, loadSample, SAMPLE_IDS } from '../jury/samples.js';

const { programme, cohort } = loadSample('missions-professionnelles');

function member(members: Partial<Engagement>): Engagement {
  return { ...cohort.engagements[0]!, ...members };
}

const fullTeam: Team = {
  ...cohort.teams!.find(({ id }) => id === cohort.engagements[0]!.teamId)!,
  sizeAtLaunch: 4,
};

const answer = (transition: string, role: string, engagement: Engagement, team: Team | undefined = fullTeam) =>
  checkTransition({ programme, engagement, team, transition, role });

describe('the life cycle of an engagement', () => {
  it('lets the role named make a transition from the state named, when the guard holds', () => {
    const approved = member({ state: 'approved' });
    expect(answer('form-team', 'coordinator', approved)).toEqual({
      allowed: true,
      transition: 'form-team',
      to: 'team-formed',
    });
    expect(answer('start-again', 'coordinator', approved)).toMatchObject({
      allowed: false,
      code: 'transition-unknown',
    });
    expect(answer('form-team', 'coordinator', member({ state: 'proposed' }))).toMatchObject({
      code: 'transition-from-another-state',
    });
    expect(answer('form-team', 'student', approved)).toMatchObject({
      code: 'transition-by-another-role',
      findings: [],
    });
  });

  it.each([2, 3, 5, 6])('forms a team of %d only within the bounds, and names them', (sizeAtLaunch) => {
    const formed = answer('form-team', 'coordinator', member({ state: 'approved' }), { ...fullTeam, sizeAtLaunch });
    if (sizeAtLaunch === 3 || sizeAtLaunch === 5) return expect(formed.allowed).toBe(true);
    expect(formed).toMatchObject({
      allowed: false,
      code: 'transition-guarded',
      findings: [{ fact: 'team.sizeAtLaunch', found: sizeAtLaunch, needed: { is: 'between', min: 3, max: 5 } }],
    });
  });

  it('names every piece that is still missing at launch', () => {
    const launched = answer('launch', 'coordinator', member({ state: 'team-formed', evidence: [] }), {
      id: 'T',
      evidence: [],
    });
    expect(launched).toMatchObject({ allowed: false, code: 'transition-guarded' });
    expect(launched.allowed ? [] : launched.findings.map(({ fact }) => fact)).toEqual([
      'evidence.internship-agreement',
      'evidence.module',
    ]);
  });

  it('lists what a role may do next, in the order of the definition', () => {
    const next = (state: Engagement['state'], role: string) =>
      listTransitions({ programme, engagement: member({ state }), team: fullTeam, role }).map(
        ({ transition }) => transition,
      );
    expect(next('in-jury', 'jury')).toEqual(['decide-validate', 'decide-refuse', 'decide-defer']);
    expect(next('deferred', 'jury')).toEqual(['decide-validate', 'decide-refuse']);
    expect(next('in-jury', 'student')).toEqual([]);
    expect(next('proposed', 'coordinator')).toEqual(['approve', 'withdraw']);
    expect(next('recognised', 'coordinator')).toEqual([]);
  });

  it.each(SAMPLE_IDS)('answers for every transition, role and engagement of %s without changing anything', (id) => {
    const sample = deepFreeze(loadSample(id));
    for (const engagement of sample.cohort.engagements) {
      const team = sample.cohort.teams?.find((one) => one.id === engagement.teamId);
      for (const { id: transition, from, by, to } of sample.programme.lifecycle.transitions) {
        for (const state of from) {
          const input = { programme: sample.programme, engagement: { ...engagement, state }, team, role: by[0]! };
          const checked = checkTransition({ ...input, transition });
          expect(listTransitions(input)).toContainEqual(checked);
          if (checked.allowed) expect(checked.to).toBe(to);
          else expect(checked.findings.length).toBeGreaterThan(0);
        }
      }
    }
  });
});
