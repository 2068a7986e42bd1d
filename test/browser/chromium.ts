import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { unpackChromium } from './unpack-chromium.js';

const ARGUMENTS = ['--no-sandbox', '--disable-gpu'];

/** Where systems keep a Chromium. `SCEAU_TEST_CHROMIUM` names another one, or `npm` for the one from the registry. */
const SYSTEM_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The one that runs where nothing but npm packages is installed. */
async function fromNpm(): Promise<Browser> {
  const { executablePath, libraries, fontConfig } = unpackChromium();
  const searched = [libraries, process.env['LD_LIBRARY_PATH']].filter((path) => path !== undefined && path !== '');
  return chromium.launch({
    executablePath,
    args: [...ARGUMENTS, '--headless=shell', '--no-zygote', '--font-render-hinting=none'],
    env: { ...process.env, LD_LIBRARY_PATH: searched.join(':'), FONTCONFIG_FILE: fontConfig },
  });
}

function ofSystem(place: string): () => Promise<Browser> {
  return () => chromium.launch({ executablePath: place, args: ARGUMENTS });
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
