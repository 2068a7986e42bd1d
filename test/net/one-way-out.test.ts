import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));
/** What opens connections: Node's own clients, the usual libraries, and the global. */
const CLIENT =
  /from '(?:node:)?(?:https|http2|tls|dns(?:\/promises)?|dgram|undici|axios|got|node-fetch|ky)'|(?<![\w.])(?:fetch|WebSocket|EventSource|XMLHttpRequest)\(|request\([^)]*\bhttps?:/;

/** Runs in the reader's browser, where the page's policy lets it ask our own origin alone (test/browser/device.test.ts). */
const IN_THE_BROWSER: ReadonlySet<string> = new Set(['device/page/worker.ts']);

/** Asks the key service an operator names in the settings, never an address out of a badge or a request. */
const TO_THE_KEYS: ReadonlySet<string> = new Set(['keys/transit/request.ts']);

describe('the way out of the house', () => {
  it('is in one room: nothing else can open a connection', async () => {
    const files = (await readdir(SOURCE, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
    const using: string[] = [];
    for (const name of files) {
      const text = (await readFile(join(SOURCE, name), 'utf8')).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      if (CLIENT.test(text)) using.push(relative(SOURCE, join(SOURCE, name)));
    }
    const isKnown = (name: string) =>
      name.startsWith('net/') || name === 'ports/fetcher.ts' || IN_THE_BROWSER.has(name) || TO_THE_KEYS.has(name);
    expect(using.filter((name) => !isKnown(name))).toEqual([]);
    expect(using).toContain('net/exchange.ts');
  });
});
