import { readFile } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { z } from 'zod';
import { isJsonObject, type JsonObject } from '../ports/json.js';
import type { Resolution, Resolver } from '../ports/resolver.js';
import { decodeUtf8, parseStrictJson } from '../text/strict-json.js';
import type { CommandContext } from './command.js';
import { readInput } from './read-file.js';
import { UsageError } from './usage-error.js';

/**
 * Answers verification from a folder whose `index.json` maps a URL or DID to a file in it. Nothing else is asked:
 * what the index does not name is unreachable.
 * @throws {UsageError} for a missing or malformed index, or a file outside the folder.
 */
export async function documentsFolderResolver(context: CommandContext, folder: string): Promise<Resolver> {
  const root = resolve(context.cwd, folder);
  const index = await readIndex(context, root, folder);
  async function bytesOf(name: string): Promise<Resolution<Uint8Array>> {
    const file = index.get(name);
    if (file === undefined) return { outcome: 'unreachable', detail: `not in ${folder}/index.json` };
    try {
      return { outcome: 'found', value: await readFile(resolve(root, file)) };
    } catch (error) {
      return { outcome: 'unreachable', detail: `${file}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}` };
    }
  }
  async function documentOf(name: string): Promise<Resolution<JsonObject>> {
    const read = await bytesOf(name);
    if (read.outcome !== 'found') return read;
    const text = decodeUtf8(read.value);
    const parsed = text.ok ? parseStrictJson(text.text) : undefined;
    if (parsed?.ok === true && isJsonObject(parsed.value)) return { outcome: 'found', value: parsed.value };
    return { outcome: 'unreachable', detail: `${index.get(name)} is not a JSON object` };
  }
  return {
    controllerDocument: documentOf,
    statusList: (url) => documentOf(url),
    evidence: bytesOf,
    ownState: async () => undefined,
  };
}

async function readIndex(context: CommandContext, root: string, folder: string): Promise<ReadonlyMap<string, string>> {
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
  return new Map(Object.entries(entries.data));
}
