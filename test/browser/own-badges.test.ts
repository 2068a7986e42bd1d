import jsqr from 'jsqr';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { House } from '../../src/compose.js';
import type { Listening } from '../../src/http/listen.js';
import { changeStatus } from '../../src/issuing/change-status.js';
import { freePort } from '../support/free-port.js';
import { issueSample, openTestHouse, PROGRAMME_IDS, removeFolder, temporaryFolder } from '../support/house.js';
import { useChromium } from './chromium.js';
import { follow, openPage, printedPages } from './visit.js';

const { browser } = useChromium();
const ISSUING_MILLISECONDS = 120_000;
let folder: string;
let house: House;
let server: Listening;
let origin: string;
/** Public ids by engagement. */
const badges = new Map<string, string>();

beforeAll(async () => {
  folder = await temporaryFolder();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  house = await openTestHouse(folder, { SCEAU_PUBLIC_URL: origin, PORT: String(port), SCEAU_RATE_VERIFY: '0' });
  for (const programme of PROGRAMME_IDS) {
    for (const row of (await issueSample(house, programme)).rows) {
      if (row.credentialId !== undefined) badges.set(row.engagementId, row.credentialId);
    }
  }
  server = await house.listen();
}, ISSUING_MILLISECONDS);
afterAll(async () => {
  await server?.close();
  await house?.close();
  await removeFolder(folder);
});

function someBadge(): string {
  const [id] = badges.values();
  if (id === undefined) throw new Error('nothing was issued');
  return id;
}

const zPixels = z.object({ width: z.number(), height: z.number(), data: z.string() });

/** What the QR code in a picture holds, read by a decoder that is not its encoder. @param address of the picture, or data: */
async function decodeQr(page: Page, address: string): Promise<string | undefined> {
  const { width, height, data } = zPixels.parse(
    await page.evaluate(`(async () => {
      const image = new Image();
      image.src = ${JSON.stringify(address)};
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const { width, height, data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const bytes = await new Promise((resolve) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result);
        reader.readAsDataURL(new Blob([data]));
      });
      return { width, height, data: bytes.slice(bytes.indexOf(',') + 1) };
    })()`),
  );
  return jsqr.default(new Uint8ClampedArray(Buffer.from(data, 'base64')), width, height)?.data;
}

describe('badges of the shipped cohorts', () => {
  it('say on their pages who holds them, each on one sheet of paper, in one request for each file', async () => {
    const { page, faults, close } = await openPage(browser(), origin);
    expect(badges.size).toBeGreaterThan(20);
    for (const [engagement, id] of badges) {
      await page.goto(`${origin}/v/${id}`);
      expect(await page.locator('.sheet.good h1').count(), engagement).toBe(1);
      expect(
        await page.locator('.certificate > section > .prose').count(),
        `${engagement}: all of its narrative is drawn`,
      ).toBe(0);
      expect(await printedPages(page), engagement).toBe(1);
    }
    expect(faults).toEqual([]);
    await close();
  });

  it('have pages of less than 50 kB, style sheet included', async () => {
    for (const [engagement, id] of badges) {
      const html = await (await fetch(`${origin}/v/${id}`, { headers: { Accept: 'text/html' } })).text();
      const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, path]) => path);
      const styles = await Promise.all(sheets.map(async (path) => (await fetch(`${origin}${path}`)).text()));
      expect(Buffer.byteLength(html + styles.join('')), engagement).toBeLessThan(50_000);
    }
  });

  it('say that they were suspended or revoked at once, and are not mistaken for others', async () => {
    const { page, close } = await openPage(browser(), origin);
    const id = [...badges.values()].at(-1) ?? '';
    for (const [change, sheet] of [
      ['suspended', 'hold'],
      ['reinstated', 'good'],
      ['revoked', 'bad'],
    ] as const) {
      await changeStatus(house.issuing, { credential: id, change, reason: 'test', actor: 'test' });
      await page.goto(`${origin}/v/${id}`);
      expect(await page.locator('.sheet').getAttribute('class'), change).toContain(sheet);
    }
    await close();
  });
});

describe('the QR code of a badge', () => {
  it('leads to its page from the PNG, from the SVG and from a picture of the page', async () => {
    const id = someBadge();
    const { page, close } = await openPage(browser(), origin);
    await page.goto(`${origin}/v/${id}`);
    const code = page.locator('.qr');
    await code.scrollIntoViewIfNeeded();
    const screenshots = [await code.screenshot(), await page.screenshot()];
    const pictures = [
      `/v/${id}/qr.png`,
      `/v/${id}/qr.svg`,
      ...screenshots.map((png) => `data:image/png;base64,${png.toString('base64')}`),
    ];
    for (const picture of pictures) {
      expect(await decodeQr(page, picture), picture.slice(0, 40)).toBe(`${origin}/v/${id}`);
    }
    await close();
  });
});

describe('a badge that is handed in', () => {
  it('is recognised as one of this house, with a link to its page', async () => {
    const id = someBadge();
    const { page, faults, close } = await openPage(browser(), origin, { locale: 'en-GB' });
    const document = await (await fetch(`${origin}/credentials/${id}.json`)).text();
    await page.goto(origin);
    await page.locator('textarea').fill(document);
    await follow(page, page.locator('button[type=submit]'));
    expect(await page.locator('h1').textContent()).toBe('This badge is valid');
    await page.getByRole('link', { name: 'This badge was issued here' }).click();
    await page.waitForURL(`${origin}/v/${id}?lang=en`);
    expect(faults).toEqual([]);
    await close();
  });

  it('and was changed is not shown as fact', async () => {
    const { page, close } = await openPage(browser(), origin, { locale: 'en-GB' });
    const document = await (await fetch(`${origin}/credentials/${someBadge()}.json`)).text();
    await page.goto(origin);
    await page
      .locator('textarea')
      .fill(document.replace(/"identityHash":"[A-ZÀ-Ž][^"]*"/u, '"identityHash":"Somebody Else"'));
    await follow(page, page.locator('button[type=submit]'));
    expect(await page.locator('h1').textContent()).toBe('Do not trust this badge');
    expect(await page.getByText('Somebody Else').count()).toBe(0);
    await close();
  });
});
