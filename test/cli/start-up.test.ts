import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { expect, it } from 'vitest';

/** What signing, verifying and serving need: most of the time a process takes to start. */
const HEAVY = /^(?:jsonld|hono|qrcode|lowdb|piscina|@hono\/|@digitalbazaar\/)/;
const STATIC_IMPORT = /^(?:import|export) (?!type )[^'"]*?'([^']+)';$/gm;

/** Chains of static imports from a file to a heavy package. */
async function heavyChains(file: string, chain: readonly string[], seen: Set<string>): Promise<string[]> {
  if (seen.has(file)) return [];
  seen.add(file);
  const found: string[] = [];
  for (const [, name = ''] of (await readFile(file, 'utf8')).matchAll(STATIC_IMPORT)) {
    if (HEAVY.test(name)) found.push([...chain, file, name].join(' > '));
    if (!name.startsWith('.')) continue;
    found.push(...(await heavyChains(resolve(dirname(file), name.replace(/\.js$/, '.ts')), [...chain, file], seen)));
  }
  return found;
}

it('a call that neither signs, verifies nor serves loads nothing of what does', async () => {
  const seen = new Set<string>();
  expect(await heavyChains(resolve('src/main.ts'), [], seen)).toEqual([]);
  expect(seen.size).toBeGreaterThan(100);
});

it('what prepares a signature does load it, so that the search is known to find', async () => {
  expect(await heavyChains(resolve('src/proof/canonize.ts'), [], new Set())).not.toEqual([]);
});
