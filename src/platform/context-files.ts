import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromJson, isJsonObject, type JsonObject } from '../ports/json.js';

/** The pinned context files as they are served: byte for byte, with their manifest. */
export interface ContextFiles {
  readonly manifest: JsonObject;
  get(file: string): { readonly bytes: Uint8Array; readonly mediaType: string } | undefined;
}

/** Reads the files the manifest names into memory. Their digests are checked where they are used, at start. */
export async function readContextFiles(folder: string): Promise<ContextFiles> {
  const parsed: unknown = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const manifest = isJsonObject(parsed) ? parsed : {};
  const { contexts } = fromJson<{ readonly contexts: readonly { readonly file: string }[] }>(manifest);
  const files = new Map<string, Uint8Array>();
  for (const { file } of contexts) files.set(file, await readFile(join(folder, file)));
  return {
    manifest,
    get(file) {
      const bytes = files.get(file);
      return bytes === undefined ? undefined : { bytes, mediaType: 'application/ld+json' };
    },
  };
}
