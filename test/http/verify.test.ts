import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { findBadge } from '../../src/issuing/badges.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { bakePng } from '../../src/media/png-bake.js';
import { qrPng, qrSvg } from '../../src/media/qr.js';
import { bakeSvg } from '../../src/media/svg-bake.js';
import type { VerificationReport } from '../../src/verification/report.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';

/** The real house behind `POST /verify`; nothing outside is reachable, so what is not ours stays unknown. */
describe('POST /verify', () => {
  let folder: string;
  let house: House;
  let badge: string;
  let ids: string[];

  beforeAll(async () => {
    folder = await temporaryFolder();
    house = await openTestHouse(folder, { SCEAU_RATE_VERIFY: '0' });
    const { rows } = await issueSample(house, 'ecstra');
    ids = rows.flatMap((row) => (row.credentialId === undefined ? [] : [row.credentialId]));
    badge = await textOf(ensureDefined(ids[0]));
  });
  afterAll(async () => {
    await house.close();
    await removeFolder(folder);
  });

  async function textOf(id: string): Promise<string> {
    return JSON.stringify(ensureDefined(await findBadge(house.issuing, id)).document);
  }
  const post = (body: string | Uint8Array<ArrayBuffer> | FormData, headers: Record<string, string> = {}) =>
    house.app.request('/verify', { method: 'POST', body, headers });
  const postJson = (text: string) => post(text, { 'Content-Type': 'application/vc+ld+json' });
  const reportOf = async (response: Response): Promise<VerificationReport> => {
    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    return (await response.json()) as VerificationReport;
  };

  it('answers valid for a good badge, with what it says', async () => {
    const report = await reportOf(await postJson(badge));
    expect(report).toMatchObject({ verified: true, outcome: 'valid' });
    expect(report.credential?.holder.name).toBe('Maëlle Duchêne');
  });

  it('V15 V13 V16 answers invalid, and shows nothing as fact, for an altered, an unsigned and a stuffed one', async () => {
    const document = JSON.parse(badge);
    const { proof: _, ...unsigned } = document;
    const cases = [
      badge.replace('Maëlle', 'Marie'),
      JSON.stringify(unsigned),
      JSON.stringify({ ...document, endorsedBy: 'the King' }),
    ];
    for (const text of cases) {
      const report = await reportOf(await postJson(text));
      expect(report).toMatchObject({ verified: false, outcome: 'invalid', credential: null });
      expect(report.problemDetails.length).toBeGreaterThan(0);
    }
  });

  it('V45 answers revoked at once', async () => {
    const id = ensureDefined(ids[1]);
    const text = await textOf(id);
    expect((await reportOf(await postJson(text))).outcome).toBe('valid');
    await changeStatus(house.issuing, { credential: id, change: 'revoked', reason: 'test', actor: 'test' });
    const report = await reportOf(await postJson(text));
    expect(report.outcome).toBe('invalid');
    expect(report.credential?.status).toBe('revoked');
  });

  it.each([
    ['V1 nothing', '', 'application/json', 400, 'https://www.w3.org/TR/vc-data-model#PARSING_ERROR'],
    ['V1 white space', ' \n ', 'application/json', 400, 'https://www.w3.org/TR/vc-data-model#PARSING_ERROR'],
    ['V2 half a document', '{"a":', 'application/json', 400, 'https://www.w3.org/TR/vc-data-model#PARSING_ERROR'],
    ['V4 a list', '[]', 'application/json', 400, 'https://www.w3.org/TR/vc-data-model#PARSING_ERROR'],
    ['V5 XML', '<a/>', 'text/xml', 415, 'urn:sceau:problem:unsupported-media-type'],
    ['V5 plain words', 'hello', 'text/plain', 415, 'urn:sceau:problem:unsupported-media-type'],
    [
      'V7 a member twice',
      '{"issuer":"did:a","issuer":"did:b"}',
      'application/json',
      400,
      'https://www.w3.org/TR/vc-data-model#PARSING_ERROR',
    ],
    ['V8 endless nesting', '['.repeat(100_000), 'application/json', 400, 'urn:sceau:problem:too-complex'],
    [
      'V10 a prototype',
      '{"__proto__":{"polluted":true}}',
      'application/json',
      400,
      'https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR',
    ],
  ])('%s is refused as a problem', async (_name, body, contentType, status, type) => {
    const response = await post(body, { 'Content-Type': contentType });
    expect(response.status).toBe(status);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ type, status });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('V6 does not read more than it takes', async () => {
    const honest = await post('x'.repeat(6 * 1024 * 1024), { 'Content-Type': 'application/json' });
    expect(honest.status).toBe(413);
    const over = await postJson(`{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`);
    expect(over.status).toBe(413);
  });

  it('V58 V60 reads a badge baked into a PNG or an SVG, and refuses pictures without one', async () => {
    const png = await qrPng('https://badges.example.org');
    const svg = qrSvg('https://badges.example.org', 'A badge');
    for (const [picture, type] of [
      [bakePng(png, badge), 'image/png'],
      [bakeSvg(svg, badge), 'image/svg+xml'],
    ] as const) {
      const form = new FormData();
      form.set('file', new File([Uint8Array.from(picture)], 'badge', { type }));
      expect((await reportOf(await post(form))).outcome).toBe('valid');
      expect((await reportOf(await post(Uint8Array.from(picture), { 'Content-Type': type }))).outcome).toBe('valid');
    }
    const empty = await post(Uint8Array.from(png), { 'Content-Type': 'image/png' });
    expect(empty.status).toBe(422);
    expect(await empty.json()).toMatchObject({ type: 'urn:sceau:problem:no-credential-in-image' });
  });

  it.each(['file:///etc/passwd', 'http://127.0.0.1/', 'javascript:alert(1)'])('V62 does not follow %s', async (url) => {
    const form = new FormData();
    form.set('url', url);
    const response = await post(form);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ type: 'urn:sceau:problem:url-not-allowed' });
  });

  it('finds one of our own badges by its address without asking the network', async () => {
    for (const place of ['credentials', 'v']) {
      const form = new FormData();
      form.set('url', `https://badges.example.org/${place}/${ids[0]}`);
      expect((await reportOf(await post(form))).outcome).toBe('valid');
    }
  });

  it('says whether the badge belongs to somebody', async () => {
    for (const [recipient, state] of [
      ['Maelle.Duchene@example.org', 'pass'],
      ['someone.else@example.org', 'fail'],
    ] as const) {
      const form = new FormData();
      form.set('credential', badge);
      form.set('recipient', recipient);
      const report = await reportOf(await post(form));
      expect(report.checks.at(-1)).toMatchObject({ id: 'recipient', state });
    }
  });

  it('answers a browser’s form with the page, in its language, and with an error page for what is no badge', async () => {
    const form = new FormData();
    form.set('credential', badge);
    const page = await post(form, { Accept: 'text/html', 'Accept-Language': 'fr' });
    expect(page.status).toBe(200);
    expect(page.headers.get('Content-Type')).toContain('text/html');
    const html = await page.text();
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('Maëlle Duchêne');
    const nothing = await post(new FormData(), { Accept: 'text/html' });
    expect(nothing.status).toBe(400);
    expect(await nothing.text()).toContain('<html');
  });

  it('R1 asks an address that has had enough to wait', async () => {
    const limited = await openTestHouse(await temporaryFolder(), { SCEAU_RATE_VERIFY: '2' });
    const ask = () =>
      limited.app.request('/verify', { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    await limited.close();
  });
});
