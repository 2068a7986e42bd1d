import { readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { createContext, Script } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bundleForBrowser } from '../scripts/bundle-browser.mjs';
import type { JsonObject } from '../src/ports/json.js';
import { testContexts } from './support/contexts.js';
import {
  CREATED,
  fullBadge,
  honestWorld,
  LIST_URL,
  resolverOf,
  sign,
  unsignedList,
  withMember,
} from './verification/house.js';

/** Every module of a room. */
function room(name: string): string {
  return readdirSync(new URL(`../src/${name}`, import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.d)\.tsx?$/.test(file))
    .map((file) => `import './src/${name}/${file}';`)
    .join('\n');
}

/** What a page needs to verify a badge by itself. */
const VERIFYING = `
export { verifyCredential } from './src/verification/verify-credential.js';
export { createPinnedContexts } from './src/proof/pinned-contexts.js';
export { createBrowserCrypto } from './src/platform/browser-crypto.js';
`;

/** What a page may use: nothing of Node's. */
const WEB_GLOBALS = {
  AbortController,
  AbortSignal,
  Blob,
  CompressionStream,
  DecompressionStream,
  MessageChannel,
  TextDecoder,
  TextEncoder,
  URL,
  clearTimeout,
  console,
  crypto: globalThis.crypto,
  performance,
  queueMicrotask,
  setTimeout,
  structuredClone,
};

describe('bundled for a browser', () => {
  it.each(['proof', 'verification', 'status'])('the room %s needs nothing of Node', async (name) => {
    const { text, external, inputs } = await bundleForBrowser({ source: room(name) });
    expect(external).toEqual([]);
    expect(inputs.filter((input) => input.startsWith('node:') || builtinModules.includes(input))).toEqual([]);
    expect(text).not.toMatch(/["']node:/);
  });

  it('verification is small enough to be sent with a page', async () => {
    const { text } = await bundleForBrowser({ source: VERIFYING });
    expect(gzipSync(text).length).toBeLessThan(125 * 1024);
  });

  it('verification answers as it does here, where code made at run time is forbidden', async () => {
    const { text } = await bundleForBrowser({ source: VERIFYING, format: 'iife', globalName: 'sceau' });
    const page = createContext({ ...WEB_GLOBALS }, { codeGeneration: { strings: false, wasm: false } });
    new Script(text, { filename: 'sceau.js' }).runInContext(page);
    expect(new Script('typeof process + typeof require + typeof Buffer').runInContext(page)).toBe(
      'undefinedundefinedundefined',
    );
    expect(() => new Script('new Function("return 1")').runInContext(page)).toThrow(/Code generation/);

    const contexts = await testContexts();
    const documents = contexts.urls().map((url) => [url, contexts.get(url)]);
    const honest = await sign(fullBadge());
    const cases: [string, JsonObject, JsonObject | undefined, string][] = [
      ['honest', honest, undefined, 'valid'],
      ['altered', withMember(honest, ['name'], 'Doctorat'), undefined, 'invalid'],
      ['revoked', honest, await sign(await unsignedList([94_567])), 'invalid'],
      ['not conforming', withMember(honest, ['awardedDate'], '2026'), undefined, 'invalid'],
    ];
    for (const [name, badge, list, outcome] of cases) {
      const world = await honestWorld();
      const resolver = resolverOf({ ...world, lists: list === undefined ? (world.lists ?? {}) : { [LIST_URL]: list } });
      Object.assign(page, { given: JSON.stringify({ badge, documents }), resolver, now: CREATED + 60_000 });
      const report = await new Script(`(async () => {
        const { badge, documents } = JSON.parse(given);
        const contexts = sceau.createPinnedContexts(new Map(documents));
        const crypto = sceau.createBrowserCrypto();
        return JSON.stringify(await sceau.verifyCredential({ input: badge, contexts, crypto, resolver, now }));
      })()`).runInContext(page);
      expect([name, JSON.parse(report).outcome]).toEqual([name, outcome]);
    }
  });
});
