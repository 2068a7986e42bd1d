import { isAbsolute, relative, resolve } from 'node:path';
import { z } from 'zod';
import { decodeUtf8, parseStrictJson } from '../text/strict-json.js';
import type { CommandContext } from './command.js';
import { readInput } from './read-file.js';
import { UsageError } from './usage-error.js';

/**
 * The documents of a folder whose `index.json` maps a URL or DID to a file in it.
 * @returns the absolute path of each, by its URL or DID.
 * @throws {UsageError} for a missing or malformed index, or a file outside the folder.
 */
export async function readDocumentsFolder(
  context: CommandContext,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const root = resolve(context.cwd, folder);
  const text = decodeUtf8(await readInput(context, resolve(root, 'index.json')));
  const parsed = text.ok ? parseStrictJson(text.text) : undefined;
  const entries = z.record(z.string(), z.string()).safeParse(parsed?.ok === true ? parsed.value : undefined);
  if (!entries.success) {
    throw new UsageError({
      fr: `${folder}/index.json : attendu un objet JSON { "URL ou DID": "fichier", … }`,
      en: `${folder}/index.json: expected a JSON object { "URL or DID": "file", … }`,
    });
  }
  for (const file of Object.values(entries.data)) {
    const inside = relative(root, resolve(root, file));
    if (inside.startsWith('..') || isAbsolute(inside)) {
      throw new UsageError({
        fr: `${folder}/index.json : « ${file} » sort du dossier`,
        en: `${folder}/index.json: "${file}" lies outside the folder`,
      });
    }
  }
  return new Map(Object.entries(entries.data).map(([name, file]) => [name, resolve(root, file)]));
}
