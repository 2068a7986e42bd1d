import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeStatus } from '../../src/issuing/change-status.js';
import type { IssuingContext } from '../../src/issuing/context.js';
import { haltSigning, resumeSigning } from '../../src/issuing/halt.js';
import { ensureIssuer, signingKey } from '../../src/issuing/issuers.js';
import { markCompromised } from '../../src/issuing/key-changes.js';
import type { Readiness } from '../../src/ports/readiness.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample } from '../support/house.js';

const METRICS_TOKEN = 'metrics-0123456789abcdef';
const SETTINGS = { SCEAU_METRICS_TOKEN: METRICS_TOKEN, SCEAU_RATE_VERIFY: '0', PORT: '0' };
/** Longer than an answer is remembered. */
const LATER = { timeout: 60_000, interval: 200 };

const fresh = freshHouse();

async function readiness(): Promise<{ status: number; failing: string[] }> {
  const answer = await fresh.house.app.request('/readyz');
  const { checks } = (await answer.json()) as { checks: Readiness };
  return { status: answer.status, failing: checks.filter(({ state }) => state === 'fail').map(({ name }) => name) };
}

/** The metrics of the house, as name and labels to value. */
async function metrics(): Promise<Map<string, number>> {
  const answer = await fresh.house.app.request('/metrics', { headers: { Authorization: `Bearer ${METRICS_TOKEN}` } });
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

/** The same house while its key store is away. */
function withoutKeyStore(issuing: IssuingContext): IssuingContext {
  return { ...issuing, keyStore: { create: () => Promise.reject(new Error('away')) } };
}

/** A series without its labels, and without what a histogram adds to its name. */
function familyOf(series: string): string {
  return (series.split('{')[0] ?? '').replace(/_seconds_(?:bucket|sum|count)$/, '_seconds');
}

describe('readiness of a house', () => {
  it('holds for an empty one, and for one that issues', async () => {
    expect(await readiness()).toEqual({ status: 200, failing: [] });
    await issueSample(fresh.house, 'ecstra');
    expect(await readiness()).toEqual({ status: 200, failing: [] });
  });

  it('K3 ends where the private half of a key is gone, and verification goes on', async () => {
    const { rows } = await issueSample(fresh.house, 'ecstra');
    await rm(join(fresh.folder, 'issuer-keys'), { recursive: true });
    await fresh.reopen(SETTINGS);
    expect(await readiness()).toEqual({ status: 503, failing: ['keys'] });
    const id = ensureDefined(rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId);
    const report = await fresh.house.app.request(`/v/${id}`, { headers: { Accept: 'application/json' } });
    expect(await report.json()).toMatchObject({ outcome: 'valid' });
  });

  it('K9 ends with an emergency stop, and comes back with its end', async () => {
    expect((await readiness()).status).toBe(200);
    const { store } = fresh.house.issuing;
    await haltSigning(store, { reason: 'test', actor: 'test' });
    await expect.poll(readiness, LATER).toEqual({ status: 503, failing: ['halt'] });
    expect((await fresh.house.app.request('/readyz?exclude=halt')).status).toBe(200);
    await resumeSigning(store, { reason: 'test', actor: 'test' });
    await expect.poll(readiness, LATER).toEqual({ status: 200, failing: [] });
  });

  it('K9 is not lost for ever with a did:key issuer, which never signs again; a did:web one is waited for', async () => {
    for (const [method, answer] of [
      ['key', { status: 200, failing: [] }],
      ['web', { status: 503, failing: ['keys'] }],
    ] as const) {
      const house = await fresh.reopen({ ...SETTINGS, SCEAU_DID_METHOD: method });
      const name = `Institution ${method}`;
      const { issuer } = await ensureIssuer(house.issuing, { name, url: 'https://inst.example' });
      const context = method === 'key' ? house.issuing : withoutKeyStore(house.issuing);
      const { publicKeyMultibase } = await signingKey(house.issuing, issuer);
      const since = house.issuing.clock.now();
      const { successor } = await markCompromised(context, {
        publicKeyMultibase,
        since,
        reason: 'test',
        actor: 'test',
      });
      expect(successor).toBeUndefined();
      await expect.poll(readiness, LATER).toEqual(answer);
    }
  });

  it('D12 ends at once when the service is told to stop', async () => {
    expect((await readiness()).status).toBe(200);
    fresh.house.beginStop();
    expect(await readiness()).toEqual({ status: 503, failing: ['service'] });
    expect((await fresh.house.app.request('/healthz')).status).toBe(200);
  });

  it('D6 ends while the store takes no writes', async () => {
    await fresh.house.issuing.store.close();
    expect(await readiness()).toMatchObject({ status: 503, failing: expect.arrayContaining(['store']) });
  });
});

describe('metrics of a house', () => {
  it('count what happened: badges, refusals, verifications, changes, records', async () => {
    const house = await fresh.reopen(SETTINGS);
    // Counting begins with the service.
    const server = await house.listen();
    const { rows, counts } = await issueSample(house, 'ecstra');
    const id = ensureDefined(rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId);
    const ask = { headers: { Accept: 'application/json' } };
    await house.app.request(`/v/${id}`, ask);
    await changeStatus(house.issuing, { credential: id, change: 'revoked', reason: 'test', actor: 'test' });
    await house.app.request(`/v/${id}`, ask);
    await house.app.request('/verify', { method: 'POST', body: '{', headers: { 'Content-Type': 'application/json' } });

    const now = await metrics();
    expect(now.get('sceau_badges_total{outcome="issued"}')).toBe(counts.issued);
    expect(now.get('sceau_badges_total{outcome="refused"}')).toBe(counts.refused);
    expect(now.get('sceau_badges_total{outcome="failed"}')).toBe(0);
    expect(now.get('sceau_verifications_total{outcome="valid"}')).toBe(1);
    expect(now.get('sceau_verifications_total{outcome="invalid"}')).toBe(1);
    expect(now.get('sceau_verifications_total{outcome="refused"}')).toBe(1);
    expect(now.get('sceau_status_changes_total{change="revoked"}')).toBe(1);
    expect(now.get('sceau_credentials{state="active"}')).toBe(counts.issued - 1);
    expect(now.get('sceau_credentials{state="revoked"}')).toBe(1);
    expect(now.get('sceau_mails_waiting')).toBe(counts.issued);
    expect(now.get('sceau_ledger_records_total')).toBeGreaterThan(2 * counts.issued);
    expect(now.get('sceau_ledger_append_duration_seconds_count{outcome="stored"}')).toBeGreaterThan(0);
    expect(now.get('sceau_http_request_duration_seconds_count{route="/v/:id",method="GET",status="2xx"}')).toBe(2);
    expect(now.get('sceau_ready{check="store"}')).toBe(1);
    expect(now.get('sceau_worker_jobs{lane="slow",state="waiting"}')).toBe(0);
    for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds', 'process_open_fds']) {
      expect([...now.keys()]).toContain(name);
    }
    await server.close();
  });

  it('are those the handbook lists', async () => {
    const house = await fresh.reopen(SETTINGS);
    await metrics();
    await issueSample(house, 'ecstra');
    const handbook = await readFile('docs/operations.md', 'utf8');
    const listed = handbook.split('\n').filter((line) => line.startsWith('| `sceau_'));
    const names = listed.flatMap((line) => (line.split('|')[1] ?? '').match(/sceau_\w+/g) ?? []);
    const families = new Set([...(await metrics()).keys()].map(familyOf));
    expect(names.sort()).toEqual([...families].filter((name) => name.startsWith('sceau_')).sort());
  });

  it('have few series, however much is asked for that is not there', async () => {
    const house = await fresh.reopen(SETTINGS);
    const before = (await metrics()).size;
    for (let number = 0; number < 200; number += 1) {
      await house.app.request(`/nowhere/${number}`);
      await house.app.request(`/v/${number}`, { method: `M${number}` });
    }
    // Two routes, each with its buckets.
    expect((await metrics()).size - before).toBeLessThan(100);
  });
});
