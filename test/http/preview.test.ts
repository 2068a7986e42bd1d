import { DOMParser } from '@xmldom/xmldom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { updateIssuer } from '../../src/issuing/issuers.js';
import { issueSample, openTestHouse, PUBLIC_URL, removeFolder, temporaryFolder } from '../support/house.js';

const ISSUER = 'universite-jean-monnet-saint-etienne';

let folder: string;
let house: House;
let ids: readonly string[];

beforeAll(async () => {
  folder = await temporaryFolder();
  house = await openTestHouse(folder, { SCEAU_LINKEDIN_ORGANIZATION_ID: '4711' });
  const { rows } = await issueSample(house, 'ecstra');
  ids = rows.flatMap((row) => ('credentialId' in row && row.credentialId !== undefined ? [row.credentialId] : []));
}, 120_000);

afterAll(async () => {
  await house.close();
  await removeFolder(folder);
});

const page = async (index: number, lang = 'fr') =>
  (await house.app.request(`/v/${ids[index]}?lang=${lang}`, { headers: { Accept: 'text/html' } })).text();

/** The preview tags of a page, by property. */
function tagsOf(html: string): Record<string, string> {
  const metas = html.match(/<meta [^>]*\/>/g) ?? [];
  const root = new DOMParser().parseFromString(`<r>${metas.join('')}</r>`, 'text/xml').documentElement;
  return Object.fromEntries(
    Array.from(root?.getElementsByTagName('meta') ?? [], (meta) => [
      meta.getAttribute('property') ?? meta.getAttribute('name') ?? '',
      meta.getAttribute('content') ?? '',
    ]),
  );
}

const linkedInOf = (html: string) =>
  Array.from(
    html.matchAll(/href="(https:\/\/www\.linkedin\.com[^"]*)"/g),
    ([, href = '']) => new URL(href.replaceAll('&amp;', '&')),
  );

describe('what a link to a badge shows where it is shared', () => {
  it('names the recognition and who awards it, in the language of the page, with absolute addresses', async () => {
    const tags = tagsOf(await page(0));
    expect(tags).toMatchObject({
      'og:type': 'website',
      'og:site_name': 'Université Jean Monnet Saint-Étienne',
      'og:url': `${PUBLIC_URL}/v/${ids[0]}`,
      'og:title': "Compétences d'engagement ECSTRA",
      'og:image': `${PUBLIC_URL}/v/${ids[0]}/og.png?lang=fr`,
      'og:image:width': '1200',
      'og:image:height': '627',
      'og:locale': 'fr_FR',
      'og:locale:alternate': 'en_GB',
      'twitter:card': 'summary_large_image',
    });
    expect(tags['og:description']).toMatch(
      /^Engagement étudiant reconnu par Université Jean Monnet Saint-Étienne le \d/,
    );
    expect(tagsOf(await page(0, 'en'))['og:description']).toMatch(/^Student engagement recognised by .* on \d/);
  });

  it('leads to a card that is there', async () => {
    const { pathname, search } = new URL(tagsOf(await page(0))['og:image'] ?? '');
    const card = await house.app.request(pathname + search);
    expect([card.status, card.headers.get('Content-Type')]).toEqual([200, 'image/png']);
  });

  it('names no person', async () => {
    const html = await page(0);
    const report = (await (
      await house.app.request(`/v/${ids[0]}`, { headers: { Accept: 'application/json' } })
    ).json()) as { credential: { holder: { name: string } } };
    const { name } = report.credential.holder;
    expect(html).toContain(name);
    expect(Object.values(tagsOf(html)).filter((value) => value.includes(name))).toEqual([]);
  });

  it('says in its title that a badge is suspended or revoked', async () => {
    const credential = ids[3] ?? '';
    await changeStatus(house.issuing, { credential, change: 'suspended', reason: 'enquête', actor: 'test' });
    expect(tagsOf(await page(3))['og:title']).toBe("Ce badge est suspendu · Compétences d'engagement ECSTRA");
    await changeStatus(house.issuing, { credential, change: 'revoked', reason: 'fraude', actor: 'test' });
    const tags = tagsOf(await page(3, 'en'));
    expect(tags['og:title']).toMatch(/^This badge was revoked · /);
    expect(tags['og:description']).toContain('withdrawn it for good');
  });

  it('is not added to a page of somebody else’s badge', async () => {
    const body = new FormData();
    body.set('credential', JSON.stringify({ id: 'https://elsewhere.example/1' }));
    const answer = await house.app.request('/verify', { method: 'POST', body, headers: { Accept: 'text/html' } });
    expect(await answer.text()).not.toContain('og:');
  });
});

describe('LinkedIn', () => {
  it('is offered on the page of a valid badge, for its profile and for a post', async () => {
    const [profile, share, ...more] = linkedInOf(await page(0));
    expect(more).toEqual([]);
    expect(Object.fromEntries(profile?.searchParams ?? [])).toMatchObject({
      startTask: 'CERTIFICATION_NAME',
      name: "Compétences d'engagement ECSTRA",
      certUrl: `${PUBLIC_URL}/v/${ids[0]}`,
      certId: ids[0],
    });
    expect(share?.searchParams.get('url')).toBe(`${PUBLIC_URL}/v/${ids[0]}`);
    const html = await page(0);
    expect(
      html.match(/<a href="https:\/\/www\.linkedin[^>]*>/g)?.every((a) => a.includes('rel="noopener noreferrer"')),
    ).toBe(true);
  });

  it('knows the institution by its number: the record’s, else for the first issuer the setting’s', async () => {
    expect(linkedInOf(await page(0))[0]?.searchParams.get('organizationId')).toBe('4711');
    await updateIssuer(house.issuing, ISSUER, { linkedInOrganizationId: '15142' });
    const { searchParams } = linkedInOf(await page(0))[0] ?? new URL('about:blank');
    expect([searchParams.get('organizationId'), searchParams.get('organizationName')]).toEqual(['15142', null]);
  });

  it('is not offered for a badge that is suspended, revoked or unknown', async () => {
    const credential = ids[2] ?? '';
    expect(linkedInOf(await page(2))).toHaveLength(2);
    await changeStatus(house.issuing, { credential, change: 'suspended', reason: 'enquête', actor: 'test' });
    expect(linkedInOf(await page(2))).toEqual([]);
    await changeStatus(house.issuing, { credential, change: 'reinstated', reason: 'erreur', actor: 'test' });
    expect(linkedInOf(await page(2))).toHaveLength(2);
    await changeStatus(house.issuing, { credential, change: 'revoked', reason: 'fraude', actor: 'test' });
    expect(linkedInOf(await page(2))).toEqual([]);
  });
});
