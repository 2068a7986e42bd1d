import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { eraseStudent } from '../../src/issuing/erase-student.js';
import { makeLink } from '../../src/sharing/claim.js';
import { listErasureRequests } from '../../src/sharing/erasure-requests.js';
import { ensureDefined } from '../support/ensure-defined.js';
import {
  issueSample,
  openTestHouse,
  PUBLIC_URL,
  removeFolder,
  sampleFiles,
  temporaryFolder,
} from '../support/house.js';
import { createReader, type Reader } from '../support/reader.js';
import { createTestClock, type TestClock } from '../support/test-clock.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Whose badge is tried on: family and given name as they stand in everything that shows them. */
const NAME = /Duchêne|Maëlle|Duch&#234;ne/;
const EVIDENCE = 'https://evidence.example.org/ec-e01-t1';

/** The sample cohort, one student's name and title of evidence hostile in dossier and decision alike. */
async function hostileCohort(hostile: string) {
  const { engagements, decisions } = await sampleFiles('ecstra');
  const cohort = JSON.parse(new TextDecoder().decode(engagements));
  const dossier = cohort.engagements.find(({ id }: { id: string }) => id === 'EC-E02');
  dossier.student.givenName = hostile;
  dossier.evidence[0].title = hostile;
  const cell = `"${hostile.replaceAll('"', '""')}"`;
  return {
    engagements: new TextEncoder().encode(JSON.stringify(cohort)),
    decisions: new TextEncoder().encode(new TextDecoder().decode(decisions).replace('Jean-Baptiste', cell)),
  };
}

