import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ISSUING_STEPS } from '../../src/issuing/context.js';
import { runChild, troublesAfterCrash } from '../support/crash-cycle.js';
import { removeFolder, temporaryFolder } from '../support/house.js';

describe('D1 D2 kill -9 while issuing', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => removeFolder(folder));

  it.each(ISSUING_STEPS)('at step %s loses nothing, doubles nothing, reuses no index', async (step) => {
    const run = await runChild(folder, 'projet-pro', { step, count: 1 });
    expect(run.signal, run.stderr).toBe('SIGKILL');
    expect(await troublesAfterCrash(folder, 'projet-pro', run.acknowledged)).toEqual([]);
  });

  it.each(['reserved', 'signed', 'verified', 'issued'])(
    'at the third %s, with others under way, neither',
    async (step) => {
      const run = await runChild(folder, 'ecstra', { step, count: 3 });
      expect(run.signal, run.stderr).toBe('SIGKILL');
      expect(await troublesAfterCrash(folder, 'ecstra', run.acknowledged)).toEqual([]);
    },
  );

  it('at random moments, again and again over one store, neither', async () => {
    const acknowledged = new Map<string, string>();
    for (let cycle = 0; cycle < 10; cycle += 1) {
      const run = await runChild(folder, 'engagement-citoyen', { killAfter: Math.random() * 600 });
      for (const [engagement, credential] of run.acknowledged) {
        expect(acknowledged.get(engagement) ?? credential).toBe(credential);
        acknowledged.set(engagement, credential);
      }
    }
    expect(await troublesAfterCrash(folder, 'engagement-citoyen', acknowledged)).toEqual([]);
  }, 120_000);
});
