import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of what worker threads of a house run: Node reads no TypeScript, so it is built from the sources. */
    readonly workerEntry: string;
    /** The same for jobs of tests. */
    readonly testWorkerEntry: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Before the first test: builds the worker entries into a folder of their own. */
export default async function buildWorkers({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'sceau-worker-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await build({
    entryPoints: { house: join(root, 'src/worker.ts'), test: join(root, 'test/platform/worker-tasks.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  provide('workerEntry', pathToFileURL(join(folder, 'house.mjs')).href);
  provide('testWorkerEntry', pathToFileURL(join(folder, 'test.mjs')).href);
  return () => rm(folder, { recursive: true, force: true });
}
