import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { verifyBadge } from '../../src/issuing/badges.js';
import { ensureIssuer } from '../../src/issuing/issuers.js';
import { rotateKey } from '../../src/issuing/key-changes.js';
import { reissueCredential } from '../../src/issuing/reissue.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample } from '../support/house.js';
import { issueSecondCohort } from '../support/second-cohort.js';
import { startTransit, type Transit } from '../support/transit.js';

describe('a house whose keys are in a key service', () => {
  const fresh = freshHouse();
  let transit: Transit;
  beforeAll(async () => {
    transit = await startTransit();
  });
  afterEach(async () => {
    await transit.fault('none');
  });
  afterAll(() => transit.stop());

  /** Houses of this file share the service: each has its own keys there. */
  let houses = 0;
  const remote = () => ({
    SCEAU_SIGNER_URL: transit.url,
    SCEAU_SIGNER_TOKEN_FILE: transit.tokenFile,
    SCEAU_SIGNER_CA_FILE: transit.caFile,
    SCEAU_SIGNER_TIMEOUT: '1',
    SCEAU_SIGNER_KEY_PREFIX: `house-${houses}-`,
  });
  const begin = () => {
    houses += 1;
    return fresh.reopen(remote());
  };
  const ready = async () => (await fresh.house.app.request('/readyz')).status;

  it('issues a whole cohort, in few calls, with no private key on this machine, and again after a restart', async () => {
    const house = await begin();
    const before = await transit.fault('none');
    const { issuer, rows, counts } = await issueSample(house, 'projet-pro');
    expect(counts).toMatchObject({ failed: 0 });
    expect(counts.issued).toBeGreaterThan(0);
    expect((await transit.fault('none')) - before).toBeGreaterThan(counts.issued);
    expect(await readdir(join(fresh.folder, 'issuer-keys'))).toEqual([]);
    const id = ensureDefined(rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId);
    expect(ensureDefined(await verifyBadge(house.issuing, id))).toMatchObject({ outcome: 'valid', warnings: [] });
    await fresh.reopen(remote());
    expect(await ready()).toBe(200);
    await rotateKey(fresh.house.issuing, { issuer, algorithm: 'Ed25519', actor: 'test' });
    const second = await issueSecondCohort(fresh.house);
    expect(second.counts).toEqual(counts);
    const anew = ensureDefined(second.rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId);
    for (const badge of [id, anew]) {
      expect(ensureDefined(await verifyBadge(fresh.house.issuing, badge))).toMatchObject({ outcome: 'valid' });
    }
  });

  it.each(['down', 'slow', 'sealed', 'wrong'] as const)(
    'fails each row alone while the service is %s, leaves nothing half done, and finishes the same batch later',
    async (fault) => {
      const house = await begin();
      const { ledger } = house.issuing.store;
      await ensureIssuer(house.issuing, { name: 'Université de Strasbourg', url: 'https://unistra.example.org' });
      await transit.fault(fault);
      const stopped = await issueSample(house, 'missions-professionnelles');
      expect(stopped.counts.issued).toBe(0);
      const failed = stopped.rows.filter(({ outcome }) => outcome === 'failed');
      expect(failed.length).toBeGreaterThan(0);
      expect(new Set(failed.flatMap(({ reasons }) => reasons))).toEqual(new Set(['signer-unavailable']));
      expect((await ledger.counts(stopped.issuer)).active).toBe(0);
      await transit.fault('none');
      const finished = await issueSample(house, 'missions-professionnelles');
      expect(finished.batchId).toBe(stopped.batchId);
      expect(finished.counts).toMatchObject({ issued: failed.length, failed: 0 });
      expect((await ledger.check()).ok).toBe(true);
    },
  );

  it('is not ready while the service is away, and is again when it is back', async () => {
    const house = await begin();
    const { issuer } = await issueSample(house, 'projet-pro');
    expect(await ready()).toBe(200);
    await transit.fault('down');
    await fresh.reopen(remote());
    expect(await ready()).toBe(503);
    const [key] = await fresh.house.issuing.store.ledger.keys(issuer);
    expect(key?.state).toBe('active');
    await transit.fault('none');
    await fresh.reopen(remote());
    expect(await ready()).toBe(200);
  });

  it('moves there from key files by a rotation, and signs meanwhile', async () => {
    const { issuer, rows } = await issueSample(fresh.house, 'projet-pro');
    const house = await begin();
    const { issuing } = house;
    const before = await transit.fault('none');
    const ids = rows.flatMap(({ credentialId }) => credentialId ?? []);
    await reissueCredential(issuing, { credential: ensureDefined(ids[0]), change: { kind: 'key' }, actor: 'test' });
    expect(await transit.fault('none')).toBe(before);
    const folder = join(fresh.folder, 'issuer-keys', issuer);
    const files = await readdir(folder);
    for (const algorithm of ['Ed25519', 'ES256'] as const) {
      await rotateKey(issuing, { issuer, algorithm, actor: 'test' });
    }
    expect(await readdir(folder)).toEqual(files);
    expect((await issueSecondCohort(house)).counts.failed).toBe(0);
    expect(await transit.fault('none')).toBeGreaterThan(before);
  });
});

describe('the settings of a key service', () => {
  const wrong = (environment: Record<string, string>) => {
    try {
      readConfig(environment, '/');
      return [];
    } catch (error) {
      return [...(error instanceof Error ? error.message : '').matchAll(/(SCEAU_\w+):/g)].map(([, name]) => name);
    }
  };

  it('K11 stop the start when something is missing, unreadable, unknown or open to eavesdroppers', () => {
    const url = 'https://vault.example.org:8200/v1/transit';
    expect(wrong({ SCEAU_SIGNER_URL: url })).toEqual(['SCEAU_SIGNER_TOKEN_FILE']);
    expect(wrong({ SCEAU_SIGNER_TOKEN_FILE: '/dev/null' })).toEqual(['SCEAU_SIGNER_TOKEN_FILE']);
    expect(wrong({ SCEAU_SIGNER_URL: url, SCEAU_SIGNER_TOKEN_FILE: '/nowhere' })).toEqual(['SCEAU_SIGNER_TOKEN_FILE']);
    expect(wrong({ SCEAU_SIGNER_URL: 'http://vault.example.org/v1/transit' })).toEqual(['SCEAU_SIGNER_URL']);
    expect(wrong({ SCEAU_SIGNER_URL: 'https://token@vault.example.org' })).toEqual(['SCEAU_SIGNER_URL']);
    expect(wrong({ SCEAU_SIGNER_TOKEN: 'hvs.1' })).toEqual(['SCEAU_SIGNER_TOKEN']);
    expect(wrong({ SCEAU_SIGNER_KEY_PREFIX: '../x' })).toEqual(['SCEAU_SIGNER_KEY_PREFIX']);
    expect(
      wrong({ SCEAU_SIGNER_URL: 'http://127.0.0.1:8100/v1/transit', SCEAU_SIGNER_TOKEN_FILE: '/etc/hostname' }),
    ).toEqual([]);
  });
});
