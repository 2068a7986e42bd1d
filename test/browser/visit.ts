import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { z } from 'zod';

/** A page, and everything about it that a good page does not do. */
export interface Visit {
  readonly page: Page;
  /** Console messages, uncaught errors, dialogs, requests to other origins, answers that failed: all to be empty. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** Opens a page that is watched from the first byte. @param origin the only one it may ask. */
export async function openPage(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ locale: 'fr-FR', ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && !/^(?:data|blob):/.test(request.url())) {
      faults.push(`asked another origin: ${request.url()}`);
    }
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // What a page had asked for and no longer needs when its reader goes on.
    if (reason !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  return { page, faults, close: () => context.close() };
}

/** Presses what leads to another page, and waits until that page is there: a click itself does not. */
export async function follow(page: Page, target: Locator): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), target.click()]);
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const zAxe = z.object({
  passes: z.array(z.unknown()),
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
});

/**
 * What axe-core finds against WCAG 2.2 A and AA and its best practices: `rule: element`.
 * @param options.colours false where colours are the same as in a page that was looked at before: they take longest.
 */
export async function accessibilityFaults(page: Page, { colours = true } = {}): Promise<string[]> {
  // Evaluated from outside, so that the page's Content-Security-Policy stays what it is.
  await page.evaluate(`${AXE};0`);
  const options = {
    runOnly: RULES,
    rules: { 'color-contrast': { enabled: colours } },
    resultTypes: ['violations'],
  };
  const found = zAxe.parse(await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`));
  if (found.passes.length === 0) throw new Error('axe-core looked at nothing');
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** By how many pixels the page is wider than its window. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return z
    .number()
    .parse(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
}

/** How many sheets of paper the page prints to. */
export async function printedPages(page: Page): Promise<number> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}
