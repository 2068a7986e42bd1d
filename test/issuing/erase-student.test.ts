import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { findBadge, verifyBadge } from '../../src/issuing/badges.js';
import { eraseStudent, StudentNotFoundError } from '../../src/issuing/erase-student.js';
import { verifyCredential } from '../../src/verification/verify-credential.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';

/** Every byte below a folder, as text. */
async function everythingIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))).join('\n');
}

describe('erasing a student', () => {
  let folder: string;
  let house: House;

  beforeEach(async () => {
    folder = await temporaryFolder();
    house = await openTestHouse(folder);
  });
  afterEach(async () => {
    await house.close();
    await removeFolder(folder);
  });

  it('leaves the audit green, the page unknown, and the copy in the holder’s hand valid', async () => {
    const result = await issueSample(house, 'ecstra');
    const id = ensureDefined(result.rows[0]?.credentialId);
    const { document } = ensureDefined(await findBadge(house.issuing, id));
    const request = { issuer: result.issuer, student: 'S-EC-01', actor: 'test' };
    expect((await eraseStudent(house.issuing, request)).refs).toBe(1);

    expect(await findBadge(house.issuing, id)).toBeUndefined();
    expect(await verifyBadge(house.issuing, id)).toBeUndefined();
    expect(await house.issuing.store.ledger.check()).toMatchObject({ ok: true, problems: [] });
    const { contexts, crypto, resolver, clock } = house.issuing;
    const report = await verifyCredential({ input: document, contexts, crypto, resolver, now: clock.now() });
    expect(report.outcome).toBe('valid');
    await expect(eraseStudent(house.issuing, request)).rejects.toThrow(StudentNotFoundError);
  });

  it('leaves no byte of the person in the data folder, and every other student as they were', async () => {
    const result = await issueSample(house, 'ecstra');
    const before = await everythingIn(join(folder, 'data'));
    expect(before).toContain('maelle.duchene@example.org');
    await eraseStudent(house.issuing, { issuer: result.issuer, student: 'S-EC-01', actor: 'test' });
    await house.close();
    const after = await everythingIn(join(folder, 'data'));
    const marks = ['maelle.duchene@example.org', '22734940', 'S-EC-01', Buffer.from('Duchêne').toString('latin1')];
    for (const mark of marks) expect(after.includes(mark), mark).toBe(false);
    expect(after).toContain('jeanbaptiste.nguessan@example.org');
    house = await openTestHouse(folder);
    expect(await house.issuing.store.ledger.check()).toMatchObject({ ok: true });
  });
});
