import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { findBadge, verifyBadge } from '../../src/issuing/badges.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { SignerError } from '../../src/ports/signer.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { issueSecondCohort } from '../support/second-cohort.js';

/** K3: a house opened with another passphrase than the one its keys were encrypted with. */
describe('a house whose keys do not open', () => {
  let folder: string;
  let house: House;
  const ids: string[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    const before = await openTestHouse(folder, { SCEAU_KEY_PASSPHRASE: 'la bonne' });
    for (const { credentialId } of (await issueSample(before, 'projet-pro')).rows) {
      if (credentialId !== undefined) ids.push(credentialId);
    }
    await before.close();
    house = await openTestHouse(folder, { SCEAU_KEY_PASSPHRASE: 'une autre' });
  });
  afterAll(async () => {
    await house.close();
    await removeFolder(folder);
  });

  it('verifies its badges all the same, with the list it signed last', async () => {
    const report = ensureDefined(await verifyBadge(house.issuing, ensureDefined(ids[0])));
    expect(report.outcome).toBe('valid');
    expect(report.warnings).toEqual([]);
  });

  it('still revokes, and says so at once', async () => {
    const id = ensureDefined(ids[1]);
    await changeStatus(house.issuing, { credential: id, change: 'revoked', reason: 'erreur', actor: 'test' });
    expect(await verifyBadge(house.issuing, id)).toMatchObject({
      outcome: 'invalid',
      credential: { status: 'revoked' },
    });
  });

  it('publishes no list it cannot sign', async () => {
    const { document } = ensureDefined(await findBadge(house.issuing, ensureDefined(ids[0])));
    const url = (document['credentialStatus'] as { statusListCredential: string }).statusListCredential;
    await expect(house.issuing.statusLists.publish(url.slice(-26))).rejects.toThrow(SignerError);
    const report = ensureDefined(await verifyBadge(house.issuing, ensureDefined(ids[0])));
    expect(report.outcome).toBe('valid');
    expect(report.warnings.map(({ code }) => code)).toEqual(['status-not-retrieved']);
  });

  it('issues nothing, and names the reason at each row', async () => {
    const result = await issueSecondCohort(house);
    const failed = result.rows.filter(({ outcome }) => outcome === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    expect(new Set(failed.flatMap(({ reasons }) => reasons))).toEqual(new Set(['signer-unavailable']));
    expect(result.counts.issued).toBe(0);
  });
});
