import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import type { SnapshotFile } from '../ports/store-snapshot.js';
import { dateOf, type Instant } from '../text/instant.js';
import { CHECKPOINT_ENTRY, DATA_PREFIX, MANIFEST_ENTRY, SUMS_ENTRY } from './archive-format.js';

export interface ArchiveContent {
  readonly takenAt: Instant;
  readonly manifest: string;
  readonly files: AsyncIterable<SnapshotFile>;
  /** The checkpoint over the digest of the sums; undefined when nobody can sign one now. */
  readonly sign: (sumsSha256: string) => Promise<string | undefined>;
}

/**
 * Writes a backup piece by piece: memory holds a few hundred kilobytes and a line for each file, however much is stored.
 * @param write is waited for before the next piece is made.
 * @returns bytes written, after compression, and whether it was signed.
 */
export async function writeArchive(
  content: ArchiveContent,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<{ readonly bytes: number; readonly files: number; readonly signed: boolean }> {
  const tar = pack();
  const broken = new AbortController();
  // What failed first is why the other side stopped, too.
  const failures: unknown[] = [];
  const fail = (error: unknown): never => {
    failures.push(error);
    throw error;
  };
  let bytes = 0;
  const writing = pipeline(tar, createGzip(), async (compressed: AsyncIterable<Uint8Array>) => {
    for await (const piece of compressed) {
      bytes += piece.length;
      await write(piece).catch(fail);
    }
  }).catch((error: unknown) => {
    failures.push(error);
    broken.abort(error);
  });
  const feeding = feed(tar, content, broken.signal).catch((error: unknown) => {
    failures.push(error);
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
    return { files: 0, signed: false };
  });
  const [fed] = await Promise.all([feeding, writing]);
  if (failures.length > 0) throw failures[0];
  return { bytes, ...fed };
}

async function feed(tar: Pack, content: ArchiveContent, signal: AbortSignal) {
  const sums: string[] = [];
  const add = async (name: string, size: number, body: AsyncIterable<Uint8Array>): Promise<string> => {
    const digest = createHash('sha256');
    const entry = tar.entry({ name, size, mode: 0o600, mtime: dateOf(content.takenAt) });
    for await (const piece of body) {
      signal.throwIfAborted();
      digest.update(piece);
      if (!entry.write(piece)) await once(entry, 'drain', { signal });
    }
    const ended = once(entry, 'finish', { signal });
    entry.end();
    await ended;
    return digest.digest('hex');
  };
  const addText = async (name: string, text: string): Promise<string> => {
    const body = new TextEncoder().encode(text);
    return add(name, body.length, inOnePiece(body));
  };
  const note = (name: string, sha256: string) => sums.push(`${sha256}  ${name}\n`);
  note(MANIFEST_ENTRY, await addText(MANIFEST_ENTRY, content.manifest));
  let files = 0;
  for await (const file of content.files) {
    const name = DATA_PREFIX + file.path;
    note(name, await add(name, file.size, file.read()));
    files += 1;
  }
  const checkpoint = await content.sign(await addText(SUMS_ENTRY, sums.join('')));
  if (checkpoint !== undefined) await addText(CHECKPOINT_ENTRY, checkpoint);
  tar.finalize();
  return { files, signed: checkpoint !== undefined };
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
