import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyBadge } from '../../src/issuing/badges.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';

const CHILD = fileURLToPath(new URL('../support/reissue-child.mjs', import.meta.url));

/** Runs the child until it kills itself. @returns the newest version it acknowledged, by credential. */
function reissueUntil(folder: string, credentials: readonly string[], step: string, count: number) {
  const child = spawnSync(process.execPath, [CHILD, folder, step, String(count), ...credentials], { encoding: 'utf8' });
  expect(child.signal, child.stderr).toBe('SIGKILL');
  const lines = child.stdout.split('\n').map((line) => line.split(' '));
  return new Map(lines.flatMap(([id, version]) => (version === undefined ? [] : [[id, Number(version)] as const])));
}

describe('D1 D2 kill -9 while issuing anew', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => removeFolder(folder));

  it.each([
    ['composed', 2],
    ['reserved', 1],
    ['signed', 3],
    ['verified', 5],
    ['issued', 6],
  ])('at %s (time %i) loses no version, leaves none half way and takes no new status index', async (step, count) => {
    const before = await openTestHouse(folder);
    const { rows, issuer } = await issueSample(before, 'ecstra');
    const credentials = rows.flatMap(({ credentialId }) => credentialId ?? []);
    await before.close();

    const acknowledged = reissueUntil(folder, credentials, step, count);
    const house = await openTestHouse(folder);
    const { ledger } = house.issuing.store;
    for (const id of credentials) {
      const { state, versions } = ensureDefined(await ledger.credential(id));
      expect(state).toBe('active');
      expect(versions.every((version) => version.state === 'issued')).toBe(true);
      expect(versions.length).toBeGreaterThanOrEqual(acknowledged.get(id) ?? 1);
      expect((await verifyBadge(house.issuing, id))?.outcome).toBe('valid');
    }
    expect((await ledger.lists(issuer)).map(({ used }) => used)).toEqual([credentials.length]);
    expect(await ledger.check()).toMatchObject({ ok: true, problems: [] });
    await house.close();
  });
});
