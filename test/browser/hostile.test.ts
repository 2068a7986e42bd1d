import { expect, it } from 'vitest';
import { HOSTILE_TEXTS, HOSTILE_URLS, hostileCredential } from '../pages/hostile.js';
import { report } from '../pages/reports.js';
import { useChromium } from './chromium.js';
import { useSite } from './site.js';
import { openPage, sidewaysScroll } from './visit.js';

/** Beyond those that every page is tested with: texts that would burst a layout or turn it round. */
const UNRULY_TEXTS = [
  'W'.repeat(4000),
  'ﷺ'.repeat(300),
  `${'\u200B'.repeat(2000)}x`,
  '\u202Eevitcelloc al ed\u2066\u2067',
  `Z${'\u0335\u0301\u0489'.repeat(400)}`,
  '<a href="javascript:alert(1)">x</a><style>*{display:none}</style>',
  '\u2028\u2029\u0007\u001B[31m',
];
const TEXTS = [...HOSTILE_TEXTS, ...UNRULY_TEXTS];

const own = Object.fromEntries(
  TEXTS.map((text, index) => [
    `text-${index}`,
    report({
      credential: hostileCredential(text, HOSTILE_URLS[index % HOSTILE_URLS.length] ?? ''),
      warnings: [{ code: text, pointer: text, message: { fr: text, en: text } }],
    }),
  ]),
);
const { browser } = useChromium();
const site = useSite({
  ...own,
  foreign: report({ credential: hostileCredential('<img src=x onerror=alert(1)>', 'data:,x') }),
});

it('no text in a badge opens a dialog, runs, asks anybody, hides the verdict or bursts the page (X1, X2, X4)', async () => {
  const { page, faults, close } = await openPage(browser(), site.origin(), { viewport: { width: 360, height: 740 } });
  for (const [index, text] of TEXTS.entries()) {
    await page.goto(`${site.pageOf(`text-${index}`)}?lang=en`);
    const name = JSON.stringify(text.slice(0, 40));
    await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
    expect(await page.locator('h1').isVisible(), name).toBe(true);
    expect(await page.locator('h1').count(), name).toBe(1);
    expect(await sidewaysScroll(page), name).toBeLessThanOrEqual(0);
    expect(await page.locator('main a:not([href^="http"]):not([href^="/"])').count(), name).toBe(0);
    await page.locator('.holder').click();
  }
  expect(faults).toEqual([]);
  await close();
});

it('nor one in a badge from elsewhere, or in the box itself (X1)', async () => {
  const { page, faults, close } = await openPage(browser(), site.origin());
  for (const text of ['"><img src=x onerror=alert(1)>', '</textarea><script>alert(1)</script>']) {
    await page.goto(`${site.origin()}/?lang=en&badge=${encodeURIComponent(text)}`);
    expect(await page.locator('textarea').inputValue()).toBe(text);
    await page.locator('button[type=submit]').click();
    await page.waitForURL('**/verify?lang=en');
    expect(await page.locator('.holder').textContent()).toBe('<img src=x onerror=alert(1)>');
  }
  expect(faults).toEqual([]);
  await close();
});

it('names of any script run in their own direction and turn nothing around them', async () => {
  const { page, close } = await openPage(browser(), site.origin());
  await page.goto(site.pageOf('text-0'));
  for (const [name, direction] of [
    ['محمد بن علي', 'rtl'],
    ['李小龍', 'ltr'],
    ['Łukasz Żółć', 'ltr'],
  ]) {
    await page.evaluate(`document.querySelector('.holder bdi').textContent = ${JSON.stringify(name)}`);
    expect(await page.evaluate("getComputedStyle(document.querySelector('.holder bdi')).direction")).toBe(direction);
    expect(await page.evaluate("getComputedStyle(document.querySelector('.certificate-head')).direction")).toBe('ltr');
  }
  await close();
});
