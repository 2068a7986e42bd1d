import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DomainError } from '../ports/error.js';
import { isJsonObject, type JsonObject } from '../ports/json.js';

const zManifest = z.strictObject({
  contexts: z.array(
    z.strictObject({
      url: z.url(),
      file: z.string().regex(/^[a-z0-9][a-z0-9.-]*\.json$/),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      source: z.string(),
    }),
  ),
});

/**
 * Reads the pinned contexts and checks every file against the manifest.
 * @param folder holds `manifest.json` and the files it names.
 * @returns context documents by URL.
 * @throws {ContextChangedError} for a file that is missing or not what the manifest says (V22).
 */
export async function readPinnedContexts(folder: string): Promise<ReadonlyMap<string, JsonObject>> {
  const manifest = zManifest.safeParse(parseJson(await readBytes(folder, 'manifest.json')));
  if (!manifest.success) {
    throw new ContextChangedError(join(folder, 'manifest.json'), 'is no manifest', { cause: manifest.error });
  }
  const documents = new Map<string, JsonObject>();
  for (const { url, file, sha256 } of manifest.data.contexts) {
    const bytes = await readBytes(folder, file);
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256) {
      throw new ContextChangedError(join(folder, file), `has SHA-256 ${found}, the manifest says ${sha256}`);
    }
    const document = parseJson(bytes);
    if (!isJsonObject(document)) throw new ContextChangedError(join(folder, file), 'is no JSON object');
    documents.set(url, document);
  }
  return documents;
}

async function readBytes(folder: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, file));
  } catch (error) {
    throw new ContextChangedError(join(folder, file), 'cannot be read', { cause: error });
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** A pinned context is not what it was pinned as: nothing may be signed or verified with it. */
export class ContextChangedError extends DomainError {
  override readonly code = 'context-changed';
  readonly file: string;

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`the pinned context ${file} ${problem}`, options);
    this.file = file;
  }
}
