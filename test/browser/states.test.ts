import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/text/localized.js';
import { pageTexts } from '../../src/text/pages.js';
import { REPORTS } from '../pages/reports.js';
import { useChromium } from './chromium.js';
import { useSite } from './site.js';
import { accessibilityFaults, openPage, printedPages, sidewaysScroll, type Visit } from './visit.js';

const { browser } = useChromium();
const site = useSite(REPORTS);
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
      expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
      expect(await printedPages(page)).toBe(1);

      await page.setViewportSize(NARROW);
      await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
      expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
      expect(await accessibilityFaults(page, { colours: false })).toEqual([]);
      await page.setViewportSize(WIDE);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(faults).toEqual([]);
    },
  );
});
