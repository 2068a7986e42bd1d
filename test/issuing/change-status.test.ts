import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { verifyBadge } from '../../src/issuing/badges.js';
import { CredentialNotFoundError, changeStatus, StatusChangeError } from '../../src/issuing/change-status.js';
import { getBit } from '../../src/status/bitstring.js';
import { decodeStatusList } from '../../src/status/encoded-list.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';

describe('changing the status of a badge', () => {
  let folder: string;
  let house: House;
  let credential: string;
  let issuer: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    house = await openTestHouse(folder);
    const result = await issueSample(house, 'ecstra');
    credential = ensureDefined(result.rows[0]?.credentialId);
    issuer = result.issuer;
  });
  afterEach(async () => {
    await house.close();
    await removeFolder(folder);
  });

  const change = (word: 'revoked' | 'suspended' | 'reinstated') =>
    changeStatus(house.issuing, { credential, change: word, reason: 'test', actor: 'test' });
  const shown = async () => {
    const report = ensureDefined(await verifyBadge(house.issuing, credential));
    return [report.outcome, report.credential?.status];
  };
  const bits = async () => {
    const [list] = await house.issuing.store.ledger.lists(issuer);
    const published = ensureDefined(await house.issuing.statusLists.publish(ensureDefined(list).list));
    const { encodedList } = published.credential['credentialSubject'] as { encodedList: string };
    const decoded = await decodeStatusList(encodedList, house.issuing.crypto);
    if (!decoded.ok) throw new Error(decoded.reason);
    return { bits: decoded.bits, etag: published.etag };
  };
  const index = async () => {
    const entry = ensureDefined(await house.issuing.store.ledger.credential(credential));
    return ensureDefined(entry.versions[0]).index;
  };

  it('shows a revocation at once, on the report and in the list, for good', async () => {
    expect(await shown()).toEqual(['valid', 'active']);
    const before = await bits();
    expect(getBit(before.bits, await index())).toBe(false);
    expect((await change('revoked')).changed).toBe(true);
    expect(await shown()).toEqual(['invalid', 'revoked']);
    const after = await bits();
    expect(getBit(after.bits, await index())).toBe(true);
    expect(after.etag).not.toBe(before.etag);
    expect((await change('revoked')).changed).toBe(false);
    await expect(change('reinstated')).rejects.toThrow(StatusChangeError);
    await expect(change('suspended')).rejects.toThrow(StatusChangeError);
  });

  it('suspends and reinstates as a state of our own: the list never changes', async () => {
    const before = await bits();
    await change('suspended');
    expect(await shown()).toEqual(['invalid', 'suspended']);
    expect((await bits()).etag).toBe(before.etag);
    await change('reinstated');
    expect(await shown()).toEqual(['valid', 'active']);
  });

  it('signs the list once until a bit changes', async () => {
    expect((await bits()).etag).toBe((await bits()).etag);
  });

  it('D9 answers two operators who change one badge at the same time as if one came after the other', async () => {
    const both = await Promise.all([change('revoked'), change('revoked')]);
    expect(both.map(({ changed }) => changed).sort()).toEqual([false, true]);
    await expect(change('suspended')).rejects.toThrow(StatusChangeError);
  });

  it('keeps a revocation over a restart', async () => {
    await change('revoked');
    await house.close();
    house = await openTestHouse(folder);
    expect(await shown()).toEqual(['invalid', 'revoked']);
  });

  it('does not find what was never issued, nor another institution’s badge', async () => {
    const unknown = { credential: '0'.repeat(26), change: 'revoked', reason: 'x', actor: 'test' } as const;
    await expect(changeStatus(house.issuing, unknown)).rejects.toThrow(CredentialNotFoundError);
    await expect(
      changeStatus(house.issuing, { credential, change: 'revoked', reason: 'x', actor: 'test', issuer: 'another' }),
    ).rejects.toThrow(CredentialNotFoundError);
  });
});
