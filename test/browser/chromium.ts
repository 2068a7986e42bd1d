import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

/** Where systems keep a Chromium. `SCEAU_TEST_CHROMIUM` names another one, or `npm` for the one from the registry. */
const SYSTEM_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** One that runs where nothing but npm packages is installed. */
async function fromNpm(): Promise<Browser> {
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args: sparticuz.args, headless: true });
}

function ofSystem(place: string): () => Promise<Browser> {
  return () => chromium.launch({ executablePath: place, args: ['--no-sandbox', '--disable-gpu'] });
}

/**
 * A real Chromium: the system's, else the one inside `@sparticuz/chromium`.
 * @throws when none can be started: a test that needs a browser and has none has failed.
 */
export async function launchChromium(): Promise<Browser> {
  const named = process.env['SCEAU_TEST_CHROMIUM'];
  const places = named === undefined ? SYSTEM_PLACES.filter((place) => existsSync(place)) : [named];
  const launches = [...places.filter((place) => place !== 'npm').map(ofSystem), fromNpm];
  const failures: string[] = [];
  for (const launch of launches) {
    try {
      return await launch();
    } catch (error) {
      failures.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
    }
  }
  throw new Error(
    `No Chromium can be started, so nothing people see was tested. Install Chromium, or name one in ` +
      `SCEAU_TEST_CHROMIUM. Tried: ${failures.join(' · ')}`,
  );
}

const LAUNCH_MILLISECONDS = 60_000;

/** A browser for the tests of a file: started before them, closed after. */
export function useChromium(): { readonly browser: () => Browser } {
  let started: Browser | undefined;
  beforeAll(async () => {
    started = await launchChromium();
  }, LAUNCH_MILLISECONDS);
  afterAll(() => started?.close());
  return {
    browser() {
      if (started === undefined) throw new Error('the browser is there inside tests only');
      return started;
    },
  };
}
