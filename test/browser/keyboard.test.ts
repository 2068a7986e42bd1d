import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REPORTS } from '../pages/reports.js';
import { useChromium } from './chromium.js';
import { useSite } from './site.js';
import { accessibilityFaults, follow, openPage } from './visit.js';

const { browser } = useChromium();
const site = useSite(REPORTS);

const zFocus = z.object({ words: z.string(), top: z.number(), outline: z.number() });

/** Presses Tab and says where that led: its words, its place in the document, how wide its outline is. */
async function tab(page: Page): Promise<z.infer<typeof zFocus>> {
  await page.keyboard.press('Tab');
  return zFocus.parse(
    await page.evaluate(`(() => {
      const element = document.activeElement;
      const words = element === document.body ? '' : (element.innerText || element.labels?.[0]?.innerText || '').trim();
      const style = getComputedStyle(element);
      const outline = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
      return { words, top: element.getBoundingClientRect().top + scrollY, outline };
    })()`),
  );
}

/** Every stop once round, from the first on the page. */
async function tabThrough(page: Page): Promise<z.infer<typeof zFocus>[]> {
  const stops = [await tab(page)];
  for (let stop = await tab(page); stop.words !== ''; stop = await tab(page)) stops.push(stop);
  return stops;
}

describe('with the keyboard alone', () => {
  it('everything on the page of a badge is reached in reading order, and seen to be', async () => {
    const { page, faults, close } = await openPage(browser(), site.origin());
    await page.goto(`${site.pageOf('valid')}?lang=en`);
    const stops = await tabThrough(page);
    // Further forms of the badge may follow.
    expect(stops.slice(0, 11).map(({ words }) => words.split('\n')[0])).toEqual([
      'Skip to the content',
      'Sceau',
      'Français',
      'English',
      'Université de l’Exemple – Vie étudiante',
      'Compte rendu de l’assemblée générale',
      'Photos de la collecte',
      'Université de l’Exemple – Vie étudiante',
      'Checks made 11 passed',
      'About this recognition',
      'Signed badge (JSON)',
    ]);
    for (const { words, outline } of stops) expect(outline, words).toBeGreaterThanOrEqual(2);
    const tops = stops.slice(4).map(({ top }) => top);
    expect(tops).toEqual(tops.toSorted((one, other) => one - other));
    expect(faults).toEqual([]);
    await close();
  });

  it('the link past the head leads past it, and the checks open and close', async () => {
    const { page, close } = await openPage(browser(), site.origin());
    await page.goto(`${site.pageOf('valid')}?lang=fr`);
    const skip = await tab(page);
    expect(skip.top).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    expect(page.url()).toMatch(/#content$/);
    const checks = page.locator('details.checks');
    await checks.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await checks.getAttribute('open')).toBe('');
    expect(await checks.getByText('Clé de signature').isVisible()).toBe(true);
    await page.keyboard.press('Space');
    expect(await checks.getAttribute('open')).toBeNull();
    await close();
  });

  it('a badge is pasted and checked on the front page', async () => {
    const { page, faults, close } = await openPage(browser(), site.origin());
    await page.goto(`${site.origin()}/?lang=en`);
    const stops: string[] = [];
    while (stops.at(-1) !== 'Badge number, link, or the badge itself') stops.push((await tab(page)).words);
    expect(stops.length).toBeLessThan(8);
    await page.keyboard.insertText('{"a": "badge"}');
    while (stops.at(-1) !== 'Check') stops.push((await tab(page)).words);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/verify?lang=en');
    expect(await page.locator('h1').textContent()).toBe('This badge is valid');
    expect(faults).toEqual([]);
    await close();
  });
});

describe('without JavaScript', () => {
  it('the page of a badge says, opens and switches language all the same', async () => {
    const { page, faults, close } = await openPage(browser(), site.origin(), { javaScriptEnabled: false });
    await page.goto(`${site.pageOf('revoked')}?lang=en`);
    expect(await page.locator('h1').textContent()).toBe('This badge was revoked');
    await page.getByText('About this recognition').click();
    expect(await page.getByText('How it is earned').isVisible()).toBe(true);
    await follow(page, page.getByRole('link', { name: 'Français' }));
    expect(await page.locator('h1').textContent()).toBe('Ce badge a été révoqué');
    expect(faults).toEqual([]);
    await close();
  });

  it('the front page takes a number, a file and a text', async () => {
    const { page, faults, close } = await openPage(browser(), site.origin(), { javaScriptEnabled: false });
    const front = `${site.origin()}/?lang=fr`;
    await page.goto(front);
    await page.locator('textarea').fill(new URL(site.pageOf('expired')).pathname.slice(3).toUpperCase());
    await follow(page, page.locator('button[type=submit]'));
    expect(await page.locator('h1').textContent()).toBe('Ce badge a expiré');
    await page.goto(front);
    await page.locator('input[type=file]').setInputFiles({
      name: 'badge.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"a": "badge"}'),
    });
    await follow(page, page.locator('button[type=submit]'));
    expect(await page.locator('h1').textContent()).toBe('Ce badge est valide');
    expect(faults).toEqual([]);
    await close();
  });
});

describe('the language', () => {
  it.each([
    ['fr-FR', 'fr', 'Ce badge est valide'],
    ['en-US', 'en', 'This badge is valid'],
    ['de-DE', 'fr', 'Ce badge est valide'],
  ])('of a %s browser is answered in %s', async (locale, language, title) => {
    const { page, close } = await openPage(browser(), site.origin(), { locale });
    await page.goto(site.pageOf('valid'));
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await page.locator('h1').textContent()).toBe(title);
    await close();
  });
});

describe('the other pages', () => {
  it.each([
    ['front', '/', 200],
    ['refused', '/?badge=nothing', 200],
    ['issuer', '/issuers/universite-de-l-exemple', 200],
    ['achievement', '/achievements/engagement/2025-2026', 200],
    ['not found', '/v/7zzzzzzzzzzzzzzzzzzzzzzzzz', 404],
  ])('%s: shut nobody out', async (_name, path, status) => {
    const { page, faults, close } = await openPage(browser(), site.origin(), { viewport: { width: 360, height: 740 } });
    const response = await page.goto(`${site.origin()}${path}`);
    expect(response?.status()).toBe(status);
    await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
    await close();
  });
});
