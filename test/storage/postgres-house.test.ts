import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { ensureIssuer } from '../../src/issuing/issuers.js';
import type { JsonObject } from '../../src/ports/json.js';
import { openBadge } from '../http/vc-api-house.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { createDatabase, query, type TestDatabase } from '../support/postgres.js';

describe('houses of one database', () => {
  let folder: string;
  let database: TestDatabase;
  const open: House[] = [];
  const openReplica = async () => {
    const house = await openTestHouse(folder, { DATABASE_URL: database.url });
    open.push(house);
    return house;
  };

  beforeEach(async () => {
    folder = await temporaryFolder();
    database = await createDatabase();
  });
  afterEach(async () => {
    for (const house of open.splice(0)) await house.close();
    await database.drop();
    await removeFolder(folder);
  });

  it('issue, serve and revoke what any of them issued, and a second run finds the first', async () => {
    const [one, other] = [await openReplica(), await openReplica()];
    const result = await issueSample(one, 'projet-pro');
    expect(result.counts.issued).toBeGreaterThan(0);
    expect(result.counts.failed).toBe(0);
    const again = await issueSample(other, 'projet-pro');
    expect(again.rows.map(({ credentialId }) => credentialId)).toEqual(result.rows.map((row) => row.credentialId));
    const id = result.rows.find((row) => row.credentialId !== undefined)?.credentialId ?? '';
    const served = await other.app.request(`/credentials/${id}`);
    expect(served.status).toBe(200);
    expect(await served.json()).toMatchObject({ id: expect.stringContaining(id) });
    await changeStatus(one.issuing, {
      credential: id,
      change: 'revoked',
      reason: 'issued in error',
      actor: 'operator',
    });
    await expect
      .poll(async () => (await other.app.request(`/v/${id}`)).text(), { timeout: 60_000 })
      .toMatch(/révoqué/i);
    const check = await other.issuing.store.ledger.check();
    expect(check).toMatchObject({ ok: true, problems: [] });
    expect(check.strands.length).toBeGreaterThan(0);
  });

  it('D3 answer a retry with what another one issued, also at the same moment, and another body with 422', async () => {
    const [one, other] = [await openReplica(), await openReplica()];
    const { issuer } = await ensureIssuer(one.issuing, { name: 'Université Un', url: 'https://un.example.org' });
    const { secret } = await one.tokens.create({ scopes: ['issue'] });
    await expect.poll(async () => (await other.issuing.registry.issuers()).length, { timeout: 60_000 }).toBe(1);
    const issue = (house: House, key: string, credential: JsonObject) =>
      house.app.request('/credentials/issue', {
        method: 'POST',
        body: JSON.stringify({ credential }),
        headers: {
          'Content-Type': 'application/json',
          Authorization: `Bearer ${secret}`,
          'Idempotency-Key': key,
        },
      });
    const badge = openBadge(issuer);
    const first = await issue(one, 'retried', badge);
    expect(first.status).toBe(201);
    const retried = await issue(other, 'retried', badge);
    expect(retried.status).toBe(201);
    expect(await retried.json()).toEqual(await first.json());
    expect((await issue(other, 'retried', openBadge(issuer, { name: 'Another' }))).status).toBe(422);
    const second = openBadge(issuer);
    const atOnce = await Promise.all([one, other, one, other].map((house) => issue(house, 'at-once', second)));
    const bodies = await Promise.all(atOnce.map((response) => response.text()));
    expect(atOnce.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(bodies).size).toBe(1);
    expect((await one.issuing.store.ledger.counts(issuer.slug)).active).toBe(2);
  });

  it('D10 answer 503 and when to come back while the database takes nothing', async () => {
    const house = await openReplica();
    const { rows } = await issueSample(house, 'projet-pro');
    const id = rows.find((row) => row.credentialId !== undefined)?.credentialId ?? '';
    await query(database.url, 'ALTER TABLE credentials RENAME TO elsewhere');
    const answer = await house.app.request(`/credentials/${id}`);
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await answer.text()).not.toMatch(/credentials"|SQLSTATE|relation/);
    await query(database.url, 'ALTER TABLE elsewhere RENAME TO credentials');
    expect((await house.app.request(`/credentials/${id}`)).status).toBe(200);
  });

  it('write no file beside their keys', async () => {
    await openReplica();
    expect(await readdir(folder)).toEqual(['issuer-keys']);
  });

  it('finish what a process left behind, and leave alone what a living one is at work on', async () => {
    const one = await openReplica();
    const { issuer } = await issueSample(one, 'projet-pro');
    const { ledger } = one.issuing.store;
    const [list] = await ledger.lists(issuer);
    const event = {
      kind: 'reserved',
      issuer,
      credential: 'c1',
      version: 1,
      list: list?.list ?? '',
      index: 130_000,
      ref: 'r1',
      source: 'jury',
    } as const;
    const used = await ledger.usedIndexes(event.list);
    const index = [...Array(used.length * 8).keys()].find((at) => (((used[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 0);
    await ledger.append([{ actor: 'house', event: { ...event, index: index ?? 0 }, payload: {} }]);
    expect((await ledger.unfinished()).map(({ credential }) => credential)).toEqual(['c1']);
    const other = await openReplica();
    expect(await other.issuing.store.ledger.unfinished()).toEqual([]);
    await one.close();
    open.splice(open.indexOf(one), 1);
    await expect
      .poll(async () => (await other.issuing.store.ledger.unfinished()).map(({ credential }) => credential), {
        timeout: 60_000,
      })
      .toEqual(['c1']);
    expect(await query(database.url, 'SELECT count(*)::integer AS strands FROM strands')).toEqual([{ strands: 1 }]);
  });
});
