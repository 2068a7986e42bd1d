import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/ports/json.js';
import { fullBadge, sign, withMember } from '../../verification/house.js';
import { formOf, serve } from './served.js';

const served = serve();
const HTML = { Accept: 'text/html' };

async function pageOf(badge: JsonObject, language = 'fr'): Promise<string> {
  const response = await served.post(badge, 'application/vc', { ...HTML, 'Accept-Language': language });
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')).toContain('text/html');
  return response.text();
}

/** Every text of a badge that a page may show, replaced. */
function withTexts(text: string): JsonObject {
  const places = [
    ['name'],
    ['description'],
    ['issuer', 'name'],
    ['issuer', 'parentOrg', 'name'],
    ['credentialSubject', 'narrative'],
    ['credentialSubject', 'role'],
    ['credentialSubject', 'term'],
    ['credentialSubject', 'identifier', 1, 'identityHash'],
    ['credentialSubject', 'achievement', 'name'],
    ['credentialSubject', 'achievement', 'description'],
    ['credentialSubject', 'achievement', 'criteria', 'narrative'],
    ['credentialSubject', 'achievement', 'tag', 0],
    ['credentialSubject', 'achievement', 'resultDescription', 0, 'name'],
    ['credentialSubject', 'achievement', 'resultDescription', 0, 'rubricCriterionLevel', 1, 'name'],
    ['credentialSubject', 'achievement', 'resultDescription', 0, 'rubricCriterionLevel', 1, 'description'],
    ['credentialSubject', 'achievement', 'resultDescription', 0, 'alignment', 0, 'targetName'],
    ['evidence', 0, 'name'],
    ['evidence', 1, 'name'],
    ['evidence', 2, 'narrative'],
  ];
  return places.reduce((badge, path) => withMember(badge, path, text), fullBadge());
}

describe('the page that answers a browser', () => {
  it('X1 X2 has a twin: honest words are shown as they were signed', async () => {
    const page = await pageOf(await sign(withTexts('Épicerie « solidaire » & cie')));
    expect(page).toContain('Épicerie « solidaire » &amp; cie');
  });

  it.each([
    '"><img src=x onerror=alert(1)>',
    '</script><script>alert(1)</script>',
    '</title><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '{{7*7}}$' + '{7*7}<%= 7*7 %>',
    '[x](javascript:alert(1)) [y](&#106;avascript:alert(1)) ![z](https://evil.example/pixel.png)',
    '<iframe src="javascript:alert(1)"></iframe>',
    '\u2028\u2029<!--',
  ])('X1 X2 %j stays text in every place', async (text) => {
    const signed = await sign(withTexts(text));
    expect(await served.verdict(signed)).toBe('200 valid');
    const page = await pageOf(signed);
    expect(page).not.toContain(text.includes('<') || text.includes('"') ? text : '\u0000');
    expect(page).not.toMatch(/<img src=x|<svg onload|<iframe|<script>alert/i);
    for (const [tag] of page.matchAll(/<[a-z][^>]*>/gi)) {
      expect(tag).not.toMatch(/\son\w+\s*=|javascript:|&#106;|evil\.example/i);
    }
    expect(page).not.toContain('>49<');
  });

  it('X1 what is refused is repeated as text, and not at length', async () => {
    const hostile = '"><img src=x onerror=alert(1)>';
    const badges: JsonObject[] = [
      { ...fullBadge(), '@context': hostile },
      { ...fullBadge(), issuer: `javascript:${hostile}${'x'.repeat(5_000)}` },
      { ...fullBadge(), [`@${hostile}`]: hostile },
      { ...fullBadge(), proof: { type: hostile } },
    ];
    for (const badge of badges) {
      const page = await pageOf(badge);
      expect(page).not.toContain('<img src=x');
      expect(page).not.toContain('x'.repeat(400));
    }
    const refused = await served.post(formOf({ url: `https://${hostile}/` }), undefined, HTML);
    expect(await refused.text()).not.toContain('<img src=x');
  });

  it('X5 X10 every answer carries the headers that keep a browser safe, and is not kept', async () => {
    const signed = await sign(fullBadge());
    const answers = [
      await served.post(signed),
      await served.post(signed, 'application/vc', HTML),
      await served.post('', 'application/json'),
      await served.post('', 'application/json', HTML),
      await served.post(formOf({ url: 'https://127.0.0.1/' })),
    ];
    for (const { headers } of answers) {
      expect(headers.get('Cache-Control')).toBe('no-store');
      const policy = headers.get('Content-Security-Policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src[^;]*'unsafe-(?:inline|eval)'/);
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Referrer-Policy')).toBeTruthy();
      expect(headers.get('X-Powered-By') ?? headers.get('Server')).toBeNull();
    }
  });

  it.each([
    ['an issuer', (text: string) => ({ ...fullBadge(), issuer: `did:${text}` })],
    ['a date', (text: string) => ({ ...fullBadge(), validUntil: `2026-${text}` })],
    ['a status index', (text: string) => withMember(fullBadge(), ['credentialStatus', 'statusListIndex'], text)],
    ['a language', (text: string) => withMember(fullBadge(), ['credentialSubject', 'achievement', 'inLanguage'], text)],
    ['a result', (text: string) => withMember(fullBadge(), ['credentialSubject', 'result', 2, 'value'], text)],
    ['an address', (text: string) => withMember(fullBadge(), ['evidence', 0, 'id'], `https://${text}`)],
    ['a key', (text: string) => ({ ...fullBadge(), proof: { type: 'DataIntegrityProof', proofValue: text } })],
  ] as const)('X9 %s of 50,000 characters keeps nobody waiting', async (_, make) => {
    for (const text of [`${'a'.repeat(50_000)}!`, `${'1.'.repeat(25_000)}!`, `${' '.repeat(50_000)}!`]) {
      expect(await served.verdict(make(text))).toMatch(/^200 invalid /);
    }
  });

  it('X9 neither does a form, a header or a language', async () => {
    const long = `${'a'.repeat(50_000)}!`;
    const badge = JSON.stringify(await sign(fullBadge()));
    for (const recipient of [long, `${long}@example.org`, `did:${long}`]) {
      expect((await served.post(formOf({ credential: badge, recipient }))).status).toBe(200);
    }
    for (const header of ['Accept', 'Accept-Language', 'Content-Type', 'X-Forwarded-For']) {
      const response = await served.post(badge, 'application/vc', { [header]: long });
      expect(response.status).toBeLessThan(500);
    }
  });
});

describe('an address that asks and asks', () => {
  const limited = serve({ SCEAU_RATE_VERIFY: '3' });

  it('R1 is told when to come back, and may then', async () => {
    const ask = async () => (await limited.post({ a: 1 })).status;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 200]);
    const refused = await limited.post({ a: 1 });
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get('Retry-After'));
    expect(seconds).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ type: 'urn:sceau:problem:too-many-requests', status: 429 });
    limited.clock.advanceSeconds(seconds);
    expect(await ask()).toBe(200);
  });
});
