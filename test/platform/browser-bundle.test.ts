import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { createBrowserCrypto as CreateBrowserCrypto } from '../../src/platform/browser-crypto.js';
import { addProofs } from '../../src/proof/sign.js';
import { PROOF_SUITES } from '../../src/proof/suites.js';
import type { createProofVerifier as CreateProofVerifier } from '../../src/proof/verify-proof.js';
import { CREATED, fixedKey, sampleBadge } from '../proof/badge.js';
import { testContexts } from '../support/contexts.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const ENTRY = `
export { createProofVerifier } from './src/proof/verify-proof.ts';
export { createPinnedContexts } from './src/proof/pinned-contexts.ts';
export { canonize } from './src/proof/canonize.ts';
export { readStatus } from './src/status/read-status.ts';
export { readStatusEntry } from './src/status/status-entry.ts';
export { createBrowserCrypto } from './src/platform/browser-crypto.ts';
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2023',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

describe('the checking of proofs and statuses in a browser', () => {
  it('bundles without a node: import and without Buffer', async () => {
    const code = await bundle(ENTRY);
    expect(code).not.toMatch(/(from|import|require\()\s*["']node:/);
    expect(code).not.toMatch(/\bBuffer\b/);
    expect(code.length).toBeGreaterThan(50_000);
  });

  it('verifies a badge out of that bundle, with Web Crypto only', async () => {
    const file = join(folder, 'check.mjs');
    await writeFile(file, await bundle(ENTRY));
    const module: {
      createProofVerifier: typeof CreateProofVerifier;
      createBrowserCrypto: typeof CreateBrowserCrypto;
    } = await import(pathToFileURL(file).href);
    const contexts = await testContexts();
    const badge = await addProofs({
      credential: sampleBadge(),
      suites: PROOF_SUITES,
      ...fixedKey(),
      contexts,
      created: CREATED,
    });
    const options = { contexts, crypto: module.createBrowserCrypto(), at: CREATED };
    for (const proof of badge.proof) {
      const key = fixedKey().key.publicKeyMultibase;
      expect(await module.createProofVerifier(badge, options).verify(proof, key)).toEqual({ ok: true });
      const altered = { ...badge, name: 'Doctorat' };
      expect(await module.createProofVerifier(altered, options).verify(proof, key)).toMatchObject({ ok: false });
    }
  });

  it('leaves the signing side free of node: imports as well', async () => {
    const code = await bundle(`export { addProofs } from './src/proof/sign.ts';`);
    expect(code).not.toMatch(/(from|import|require\()\s*["']node:/);
  });
});
