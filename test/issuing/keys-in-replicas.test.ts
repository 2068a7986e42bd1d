import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { findBadge, verifyBadge } from '../../src/issuing/badges.js';
import { haltSigning, resumeSigning } from '../../src/issuing/halt.js';
import { markCompromised, rotateKey } from '../../src/issuing/key-changes.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { issueSecondCohort } from '../support/second-cohort.js';

/** What another process did is known within a second; slow machines may take their time. */
const PATIENCE = { timeout: 60_000 };

describe('two processes of one house', () => {
  let folder: string;
  let database: TestDatabase;
  let one: House;
  let other: House;

  beforeEach(async () => {
    folder = await temporaryFolder();
    database = await createDatabase();
    one = await openTestHouse(folder, { DATABASE_URL: database.url });
    other = await openTestHouse(folder, { DATABASE_URL: database.url });
  });
  afterEach(async () => {
    await one.close();
    await other.close();
    await database.drop();
    await removeFolder(folder);
  });

  const stateOf = async (house: House) => ((await house.issuing.halt.current()) === undefined ? 'signing' : 'halted');

  it('K9 are halted and resumed together, and one stop is begun once', async () => {
    expect(await stateOf(other)).toBe('signing');
    const begun = await Promise.all([
      haltSigning(one.issuing.store, { reason: 'un vol', actor: 'one' }),
      haltSigning(other.issuing.store, { reason: 'un vol', actor: 'other' }),
    ]);
    expect(begun.map(({ changed }) => changed).sort()).toEqual([false, true]);
    expect(begun[0]?.halt).toEqual(begun[1]?.halt);
    await resumeSigning(one.issuing.store, { reason: 'fini', actor: 'one' });
    await expect.poll(() => stateOf(other), PATIENCE).toBe('signing');
    await haltSigning(one.issuing.store, { reason: 'encore', actor: 'one' });
    await expect.poll(() => stateOf(other), PATIENCE).toBe('halted');
    const { counts, rows } = await issueSample(other, 'projet-pro');
    expect(counts.issued).toBe(0);
    expect(rows.flatMap(({ outcome, reasons }) => (outcome === 'failed' ? reasons : []))).toContain('halted');
  });

  it('K4 sign with the key either of them made, and leave one active key when both rotate at once', async () => {
    const first = await issueSample(one, 'projet-pro');
    const { issuer } = first;
    const rotate = (house: House) => rotateKey(house.issuing, { issuer, algorithm: 'Ed25519', actor: 'test' });
    await Promise.all([rotate(one), rotate(other)]);
    const keys = (await one.issuing.store.ledger.keys(issuer)).filter(({ algorithm }) => algorithm === 'Ed25519');
    expect(keys.map(({ state }) => state).sort()).toEqual(['active', 'retired', 'retired']);
    const active = ensureDefined(keys.find(({ state }) => state === 'active')).publicKeyMultibase;
    // The other process may have made it: its file is found where both look.
    const second = await issueSecondCohort(one);
    expect(second.counts.failed).toBe(0);
    const id = ensureDefined(second.rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId);
    const { document } = ensureDefined(await findBadge(one.issuing, id));
    expect(JSON.stringify(document['proof'])).toContain(active);
    await markCompromised(other.issuing, {
      publicKeyMultibase: active,
      since: other.issuing.clock.now() - 3_600_000,
      reason: 'un vol',
      actor: 'test',
    });
    await expect.poll(async () => ensureDefined(await verifyBadge(one.issuing, id)).outcome, PATIENCE).toBe('invalid');
    const old = ensureDefined(first.rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId);
    expect(ensureDefined(await verifyBadge(one.issuing, old)).outcome).toBe('valid');
  });
});
