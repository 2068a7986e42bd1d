import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBadge, verifyBadge } from '../../src/issuing/badges.js';
import { eraseStudent, holdsStudent, StudentNotFoundError } from '../../src/issuing/erase-student.js';
import { verifyCredential } from '../../src/verification/verify-credential.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample, sampleFiles } from '../support/house.js';

/** Every byte below a folder, as text. */
async function everythingIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))).join('\n');
}

describe('erasing a student', () => {
  const fresh = freshHouse();

  it('leaves the audit green, the page unknown, and the copy in the holder’s hand valid', async () => {
    const result = await issueSample(fresh.house, 'ecstra');
    const id = ensureDefined(result.rows[0]?.credentialId);
    const { document } = ensureDefined(await findBadge(fresh.house.issuing, id));
    const request = { issuer: result.issuer, student: 'S-EC-01', actor: 'test' };
    expect((await eraseStudent(fresh.house.issuing, request)).refs).toBe(1);

    expect(await findBadge(fresh.house.issuing, id)).toBeUndefined();
    expect(await verifyBadge(fresh.house.issuing, id)).toBeUndefined();
    expect(await fresh.house.issuing.store.ledger.check()).toMatchObject({ ok: true, problems: [] });
    const { contexts, crypto, resolver, clock } = fresh.house.issuing;
    const report = await verifyCredential({ input: document, contexts, crypto, resolver, now: clock.now() });
    expect(report.outcome).toBe('valid');
    await expect(eraseStudent(fresh.house.issuing, request)).rejects.toThrow(StudentNotFoundError);
  });

  it('finds a student who is only on a roster, of whom the ledger holds nothing', async () => {
    const { engagements } = await sampleFiles('engagement-citoyen');
    const cohort = JSON.parse(engagements.toString('utf8')) as { roster: { studentId: string; name: string }[] };
    const someone = { ...ensureDefined(cohort.roster[0]), studentId: 'S-ES-ROSTER', name: 'Ombeline Quatremare' };
    const changed = Buffer.from(JSON.stringify({ ...cohort, roster: [...cohort.roster, someone] }));
    const { issuer } = await issueSample(fresh.house, 'engagement-citoyen', { engagements: changed });
    expect(await everythingIn(join(fresh.folder, 'data'))).toContain('Ombeline Quatremare');

    const { issuing } = fresh.house;
    expect(await holdsStudent(issuing, issuer, 'S-ES-ROSTER')).toBe(true);
    const request = { issuer, student: 'S-ES-ROSTER', actor: 'test' };
    expect(await eraseStudent(issuing, request)).toEqual({ refs: 0 });
    expect(await holdsStudent(issuing, issuer, 'S-ES-ROSTER')).toBe(false);
    await fresh.reopen();
    expect(await everythingIn(join(fresh.folder, 'data'))).not.toContain('Ombeline Quatremare');
    await expect(eraseStudent(fresh.house.issuing, request)).rejects.toThrow(StudentNotFoundError);
  });

  it('leaves no byte of the person in the data folder, and every other student as they were', async () => {
    const result = await issueSample(fresh.house, 'ecstra');
    const before = await everythingIn(join(fresh.folder, 'data'));
    expect(before).toContain('maelle.duchene@example.org');
    await eraseStudent(fresh.house.issuing, { issuer: result.issuer, student: 'S-EC-01', actor: 'test' });
    await fresh.reopen();
    const after = await everythingIn(join(fresh.folder, 'data'));
    const marks = ['maelle.duchene@example.org', '22734940', 'S-EC-01', Buffer.from('Duchêne').toString('latin1')];
    for (const mark of marks) expect(after.includes(mark), mark).toBe(false);
    expect(after).toContain('jeanbaptiste.nguessan@example.org');
    expect(await fresh.house.issuing.store.ledger.check()).toMatchObject({ ok: true });
  });
});
