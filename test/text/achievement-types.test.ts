import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { achievementTypeName } from '../../src/text/achievement-types.js';

it('every kind of achievement of the official schema has a name in both languages', async () => {
  const schema = JSON.parse(await readFile('src/verification/schema/achievement-credential.json', 'utf8'));
  const types: string[] = schema.$defs.Achievement.properties.achievementType.oneOf[0].enum;
  expect(types.length).toBeGreaterThan(25);
  for (const type of types) {
    const name = achievementTypeName(type);
    expect(name?.fr, type).toMatch(/^\p{Ll}/u);
    expect(name?.en, type).toMatch(/^\p{Ll}/u);
  }
});

it('a kind of an extension has no name of ours', () => {
  expect(achievementTypeName('ext:Tournament')).toBeUndefined();
});
