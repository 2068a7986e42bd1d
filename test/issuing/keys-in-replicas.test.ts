import { describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { findBadge, verifyBadge } from '../../src/issuing/badges.js';
import { haltSigning, resumeSigning } from '../../src/issuing/halt.js';
import { markCompromised, rotateKey } from '../../src/issuing/key-changes.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample } from '../support/house.js';
import { issueSecondCohort } from '../support/second-cohort.js';
import { twoProcesses } from '../support/two-processes.js';

/** What another process did is known within a second; slow machines may take their time. */
const PATIENCE = { timeout: 60_000 };

describe('two processes of one house', () => {
  const two = twoProcesses();

  const stateOf = async (house: House) => ((await house.issuing.halt.current()) === undefined ? 'signing' : 'halted');

  it('K9 are halted and resumed together, and one stop is begun once', async () => {
    expect(await stateOf(two.other)).toBe('signing');
    const begun = await Promise.all([
      haltSigning(two.one.issuing.store, { reason: 'un vol', actor: 'one' }),
      haltSigning(two.other.issuing.store, { reason: 'un vol', actor: 'other' }),
    ]);
    expect(begun.map(({ changed }) => changed).sort()).toEqual([false, true]);
    expect(begun[0]?.halt).toEqual(begun[1]?.halt);
    await resumeSigning(two.one.issuing.store, { reason: 'fini', actor: 'one' });
    await expect.poll(() => stateOf(two.other), PATIENCE).toBe('signing');
    await haltSigning(two.one.issuing.store, { reason: 'encore', actor: 'one' });
    await expect.poll(() => stateOf(two.other), PATIENCE).toBe('halted');
    const { counts, rows } = await issueSample(two.other, 'projet-pro');
    expect(counts.issued).toBe(0);
    expect(rows.flatMap(({ outcome, reasons }) => (outcome === 'failed' ? reasons : []))).toContain('halted');
  });

  it('K4 sign with the key either of them made, and leave one active key when both rotate at once', async () => {
    const first = await issueSample(two.one, 'projet-pro');
    const { issuer } = first;
    const rotate = (house: House) => rotateKey(house.issuing, { issuer, algorithm: 'Ed25519', actor: 'test' });
    await Promise.all([rotate(two.one), rotate(two.other)]);
    const keys = (await two.one.issuing.store.ledger.keys(issuer)).filter(({ algorithm }) => algorithm === 'Ed25519');
    expect(keys.map(({ state }) => state).sort()).toEqual(['active', 'retired', 'retired']);
    const active = ensureDefined(keys.find(({ state }) => state === 'active')).publicKeyMultibase;
    // The other process may have made it: its file is found where both look.
    const second = await issueSecondCohort(two.one);
    expect(second.counts.failed).toBe(0);
    const id = ensureDefined(second.rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId);
    const { document } = ensureDefined(await findBadge(two.one.issuing, id));
    expect(JSON.stringify(document['proof'])).toContain(active);
    await markCompromised(two.other.issuing, {
      publicKeyMultibase: active,
      since: two.other.issuing.clock.now() - 3_600_000,
      reason: 'un vol',
      actor: 'test',
    });
    await expect
      .poll(async () => ensureDefined(await verifyBadge(two.one.issuing, id)).outcome, PATIENCE)
      .toBe('invalid');
    const old = ensureDefined(first.rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId);
    expect(ensureDefined(await verifyBadge(two.one.issuing, old)).outcome).toBe('valid');
  });
});
