import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { eraseStudent } from '../../src/issuing/erase-student.js';
import { createSmtpMailer } from '../../src/mail/smtp-mailer.js';
import type { Mailer } from '../../src/ports/mailer.js';
import { makeLink } from '../../src/sharing/claim.js';
import { sendDueMails } from '../../src/sharing/send-mails.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample, openTestHouse, PUBLIC_URL, removeFolder, temporaryFolder } from '../support/house.js';
import { createReader } from '../support/reader.js';
import { linkIn, openSmtpInbox, type SmtpInbox } from '../support/smtp.js';
import { createTestClock, type TestClock } from '../support/test-clock.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('the page behind a mailed link', () => {
  let folder: string;
  let clock: TestClock;
  let house: House;
  let issuer: string;
  let badge: string;

  const open = (environment: Record<string, string> = {}) =>
    openTestHouse(folder, { SCEAU_RATE_CLAIM: '0', ...environment }, { clock });
  beforeEach(async () => {
    folder = await temporaryFolder();
    clock = createTestClock();
    house = await open();
    const result = await issueSample(house, 'ecstra');
    issuer = result.issuer;
    badge = ensureDefined(result.rows[0]?.credentialId);
  });
  afterEach(async () => {
    await house.close();
    await removeFolder(folder);
  });

  const pathOf = (url: string) => url.slice(PUBLIC_URL.length);
  const link = async () => pathOf(await makeLink(house.issuing, badge));
  const textOf = async (response: Response) => (await response.text()).replace(/<[^>]+>/g, ' ');

  it('L3 is looked at as often as one likes, by GET and HEAD, without using the link', async () => {
    const path = await link();
    for (let look = 0; look < 3; look += 1) {
      const seen = await createReader(house).get(path);
      expect([seen.status, seen.headers.get('Set-Cookie')]).toEqual([200, null]);
      expect((await house.app.request(path, { method: 'HEAD' })).status).toBe(200);
    }
    const opened = await createReader(house).post(path);
    expect([opened.status, opened.headers.get('Location')]).toEqual([303, '/holder?lang=fr']);
  });

  it('L3 X10 tells nobody where it is: no referrer, not kept, not listed, nothing from elsewhere', async () => {
    const { headers } = await createReader(house).get(await link());
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('X-Robots-Tag')).toBe('noindex');
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  });

  it('names the institution and covers the address', async () => {
    const text = await textOf(await createReader(house).get(await link()));
    expect(text).toContain('Université Jean Monnet Saint-Étienne');
    expect(text).toContain('m•••@example.org');
    expect(text).not.toMatch(/maelle|Duchêne|Maëlle/);
    expect(await textOf(await createReader(house, 'en').get(await link()))).toContain('Open my page');
  });

  it('gives a cookie that scripts cannot read and other sites cannot send, for this host alone', async () => {
    const opened = await createReader(house).post(await link());
    expect(opened.headers.get('Set-Cookie')).toMatch(
      /^__Host-sceau-holder=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it('L2 lets in exactly one of twenty who press the button at once', async () => {
    const path = await link();
    const answers = await Promise.all(Array.from({ length: 20 }, () => createReader(house).post(path)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(19).fill(410)]);
    expect(answers.filter(({ headers }) => headers.has('Set-Cookie'))).toHaveLength(1);
    expect(await house.issuing.store.log.list(issuer, 'holder-sessions')).toHaveLength(1);
  });

  it('L2 opens nothing for whoever steals the link after it was used, and leads its owner back in', async () => {
    const path = await link();
    const owner = createReader(house);
    await owner.post(path);
    const thief = createReader(house);
    const refused = await thief.post(path);
    expect([refused.status, thief.cookie]).toEqual([410, undefined]);
    expect(await textOf(refused)).toContain('Ce lien a déjà servi');
    expect((await thief.get('/holder')).status).toBe(401);
    const again = await owner.get(path);
    expect([again.status, again.headers.get('Location')]).toEqual([303, '/holder']);
  });

  it('L4 says kindly that it has expired', async () => {
    const path = await link();
    clock.advance(31 * DAY);
    const seen = await createReader(house, 'en').get(path);
    expect(seen.status).toBe(410);
    expect(await textOf(seen)).toMatch(/has expired.*Send me a new link/);
    expect((await createReader(house).post(path)).status).toBe(410);
  });

  it('L1 L4 answers every token that never was alike, and one of an erased student with them', async () => {
    const erased = await link();
    await eraseStudent(house.issuing, { issuer, student: 'S-EC-01', actor: 'test' });
    const paths = [erased, `/claim/${'A'.repeat(43)}`, '/claim/x', '/claim/1', `/claim/${'é'.repeat(20)}`];
    const bodies = new Set<string>();
    for (const path of paths) {
      const seen = await createReader(house).get(path);
      expect(seen.status).toBe(404);
      bodies.add((await seen.text()).replaceAll(encodeURI(path), '').replaceAll(path, ''));
    }
    expect(bodies.size).toBe(1);
    expect((await createReader(house).post(erased)).status).toBe(404);
  });

  it.each([
    ['of another site', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['of another site, by an old browser', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' }],
    ['of a neighbouring host', { Origin: PUBLIC_URL, 'Sec-Fetch-Site': 'same-site' }],
    ['as text', { 'Content-Type': 'text/plain' }],
    ['as JSON', { 'Content-Type': 'application/json' }],
  ])('A7 does not take a form %s, and the link stays unused', async (_, headers) => {
    const path = await link();
    const refused = await createReader(house).post(path, [], headers);
    expect([refused.status, refused.headers.get('Set-Cookie')]).toEqual([403, null]);
    expect((await createReader(house).post(path)).status).toBe(303);
  });

  it('A7 does not take a request that says nothing of where it comes from', async () => {
    const path = await link();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await house.app.request(path, { method: 'POST', headers })).status).toBe(403);
  });

  it('R1 is tried ten times a minute from one address, and then again a little later', async () => {
    await house.close();
    house = await open({ SCEAU_RATE_CLAIM: '10' });
    const attempts = [];
    for (let attempt = 0; attempt < 12; attempt += 1) attempts.push(await createReader(house).post('/claim/x'));
    expect(attempts.map(({ status }) => status)).toEqual([...Array(10).fill(404), 429, 429]);
    expect(attempts.at(-1)?.headers.get('Retry-After')).toMatch(/^\d+$/);
    clock.advance(MINUTE);
    expect((await createReader(house).post(await link())).status).toBe(303);
  });

  describe('asking for a new link', () => {
    let inbox: SmtpInbox;
    let mailer: Mailer;
    beforeEach(async () => {
      inbox = await openSmtpInbox();
      mailer = createSmtpMailer({ url: inbox.url, from: { name: '', address: 'badges@univ.example' } });
      await sendDueMails(house.issuing, mailer);
      inbox.mails.length = 0;
    });
    afterEach(() => inbox.close());

    it('sends one to the address on record, whose link opens; asked often, it sends one in ten minutes', async () => {
      const path = await link();
      const reader = createReader(house);
      await reader.post(path);
      for (let asked = 0; asked < 5; asked += 1) await createReader(house).post(`${path}/again`);
      expect((await sendDueMails(house.issuing, mailer)).sent).toBe(1);
      await createReader(house).post(`${path}/again`);
      expect((await sendDueMails(house.issuing, mailer)).sent).toBe(0);
      const mail = ensureDefined(inbox.mails[0]);
      expect(mail.to).toEqual(['maelle.duchene@example.org']);
      expect((await createReader(house).post(pathOf(linkIn(mail)))).status).toBe(303);

      clock.advance(11 * MINUTE);
      await createReader(house).post(`${path}/again`);
      expect((await sendDueMails(house.issuing, mailer)).sent).toBe(1);
    });

    it('L1 answers alike for a used link, an expired one, one still open and one that never was (no oracle)', async () => {
      const [used, still] = [await link(), await link()];
      await createReader(house).post(used);
      const answers = new Set<string>();
      for (const path of [used, still, `/claim/${'B'.repeat(43)}`, '/claim/x']) {
        const reader = createReader(house);
        const answer = await reader.post(`${path}/again`);
        const page = await reader.follow(answer);
        answers.add(`${answer.status} ${answer.headers.get('Location')} ${page.status} ${await page.text()}`);
      }
      expect(answers.size).toBe(1);
      expect([...answers][0]).toContain('303 /claim/asked?lang=fr 200');
      expect((await sendDueMails(house.issuing, mailer)).sent).toBe(1);
    });
  });
});
