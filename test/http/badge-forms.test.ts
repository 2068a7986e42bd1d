import { DOMParser } from '@xmldom/xmldom';
import ExifReader from 'exifreader';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { reissueCredential } from '../../src/issuing/reissue.js';
import {
  issueSample,
  openTestHouse,
  PROGRAMME_IDS,
  PUBLIC_URL,
  removeFolder,
  temporaryFolder,
} from '../support/house.js';

const BADGE_NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0';

let folder: string;
let house: House;
/** Public ids of the badges issued, by programme. */
const issued = new Map<string, string[]>();

beforeAll(async () => {
  folder = await temporaryFolder();
  house = await openTestHouse(folder, { SCEAU_RATE_VERIFY: '0' });
  for (const programme of PROGRAMME_IDS) {
    const { rows } = await issueSample(house, programme);
    issued.set(
      programme,
      rows.flatMap((row) => ('credentialId' in row && row.credentialId !== undefined ? [row.credentialId] : [])),
    );
  }
}, 120_000);

afterAll(async () => {
  await house.close();
  await removeFolder(folder);
});

const idOf = (programme: string, index = 0) => issued.get(programme)?.[index] ?? '';
const get = (path: string, headers: Record<string, string> = {}) => house.app.request(path, { headers });
const bytesOf = async (path: string) => new Uint8Array(await (await get(path)).arrayBuffer());

async function verify(bytes: Uint8Array, name: string) {
  const body = new FormData();
  body.set('file', new File([Uint8Array.from(bytes)], name));
  const answer = await house.app.request('/verify', { method: 'POST', body, headers: { Accept: 'application/json' } });
  return (await answer.json()) as { outcome: string; credential: { id: string; status: string } };
}

