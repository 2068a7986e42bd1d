import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const zPackage = z.object({ version: z.string() });

/** Version of this program, as its package states it. */
export async function packageVersion(): Promise<string> {
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return zPackage.parse(JSON.parse(manifest)).version;
}