describe('the holder’s own pages', () => {
  const hostile = '"><img src=x onerror=alert(1)>{{7*7}}\u202e';
  let folder: string;
  let clock: TestClock;
  let house: House;
  let issuer: string;
  let badges: Map<string, string>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    clock = createTestClock();
    house = await openTestHouse(folder, { SCEAU_RATE_CLAIM: '0' }, { clock });
    const ecstra = await issueSample(house, 'ecstra', await hostileCohort(hostile));
    const citizens = await issueSample(house, 'engagement-citoyen');
    issuer = ecstra.issuer;
    badges = new Map(
      [...ecstra.rows, ...citizens.rows].flatMap(({ engagementId, credentialId }) =>
        credentialId === undefined ? [] : [[engagementId, credentialId] as const],
      ),
    );
  });
  afterAll(async () => {
    await house.close();
    await removeFolder(folder);
  });

  const badgeOf = (engagement: string) => ensureDefined(badges.get(engagement));
  const signIn = async (engagement: string, language = 'fr'): Promise<Reader> => {
    const reader = createReader(house, language);
    const url = await makeLink(house.issuing, badgeOf(engagement));
    expect((await reader.post(url.slice(PUBLIC_URL.length))).status).toBe(303);
    await reader.get('/holder');
    return reader;
  };
  const anybody = (path: string, accept = '*/*') => house.app.request(path, { headers: { Accept: accept } });
  const everyFormOf = (id: string) => [
    `/v/${id}`,
    `/v/${id}/qr.svg`,
    `/v/${id}/qr.png`,
    `/v/${id}/og.png`,
    `/credentials/${id}`,
    `/credentials/${id}.json`,
    `/credentials/${id}.png`,
    `/credentials/${id}.svg`,
  ];

  it('show a reader their own badges, in their language, and nobody else’s', async () => {
    const reader = await signIn('EC-E01');
    const home = await (await reader.get('/holder')).text();
    expect(home).toContain('Bonjour Maëlle');
    expect(home).toContain(`/holder/badges/${badgeOf('EC-E01')}?lang=fr`);
    expect(home).not.toContain(badgeOf('EC-E02'));
    const english = await (await reader.get('/holder?lang=en')).text();
    expect(english).toContain('Hello Maëlle');
    expect(english).toContain('<html lang="en">');
    const two = await signIn('ES-E09');
    const page = await (await two.get('/holder')).text();
    expect([badgeOf('ES-E09'), badgeOf('ES-E10')].every((id) => page.includes(id))).toBe(true);
  });

  it('A2 answer for somebody else’s badge as for one that never was', async () => {
    const reader = await signIn('EC-E01');
    for (const id of [badgeOf('EC-E06'), badgeOf('ES-E01'), '0'.repeat(26), 'x']) {
      expect((await reader.get(`/holder/badges/${id}`)).status).toBe(404);
      expect((await reader.get(`/holder/badges/${id}/badge.json`)).status).toBe(404);
      expect((await reader.post(`/holder/badges/${id}/sharing`, [['shared', 'no']])).status).toBe(404);
      expect((await reader.post(`/holder/badges/${id}/disclosure`, [])).status).toBe(404);
    }
    expect((await anybody(`/v/${badgeOf('EC-E06')}`)).status).toBe(200);
  });

  it('hide a name in the signed badge, on its page and in its pictures; the older copy warns of the newer', async () => {
    const id = badgeOf('EC-E01');
    const before = await (await anybody(`/credentials/${id}`)).text();
    expect(before).toMatch(NAME);
    const reader = await signIn('EC-E01');
    const answer = await reader.post(`/holder/badges/${id}/disclosure`, [['evidence', EVIDENCE]]);
    expect(answer.status).toBe(303);
    expect(await (await reader.follow(answer)).text()).toContain('signé à nouveau et montre ce que vous avez choisi');
    for (const path of everyFormOf(id)) {
      const shown = await anybody(path, path.startsWith('/v/') ? 'text/html, image/*' : '*/*');
      expect(shown.status, path).toBe(200);
      expect(Buffer.from(await shown.arrayBuffer()).toString('utf8'), path).not.toMatch(NAME);
    }
    expect(await (await anybody(`/credentials/${id}`)).text()).toContain(EVIDENCE);
    const report = await house.app.request('/verify', {
      method: 'POST',
      body: before,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    });
    const { outcome, warnings } = (await report.json()) as { outcome: string; warnings: { code: string }[] };
    expect([outcome, warnings.map(({ code }) => code)]).toEqual(['valid', ['newer-version']]);
  });

  it('leave out the evidence that is not ticked, and show it again when it is', async () => {
    const id = badgeOf('EC-E01');
    const reader = await signIn('EC-E01');
    await reader.post(`/holder/badges/${id}/disclosure`, [['name', 'yes']]);
    const hidden = await (await anybody(`/credentials/${id}`)).text();
    expect(hidden).toMatch(NAME);
    expect(hidden).not.toContain(EVIDENCE);
    await reader.post(`/holder/badges/${id}/disclosure`, [
      ['name', 'yes'],
      ['evidence', EVIDENCE],
      ['evidence', 'https://not-mine.example.org/'],
    ]);
    expect(await (await anybody(`/credentials/${id}`)).text()).toContain(EVIDENCE);
  });

  it('withdraw a badge so that every address of it answers as for an unknown id, and share it again', async () => {
    const id = badgeOf('EC-E06');
    const unknown = '0'.repeat(26);
    const reader = await signIn('EC-E06');
    await reader.post(`/holder/badges/${id}/sharing`, [['shared', 'no']]);
    for (const [index, path] of everyFormOf(id).entries()) {
      const other = ensureDefined(everyFormOf(unknown)[index]);
      const [withdrawn, never] = [await anybody(path), await anybody(other)];
      expect([withdrawn.status, withdrawn.headers.get('Cache-Control')], path).toEqual([404, 'no-store']);
      const body = async (response: Response) => (await response.text()).replace(/urn:sceau:request:\w+/, '');
      expect(await body(withdrawn)).toBe(await body(never));
    }
    const [list] = await house.issuing.store.ledger.lists(issuer);
    expect((await anybody(`/status/${ensureDefined(list).list}`)).status).toBe(200);
    const page = await (await reader.get(`/holder/badges/${id}`)).text();
    expect(page).toContain('Non partagé');
    expect(page).not.toContain('linkedin.com');
    expect((await reader.get(`/holder/badges/${id}/badge.json`)).status).toBe(200);

    await reader.post(`/holder/badges/${id}/sharing`, [['shared', 'yes']]);
    for (const path of everyFormOf(id)) expect((await anybody(path)).status, path).toBe(200);
  });

  it('link what can be had of a shared badge, and each link leads somewhere', async () => {
    const id = badgeOf('EC-E06');
    const page = await (await (await signIn('EC-E06')).get(`/holder/badges/${id}`)).text();
    const links = [...page.matchAll(/href="(\/(?:credentials|v)\/[^"]+)"/g)].map(([, path]) => ensureDefined(path));
    expect(links.length).toBeGreaterThanOrEqual(4);
    for (const path of links) expect((await anybody(path)).status, path).toBe(200);
    expect(page).toContain(`${PUBLIC_URL}/v/${id}`);
  });

  it('let a suspended or revoked badge be, and say so', async () => {
    const id = badgeOf('EC-E08');
    const reader = await signIn('EC-E08');
    const change = (word: 'suspended' | 'revoked') =>
      changeStatus(house.issuing, { credential: id, change: word, reason: 'test', actor: 'test' });
    await change('suspended');
    expect(await (await reader.get(`/holder/badges/${id}`)).text()).toContain('a suspendu ce badge');
    const answer = await reader.post(`/holder/badges/${id}/disclosure`, []);
    expect(answer.headers.get('Location')).toContain('done=not-active');
    await change('revoked');
    const page = await (await reader.get(`/holder/badges/${id}`)).text();
    expect(page).toContain('a révoqué ce badge');
    expect(page).not.toContain(`/holder/badges/${id}/disclosure`);
  });

  it('take twenty choices a day and no more', async () => {
    const id = badgeOf('ES-E07');
    const reader = await signIn('ES-E07');
    let last: string | null = null;
    for (let choice = 0; choice < 21; choice += 1) {
      const fields: [string, string][] = choice % 2 === 0 ? [] : [['name', 'yes']];
      last = (await reader.post(`/holder/badges/${id}/disclosure`, fields)).headers.get('Location');
    }
    expect(last).toContain('done=too-often');
    const { versions } = ensureDefined(await house.issuing.store.ledger.credential(id));
    expect(versions).toHaveLength(21);
  });

  it('record a wish to be erased, show it to the institution, and take it back', async () => {
    const reader = await signIn('ES-E09');
    await reader.post('/holder/erasure', []);
    expect(await listErasureRequests(house.issuing)).toEqual([]);
    await reader.post('/holder/erasure', [['confirm', 'yes']]);
    const [asked] = await listErasureRequests(house.issuing);
    expect(asked).toMatchObject({ student: 'S-ES-08' });
    expect(await (await reader.get('/holder')).text()).toContain('Vous avez demandé l’effacement');
    await reader.post('/holder/erasure/take-back', []);
    expect(await listErasureRequests(house.issuing)).toEqual([]);
  });

  it('G2 close at once when the student is erased, request and session gone with them', async () => {
    const reader = await signIn('ES-E11');
    await reader.post('/holder/erasure', [['confirm', 'yes']]);
    const [asked] = await listErasureRequests(house.issuing);
    await eraseStudent(house.issuing, { ...ensureDefined(asked), actor: 'test' });
    expect((await reader.get('/holder')).status).toBe(401);
    expect((await reader.get('/holder/export')).status).toBe(401);
    expect(await listErasureRequests(house.issuing)).toEqual([]);
    expect((await anybody(`/v/${badgeOf('ES-E11')}`)).status).toBe(404);
  });

  it('G7 give everything held on them in one file: dossier, verdict, versions, letters; no key, no digest', async () => {
    const reader = await signIn('EC-E01');
    const answer = await reader.get('/holder/export');
    expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="sceau-export.json"');
    const text = await answer.text();
    const all = JSON.parse(text);
    expect(all.student.email).toBe('maelle.duchene@example.org');
    expect(all.engagements[0].engagement.id).toBe('EC-E01');
    expect(all.verdicts[0].row.verdict.outcome).toBe('issued');
    expect(all.badges[0].versions.length).toBeGreaterThanOrEqual(2);
    expect(all.rows.map(({ topic }: { topic: string }) => topic)).toEqual(
      expect.arrayContaining(['mail-outbox', 'claim-links', 'holder-sessions']),
    );
    expect(text).not.toMatch(/refKey|formToken|p1@example\.org/);
    expect(JSON.stringify(all.rows)).not.toMatch(/[0-9a-f]{64}/);
    expect(text).not.toMatch(/N'Guessan|S-EC-02/);
  });

  it('X1 show hostile names as inert text', async () => {
    const reader = await signIn('EC-E02');
    for (const path of ['/holder', `/holder/badges/${badgeOf('EC-E02')}`]) {
      const page = await (await reader.get(path)).text();
      expect(page).not.toContain('<img src=x');
      expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;{{7*7}}[U+202E]');
    }
  });

  it.each([
    ['from another site', {}, { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['with a made-up token', { formToken: 'A'.repeat(43) }, {}],
    ['as plain text', {}, { 'Content-Type': 'text/plain' }],
  ])('A7 refuse a form %s and change nothing', async (_, fields, headers) => {
    const id = badgeOf('ES-E01');
    const reader = await signIn('ES-E01');
    const request = house.app.request(`/holder/badges/${id}/sharing`, {
      method: 'POST',
      body: new URLSearchParams({ shared: 'no', ...fields }).toString(),
      headers: {
        Cookie: ensureDefined(reader.cookie),
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: PUBLIC_URL,
        'Sec-Fetch-Site': 'same-origin',
        ...headers,
      },
    });
    expect((await request).status).toBe(403);
    expect((await anybody(`/v/${id}`)).status).toBe(200);
  });

  it('A7 take a form of our own page from a browser that hides the origin, by its token', async () => {
    const id = badgeOf('ES-E01');
    const reader = await signIn('ES-E01');
    const headers = { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' };
    expect((await reader.post(`/holder/badges/${id}/sharing`, [['shared', 'yes']], headers)).status).toBe(303);
  });

  it('A6 close an hour after the last use, twelve hours after the first, and when told to', async () => {
    const idle = await signIn('EC-E01');
    clock.advance(59 * MINUTE);
    expect((await idle.get('/holder')).status).toBe(200);
    clock.advance(61 * MINUTE);
    expect((await idle.get('/holder')).status).toBe(401);

    const busy = await signIn('EC-E01');
    for (let half = 0; half < 23; half += 1) {
      clock.advance(HOUR / 2);
      expect((await busy.get('/holder')).status).toBe(200);
    }
    clock.advance(HOUR / 2);
    expect((await busy.get('/holder')).status).toBe(401);

    const leaving = await signIn('EC-E01');
    const { cookie } = leaving;
    expect((await leaving.post('/holder/sign-out')).headers.get('Set-Cookie')).toContain('Max-Age=0');
    const stale = await house.app.request('/holder', { headers: { Cookie: ensureDefined(cookie) } });
    expect(stale.status).toBe(401);
  });

  it('A6 change the secret of a session every quarter of an hour; the old one soon opens nothing', async () => {
    const reader = await signIn('EC-E01');
    const old = ensureDefined(reader.cookie);
    const withOld = () => house.app.request('/holder', { headers: { Cookie: old } });
    clock.advance(16 * MINUTE);
    await reader.get('/holder');
    expect(reader.cookie).not.toBe(old);
    expect((await withOld()).status).toBe(200);
    clock.advance(2 * MINUTE);
    expect((await withOld()).status).toBe(401);
    expect((await reader.get('/holder')).status).toBe(200);
    const rows = await house.issuing.store.log.list(issuer, 'holder-sessions');
    expect(JSON.stringify(rows)).not.toContain(ensureDefined(reader.cookie).split('=')[1]);
  });

  it('X10 are kept by no cache and listed by no search engine', async () => {
    const reader = await signIn('EC-E01');
    for (const path of ['/holder', `/holder/badges/${badgeOf('EC-E01')}`, '/holder/export', '/holder/nothing']) {
      const { headers } = await reader.get(path);
      expect(headers.get('Cache-Control'), path).toBe('no-store');
      expect(headers.get('X-Robots-Tag'), path).toBe('noindex');
      expect(headers.get('Referrer-Policy'), path).toBe('no-referrer');
    }
  });
});
