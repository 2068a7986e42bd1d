import { beforeEach, describe, expect, it } from 'vitest';
import { changeStatus } from '../../src/issuing/change-status.js';
import { eraseStudent } from '../../src/issuing/erase-student.js';
import { updateIssuer } from '../../src/issuing/issuers.js';
import { setWithdrawn } from '../../src/issuing/withdrawal.js';
import type { Clock } from '../../src/ports/clock.js';
import { formatInstant } from '../../src/text/instant.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample } from '../support/house.js';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const START = Math.floor(Date.now() / 1_000) * 1_000;

describe('public answers from memory', () => {
  let now = START;
  const clock: Clock = { now: () => now };
  const fresh = freshHouse({ clock });
  let id: string;
  let issuer: string;
  let list: string;

  beforeEach(async () => {
    now = START;
    const { rows } = await issueSample(fresh.house, 'ecstra');
    id = ensureDefined(rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId);
    const entry = ensureDefined(await fresh.house.issuing.store.ledger.credential(id));
    issuer = entry.issuer;
    list = ensureDefined(entry.versions[0]).list;
  });

  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fresh.house.app.request(path, { headers, method });
  const page = async () => (await get(`/v/${id}?lang=en`, { Accept: BROWSER })).text();
  /** Everything of an answer that is not each request's own. */
  const whole = async (response: Response) => {
    const headers = Object.fromEntries(response.headers);
    delete headers['x-request-id'];
    return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()).toString('base64') };
  };
  const checkedAt = async (query = '', headers: Record<string, string> = {}) => {
    const answer = await get(`/v/${id}${query}`, { Accept: 'application/json', ...headers });
    return ((await answer.json()) as { readonly checkedAt: string }).checkedAt;
  };
  const revoke = (credential: string) =>
    changeStatus(fresh.house.issuing, { credential, change: 'revoked', reason: 'erreur', actor: 'test' });

  it('are those that would be made anew, header by header: 200, 304, HEAD', async () => {
    const asked: [string, Record<string, string>][] = [
      [`/v/${id}`, { Accept: BROWSER, 'Accept-Language': 'fr' }],
      [`/v/${id}?lang=en`, { Accept: BROWSER }],
      [`/v/${id}`, { Accept: 'application/json' }],
      [`/v/${id}/qr.svg`, {}],
      [`/v/${id}/qr.png`, {}],
      [`/credentials/${id}`, {}],
      [`/credentials/${id}`, { Accept: 'application/vc' }],
      [`/credentials/${id}`, { Accept: 'application/json', Origin: 'https://example.org' }],
      [`/credentials/${id}`, { Accept: BROWSER }],
      [`/credentials/${id}.json`, {}],
      [`/credentials/${id}.svg`, {}],
      [`/status/${list}`, {}],
      [`/status/${list}`, { Accept: 'application/vc' }],
      [`/issuers/${issuer}`, { Accept: BROWSER }],
      [`/issuers/${issuer}`, { Accept: 'application/json' }],
      [`/issuers/${issuer}/did.json`, {}],
      ['/achievements/ecstra/2025-2026', { Accept: BROWSER }],
      ['/achievements/ecstra/2025-2026', { Accept: 'application/json', 'Accept-Language': 'en' }],
    ];
    for (const [path, headers] of asked) {
      const name = `${path} ${JSON.stringify(headers)}`;
      // A cookie asks past the memory.
      const anew = await whole(await get(path, { ...headers, Cookie: 'a=b' }));
      const first = await whole(await get(path, headers));
      const second = await whole(await get(path, headers));
      expect(anew.status, name).toBe(200);
      expect([first, second], name).toEqual([anew, anew]);
      const etag = ensureDefined(anew.headers['etag']);
      for (const named of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const known = await whole(await get(path, { ...headers, 'If-None-Match': named }));
        const knownAnew = await whole(await get(path, { ...headers, 'If-None-Match': named, Cookie: 'a=b' }));
        const { 'content-type': _, 'content-length': __, ...kept } = anew.headers;
        expect([known, knownAnew], name).toEqual([
          { status: 304, headers: kept, body: '' },
          { status: 304, headers: kept, body: '' },
        ]);
      }
      expect((await get(path, { ...headers, 'If-None-Match': '"other"' })).status, name).toBe(200);
      const head = await whole(await get(path, headers, 'HEAD'));
      expect(head, name).toEqual({ ...anew, body: '' });
    }
  });

  it('say what is so after a revocation, a withdrawal, an erasure, a change of the issuer, at once', async () => {
    const valid = await page();
    const before = await (await get(`/status/${list}`)).text();
    expect(await page()).toBe(valid);
    await updateIssuer(fresh.house.issuing, issuer, { name: 'École rebaptisée' });
    expect(await (await get(`/issuers/${issuer}`, { Accept: 'application/json' })).text()).toContain('rebaptisée');
    await revoke(id);
    expect(await page()).toContain('revoked');
    expect(await (await get(`/status/${list}`)).text()).not.toBe(before);

    const badge = ensureDefined(await fresh.house.issuing.store.ledger.credential(id));
    const forms = [`/v/${id}?lang=en`, `/credentials/${id}`, `/credentials/${id}.svg`, `/v/${id}/qr.svg`];
    const statuses = async () => Promise.all(forms.map(async (path) => (await get(path)).status));
    expect(await statuses()).toEqual([200, 200, 200, 200]);
    const withdrawal = { issuer: badge.issuer, credential: id, student: 'S-EC-01' };
    await setWithdrawn(fresh.house.issuing, withdrawal, true);
    expect(await statuses()).toEqual([404, 404, 404, 404]);
    await setWithdrawn(fresh.house.issuing, withdrawal, false);
    expect(await statuses()).toEqual([200, 200, 200, 200]);
  });

  it('hold nothing of a student after an erasure', async () => {
    const { rows } = await issueSample(fresh.house, 'ecstra');
    const ids = rows.flatMap(({ credentialId }) => credentialId ?? []);
    const answers = async () =>
      Promise.all(ids.flatMap((each) => [get(`/v/${each}`), get(`/credentials/${each}`), get(`/v/${each}/qr.png`)]));
    expect(new Set((await answers()).map(({ status }) => status))).toEqual(new Set([200]));
    await eraseStudent(fresh.house.issuing, { issuer, student: 'S-EC-01', actor: 'test' });
    const after = await answers();
    expect(after.filter(({ status }) => status === 404).length).toBeGreaterThanOrEqual(3);
    const held = await Promise.all(ids.map((each) => fresh.house.issuing.store.ledger.document(each, 1)));
    expect(after.map(({ status }) => status)).toEqual(
      held.flatMap((document) => Array.from({ length: 3 }, () => (document === undefined ? 404 : 200))),
    );
  });

  it('are not kept when a change overtakes their making', async () => {
    const [seen] = await Promise.all([page(), revoke(id)]);
    expect(seen).toContain('<html');
    expect(await page()).toContain('revoked');
    const [, gone] = await Promise.all([
      setWithdrawn(fresh.house.issuing, { issuer, credential: id, student: 'S-EC-01' }, true),
      get(`/credentials/${id}`),
    ]);
    expect([200, 404]).toContain(gone.status);
    expect((await get(`/credentials/${id}`)).status).toBe(404);
  });

  it('say when a verdict was made, and say it again for some seconds only', async () => {
    const start = now;
    expect(await checkedAt()).toBe(formatInstant(start));
    now += 4_000;
    expect(await checkedAt()).toBe(formatInstant(start));
    now += 1_000;
    expect(await checkedAt()).toBe(formatInstant(now));
  });

  it('do not go to somebody in particular, and not to a query nobody foresaw', async () => {
    const first = await checkedAt();
    now += 2_000;
    expect(await checkedAt()).toBe(first);
    const anew = formatInstant(now);
    expect(await checkedAt('', { Authorization: 'Bearer x' })).toBe(anew);
    expect(await checkedAt('', { Cookie: 'a=b' })).toBe(anew);
    expect(await checkedAt('?utm_source=x')).toBe(anew);
    expect(await checkedAt()).toBe(first);
  });
});
