import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Credential, composeCredential, composePathwayCredential } from '../../src/credential/compose.js';
import { canonicalInSafeMode, crossReferenceMistakes, emptyMembers, schemaMistakes } from './official.js';
import { inputFor, issuedInputs, loadSample } from './sample-awards.js';

const GOLDEN = ['MP-E03', 'EC-E06', 'PP-E04', 'MI-E01', 'ES-E04'] as const;

/** The badge written down earlier. After a wanted change: `UPDATE_GOLDEN=1 npx vitest run test/credential`, then format. */
function golden(name: string, credential: Credential): unknown {
  const file = new URL(`golden/${name}.json`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, JSON.stringify(credential, null, 2));
  return JSON.parse(readFileSync(file, 'utf8'));
}

describe('every badge of the sample cohorts', () => {
  const inputs = issuedInputs();

  it('covers the 28 issued verdicts', () => {
    expect(inputs).toHaveLength(28);
  });

  it.each(inputs)('%s passes the official schema, safe mode and cross references', async (_id, input) => {
    const credential = composeCredential(input);
    expect(schemaMistakes(credential)).toEqual([]);
    expect(crossReferenceMistakes(credential)).toEqual([]);
    expect(emptyMembers(credential)).toEqual([]);
    await expect(canonicalInSafeMode(credential)).resolves.toContain('OpenBadgeCredential');
  });

  it.each(inputs)('%s states credits, levels and mark as its verdict does, and nothing more', (_id, input) => {
    const { credentialSubject: subject } = composeCredential(input);
    const { verdict } = input;
    expect(subject.creditsEarned ?? null).toBe(verdict.creditsEarned);
    const levels = (subject.result ?? []).flatMap(({ achievedLevel }) =>
      achievedLevel === undefined ? [] : [achievedLevel.split('#competence/')[1]],
    );
    expect(new Set(levels)).toEqual(
      new Set(Object.entries(verdict.competenceLevels).map(([competence, level]) => `${competence}/${level}`)),
    );
    expect(JSON.stringify(subject)).not.toContain('#result/mark');
  });

  it.each(GOLDEN)('%s reads as its golden file', (engagementId) => {
    const entry = inputs.find(([id]) => id === engagementId);
    if (entry === undefined) throw new Error(`no ${engagementId}`);
    const credential = composeCredential(entry[1]);
    const programme = entry[1].programme.id;
    expect(credential).toEqual(golden(programme, credential));
  });
});

describe('a pathway award', () => {
  const sample = loadSample('projet-pro');
  const input = inputFor(sample, 'PP-E07');
  const { engagement, verdict: _verdict, team: _team, ...award } = input;
  const credential = composePathwayCredential({
    ...award,
    pathway: 'biomedical-three-years',
    student: engagement.student,
  });

  it('is the one the sample expects', () => {
    expect(sample.pathwayAwards).toEqual([{ pathway: 'biomedical-three-years', studentId: engagement.student.id }]);
  });

  it('passes the official schema and safe mode', async () => {
    expect(schemaMistakes(credential)).toEqual([]);
    expect(emptyMembers(credential)).toEqual([]);
    await expect(canonicalInSafeMode(credential)).resolves.toContain('LearningProgram');
  });

  it('has an achievement of its own that names the variants it requires', () => {
    const { achievement } = credential.credentialSubject;
    expect(achievement.id).toBe('https://badges.example.org/achievements/projet-pro/2021-2022/biomedical-three-years');
    expect(achievement.related?.map(({ id }) => id.split('/').at(-1))).toEqual([
      'biomedical-ba1',
      'biomedical-ba2',
      'biomedical-ba3',
    ]);
    expect(achievement.criteria.narrative).toContain('Sciences biomédicales, BA2');
    expect(credential).toEqual(golden('projet-pro-pathway', credential));
  });

  it('carries no credits and no results: those stand in the badges of its steps', () => {
    expect(credential.credentialSubject).not.toHaveProperty('creditsEarned');
    expect(credential.credentialSubject).not.toHaveProperty('result');
    expect(credential).not.toHaveProperty('evidence');
  });

  it('refuses a pathway the programme does not have', () => {
    expect(() => composePathwayCredential({ ...award, pathway: 'four-years', student: engagement.student })).toThrow(
      expect.objectContaining({ code: 'unknown-variant' }),
    );
  });
});
