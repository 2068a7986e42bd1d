import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import type { Listening } from '../../src/http/listen.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { makeLink } from '../../src/sharing/claim.js';
import { LANGUAGES } from '../../src/text/localized.js';
import { freePort } from '../support/free-port.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { useChromium } from './chromium.js';
import { accessibilityFaults, follow, openPage, sidewaysScroll } from './visit.js';

const { browser } = useChromium();
const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1200, height: 900 };
let folder: string;
let house: House;
let server: Listening;
let origin: string;
const badges = new Map<string, string>();

beforeAll(async () => {
  folder = await temporaryFolder();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  house = await openTestHouse(folder, { SCEAU_PUBLIC_URL: origin, PORT: String(port), SCEAU_RATE_CLAIM: '0' });
  for (const row of (await issueSample(house, 'ecstra')).rows) {
    if (row.credentialId !== undefined) badges.set(row.engagementId, row.credentialId);
  }
  server = await house.listen();
}, 120_000);
afterAll(async () => {
  await server?.close();
  await house?.close();
  await removeFolder(folder);
});

function badgeOf(engagement: string): string {
  const id = badges.get(engagement);
  if (id === undefined) throw new Error(`${engagement} was not issued`);
  return id;
}

describe('a holder, from the mailed link on', () => {
  it.each([true, false])('finds everything with plain forms (scripts run: %s)', async (javaScriptEnabled) => {
    const id = badgeOf('EC-E01');
    const { page, faults, close } = await openPage(browser(), origin, { viewport: NARROW, javaScriptEnabled });
    await page.goto(`${await makeLink(house.issuing, id)}?lang=en`);
    await follow(page, page.getByRole('button', { name: 'Open my page' }));
    await page.waitForURL('**/holder?lang=en');
    expect(await page.locator('h1').textContent()).toBe('Hello Maëlle');
    await follow(page, page.getByRole('link', { name: /ECSTRA/ }));

    await page.getByRole('checkbox', { name: 'My name' }).uncheck();
    await follow(page, page.getByRole('button', { name: 'Save and sign anew' }));
    expect(await page.getByRole('status').textContent()).toContain('signed anew');
    expect(await page.getByRole('checkbox', { name: 'My name' }).isChecked()).toBe(false);
    await page.goto(`${origin}/v/${id}?lang=en`);
    expect(await page.locator('body').innerText()).not.toMatch(/Duchêne|Maëlle/);
    await page.goBack();

    await page.getByRole('checkbox', { name: 'My name' }).check();
    await follow(page, page.getByRole('button', { name: 'Save and sign anew' }));
    await follow(page, page.getByRole('button', { name: 'Stop sharing' }));
    expect(await page.getByText('Not shared: only you').isVisible()).toBe(true);
    expect((await fetch(`${origin}/v/${id}`)).status).toBe(404);
    await follow(page, page.getByRole('button', { name: 'Share again' }));
    expect((await fetch(`${origin}/v/${id}`)).status).toBe(200);

    await follow(page, page.getByRole('link', { name: /All my badges/ }));
    await page.getByText('Have everything erased').click();
    await page.getByRole('checkbox', { name: /no way back/ }).check();
    await follow(page, page.getByRole('button', { name: 'Ask to be erased' }));
    await follow(page, page.getByRole('button', { name: 'Take the request back' }));
    expect(await page.getByRole('status').textContent()).toContain('taken back');
    await follow(page, page.getByRole('button', { name: 'Sign out' }));
    await page.goto(`${origin}/holder?lang=en`);
    expect(await page.locator('h1').textContent()).toBe('Your page is closed');
    expect(faults.filter((fault) => !/401|ERR_ABORTED/.test(fault))).toEqual([]);
    await close();
  });

  it.each(LANGUAGES)('meets pages in %s that fit any screen and shut nobody out', async (language) => {
    const { page, faults, close } = await openPage(browser(), origin, { viewport: WIDE });
    await changeStatus(house.issuing, {
      credential: badgeOf('EC-E08'),
      change: 'suspended',
      reason: 'test',
      actor: 'test',
    });
    const links = [badgeOf('EC-E08'), badgeOf('EC-E06')].map((id) => makeLink(house.issuing, id));
    const [suspended = '', open = ''] = await Promise.all(links);
    const seen = async (what: string) => {
      for (const viewport of [WIDE, NARROW]) {
        await page.setViewportSize(viewport);
        expect(await sidewaysScroll(page), what).toBeLessThanOrEqual(0);
      }
      await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
      expect(await accessibilityFaults(page), what).toEqual([]);
      expect(await page.locator('h1').count(), what).toBe(1);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
    };
    for (const [link, badge] of [
      [suspended, badgeOf('EC-E08')],
      [open, badgeOf('EC-E06')],
    ] as const) {
      await page.goto(`${link}?lang=${language}`);
      await seen('an open link');
      await page.locator('main button').click();
      await page.waitForURL('**/holder?*');
      await seen('the list');
      await page.goto(`${origin}/holder/badges/${badge}?lang=${language}&done=changed`);
      await seen('a badge');
      await page.goto(`${origin}/holder/badges/${badge}/wallet?lang=${language}`);
      await seen('which wallet');
      for (const way of link === open ? [0, 1, 2] : []) {
        await page.goto(`${origin}/holder/badges/${badge}/wallet?lang=${language}`);
        await follow(page, page.locator('section form button').nth(way));
        await seen(`wallet offer ${way}`);
        expect(await page.locator('img.wallet-qr').count()).toBe(1);
      }
    }
    await page.goto(`${origin}/claim/${'A'.repeat(43)}?lang=${language}`);
    await seen('an unknown link');
    await page.goto(`${origin}/claim/asked?lang=${language}`);
    await seen('a link asked for');
    expect(faults.filter((fault) => !/404|ERR_ABORTED/.test(fault))).toEqual([]);
    await close();
  });
});