describe('a badge inside its picture', () => {
  it.each(PROGRAMME_IDS)(
    '%s: PNG and SVG hold the signed badge byte for byte, and are verified as it is',
    async (programme) => {
      const id = idOf(programme);
      const served = await (await get(`/credentials/${id}`)).text();

      const png = await bytesOf(`/credentials/${id}.png`);
      const tags = ExifReader.load(png.slice().buffer, { includeUnknown: true });
      expect(tags['openbadgecredential']?.description).toBe(served);
      const { width, height } = PNG.sync.read(Buffer.from(png));
      expect([width, height]).toEqual([640, 640]);

      const svg = await (await get(`/credentials/${id}.svg`)).text();
      const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
      const elements = root?.getElementsByTagNameNS(BADGE_NAMESPACE, 'credential');
      expect([elements?.length, elements?.[0]?.textContent]).toEqual([1, served]);
      expect(root?.firstChild).toBe(elements?.[0]);

      for (const [bytes, name] of [
        [png, 'badge.png'],
        [new TextEncoder().encode(svg), 'badge.svg'],
      ] as const) {
        const report = await verify(bytes, name);
        expect([report.outcome, report.credential.id]).toEqual(['valid', `${PUBLIC_URL}/credentials/${id}`]);
      }
    },
  );

  it('is another picture for other levels', async () => {
    const pictures = new Set<string>();
    for (const id of issued.get('ecstra') ?? []) {
      const { data } = PNG.sync.read(Buffer.from(await bytesOf(`/credentials/${id}.png`)));
      pictures.add(Buffer.from(data).toString('base64'));
    }
    const levels = new Set<string>();
    for (const id of issued.get('ecstra') ?? []) {
      const { credentialSubject } = (await (await get(`/credentials/${id}`)).json()) as {
        credentialSubject: { result: { achievedLevel?: string }[]; creditsEarned?: number };
      };
      const achieved = credentialSubject.result.map(({ achievedLevel }) => achievedLevel);
      levels.add(JSON.stringify([achieved, credentialSubject.creditsEarned]));
    }
    expect(levels.size).toBeGreaterThan(1);
    expect(pictures.size).toBe(levels.size);
  });

  it('X3 X7 comes with a name of ours, kept in caches for a minute, as a picture in which nothing acts', async () => {
    const id = idOf('ecstra');
    const svg = await get(`/credentials/${id.toUpperCase()}.SVG`);
    expect(svg.status).toBe(200);
    expect(svg.headers.get('Content-Type')).toBe('image/svg+xml; charset=utf-8');
    expect(svg.headers.get('Content-Disposition')).toBe(`inline; filename="badge-${id}.svg"`);
    expect(svg.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'.*; sandbox$/);
    expect(svg.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(await svg.text()).not.toMatch(/<(script|foreignObject|image|use|a|style|animate)\b| on\w+=/i);
  });

  it('names nobody in what is drawn', async () => {
    const id = idOf('ecstra');
    const { credentialSubject } = (await (await get(`/credentials/${id}`)).json()) as {
      credentialSubject: { identifier: { identityType: string; identityHash: string }[] };
    };
    const name = credentialSubject.identifier.find(({ identityType }) => identityType === 'name')?.identityHash ?? '';
    const svg = await (await get(`/credentials/${id}.svg`)).text();
    const drawn = svg.replace(/<openbadges:credential>.*<\/openbadges:credential>/s, '');
    expect(name).not.toBe('');
    expect(drawn).toContain('<title>');
    expect(drawn).not.toContain(name);
  });
});

describe('GET /credentials/{id}', () => {
  it.each([
    [undefined, 'application/vc+ld+json'],
    ['*/*', 'application/vc+ld+json'],
    ['application/vc', 'application/vc'],
    ['application/json', 'application/json'],
    ['application/ld+json', 'application/ld+json'],
    ['application/json;q=0.4, application/vc;q=0.9', 'application/vc'],
    ['image/*', 'image/png'],
    ['image/svg+xml', 'image/svg+xml; charset=utf-8'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html; charset=UTF-8'],
    ['application/jwt, application/json;q=0', undefined],
    ['image/gif', undefined],
    ['application/json;q=0', undefined],
  ])('Accept: %s is answered with %s', async (accept, type) => {
    const answer = await get(`/credentials/${idOf('ecstra')}`, accept === undefined ? {} : { Accept: accept });
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual(
      type === undefined ? [406, 'application/problem+json'] : [200, type],
    );
    expect(answer.headers.get('Vary')).toContain('Accept');
  });

  it.each(['', '.json', '.png', '.svg'])('with %s answers HEAD, If-None-Match and any origin', async (suffix) => {
    const path = `/credentials/${idOf('ecstra')}${suffix}`;
    const headers = { Origin: 'https://wallet.example' };
    const full = await get(path, headers);
    expect(full.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(full.headers.get('Cache-Control')).toBe('public, max-age=60');
    const tag = full.headers.get('ETag') ?? '';
    expect(tag).toMatch(/^"[\w-]{27}"$/);
    const head = await house.app.request(path, { method: 'HEAD', headers });
    expect([head.status, head.headers.get('ETag'), await head.text()]).toEqual([200, tag, '']);
    const again = await get(path, { ...headers, 'If-None-Match': tag });
    expect([again.status, await again.text(), again.headers.get('Access-Control-Allow-Origin')]).toEqual([
      304,
      '',
      '*',
    ]);
  });

  it('has no form of another suffix', async () => {
    for (const suffix of ['gif', 'constructor', 'png.svg', '.', 'jpg%2f']) {
      expect([suffix, (await get(`/credentials/${idOf('ecstra')}.${suffix}`)).status]).toEqual([suffix, 404]);
    }
  });

  it('has a JWT form once the badge is bound to a key of its holder, and not before', async () => {
    const id = idOf('ecstra', 1);
    const before = await get(`/credentials/${id}.jwt`);
    expect([before.status, ((await before.json()) as { type: string }).type]).toEqual([
      406,
      expect.stringMatching(/not-bound$/),
    ]);
    const holder = 'did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQXJPt4swbTQ2E';
    await reissueCredential(house.issuing, { credential: id, change: { kind: 'holder', id: holder }, actor: 'test' });
    const bound = await get(`/credentials/${id}.jwt`);
    expect([bound.status, bound.headers.get('Content-Type')]).toEqual([200, 'application/jwt']);
    const jwt = await bound.text();
    expect(await (await get(`/credentials/${id}`, { Accept: 'application/jwt' })).text()).toBe(jwt);
    const answer = await house.app.request('/verify', {
      method: 'POST',
      body: jwt,
      headers: { 'Content-Type': 'application/jwt', Accept: 'application/json' },
    });
    const report = (await answer.json()) as { outcome: string; credential: { holder: { id: string } } };
    expect([report.outcome, report.credential.holder.id]).toEqual(['valid', holder]);
  });
});

describe('the card that announces a badge', () => {
  const sizeOf = (bytes: Uint8Array) => {
    const { width, height } = PNG.sync.read(Buffer.from(bytes));
    return [width, height];
  };

  it.each(PROGRAMME_IDS)('%s: is a PNG of 1200 × 627 pixels below 5 MB', async (programme) => {
    const answer = await get(`/v/${idOf(programme)}/og.png`);
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'image/png']);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(sizeOf(bytes)).toEqual([1200, 627]);
    expect(bytes.length).toBeLessThan(5_000_000);
  });

  it('speaks the language of the link, else the badge’s own', async () => {
    const id = idOf('ecstra');
    const card = async (query: string) => Buffer.from(await bytesOf(`/v/${id}/og.png${query}`)).toString('base64');
    const [own, fr, en] = [await card(''), await card('?lang=fr'), await card('?lang=en')];
    expect(fr).not.toBe(en);
    expect([fr, en]).toContain(own);
  });

  it('says that a badge is suspended or revoked, as soon as it is', async () => {
    const id = idOf('mission-industrielle');
    const path = `/v/${id}/og.png?lang=fr`;
    const before = await get(path);
    await changeStatus(house.issuing, { credential: id, change: 'suspended', reason: 'enquête', actor: 'test' });
    const suspended = await get(path, { 'If-None-Match': before.headers.get('ETag') ?? '' });
    await changeStatus(house.issuing, { credential: id, change: 'revoked', reason: 'fraude', actor: 'test' });
    const revoked = await get(path, { 'If-None-Match': suspended.headers.get('ETag') ?? '' });
    expect([before.status, suspended.status, revoked.status]).toEqual([200, 200, 200]);
  });

  it('is not there for a badge nobody has', async () => {
    expect((await get('/v/7zzzzzzzzzzzzzzzzzzzzzzzzz/og.png')).status).toBe(404);
    expect((await get('/v/no-id/og.png')).status).toBe(404);
  });
});

describe('the picture of an achievement', () => {
  it.each(PROGRAMME_IDS)('%s: is where its badges say', async (programme) => {
    const { credentialSubject } = (await (await get(`/credentials/${idOf(programme)}`)).json()) as {
      credentialSubject: { achievement: { image: { id: string; type: string } } };
    };
    const { id, type } = credentialSubject.achievement.image;
    expect([type, id.startsWith(`${PUBLIC_URL}/achievements/`)]).toEqual(['Image', true]);
    const answer = await get(id.slice(PUBLIC_URL.length));
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'image/png']);
    expect(PNG.sync.read(Buffer.from(await answer.arrayBuffer())).width).toBe(640);
  });

  it('is served in each language as PNG and SVG, with nothing reached', async () => {
    const { credentialSubject } = (await (await get(`/credentials/${idOf('projet-pro')}`)).json()) as {
      credentialSubject: { achievement: { id: string } };
    };
    const path = new URL(credentialSubject.achievement.id).pathname;
    const svg = await get(`${path}/image.svg?lang=fr`);
    expect([svg.status, svg.headers.get('Content-Type')]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    expect(await svg.text()).not.toBe(await (await get(`${path}/image.svg?lang=en`)).text());
    const png = await get(`${path}/image.png`);
    expect([png.headers.get('Content-Type'), png.headers.get('Access-Control-Allow-Origin')]).toEqual([
      'image/png',
      '*',
    ]);
    expect((await get('/achievements/projet-pro/2021-2022/none/image.png')).status).toBe(404);
    expect((await get('/achievements/projet-pro/1789/image.png')).status).toBe(404);
  });
});
