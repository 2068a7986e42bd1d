import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/text/localized.js';
import { pageTexts } from '../../src/text/pages.js';
import { PROBLEM_TEXTS } from '../../src/text/problems.js';
import { REPORTS, report, shownCredential } from '../pages/reports.js';
import { useChromium } from './chromium.js';
import { useSite } from './site.js';
import { accessibilityFaults, openPage, printedPages, sidewaysScroll, type Visit } from './visit.js';

const { browser } = useChromium();
const bareKey = {
  ...shownCredential,
  issuer: { ...shownCredential.issuer, id: 'did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1p' },
};
const site = useSite({ ...REPORTS, foreign: report({ credential: bareKey }) });
const STATES = Object.keys(REPORTS) as (keyof typeof REPORTS)[];
const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1200, height: 900 };

describe.each(LANGUAGES)('the page of a badge, in %s', (language) => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await openPage(browser(), site.origin(), { viewport: WIDE });
  });
  afterAll(() => visit.close());

  it.each(STATES)(
    'that is %s says so first, fits any screen and one sheet of paper, and shuts nobody out',
    async (state) => {
      const { page, faults } = visit;
      await page.setViewportSize(WIDE);
      await page.goto(`${site.pageOf(state)}?lang=${language}`);
      expect(await page.locator('h1').allTextContents()).toEqual([pageTexts(language).verdict[state].title]);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      // Seen without scrolling, on a phone's worth of height.
      expect((await page.locator('.seal').boundingBox())?.y).toBeLessThan(400);
      expect(await printedPages(page)).toBe(1);
      await expectOpenToAll(page);
      expect(faults).toEqual([]);
    },
  );

  it('that was handed in and signed with a bare key says that nobody vouches for its signer', async () => {
    const { page, faults } = visit;
    await page.goto(`${site.origin()}/?lang=${language}`);
    await page.locator('textarea').fill('{"a": "badge"}');
    await page.locator('button[type=submit]').click();
    await page.locator('.sheet.hold.stamped').waitFor();
    expect(await page.locator('h1').allTextContents()).toEqual([pageTexts(language).verdict.unvouched.title]);
    expect(await page.locator('.caution').textContent()).toBe(pageTexts(language).badge.bareKey);
    expect(await printedPages(page)).toBe(1);
    await expectOpenToAll(page);
    expect(faults).toEqual([]);
  });

  it('that nobody has, or that is shared no more, says only that', async () => {
    const { page, faults, close } = await openPage(browser(), site.origin(), { viewport: WIDE });
    await page.goto(`${site.origin()}/v/7zzzzzzzzzzzzzzzzzzzzzzzzz?lang=${language}`);
    expect(await page.locator('h1').allTextContents()).toEqual([PROBLEM_TEXTS['badge-not-found'].title[language]]);
    await expectOpenToAll(page);
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
    await close();
  });
});

/** Fits a phone and a desk, whatever is unfolded, and has no fault that axe-core can find on either. */
async function expectOpenToAll(page: Page): Promise<void> {
  await page.setViewportSize(WIDE);
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await page.setViewportSize(NARROW);
  await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(page, { colours: false })).toEqual([]);
  await page.setViewportSize(WIDE);
  expect(await accessibilityFaults(page)).toEqual([]);
}
