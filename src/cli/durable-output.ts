import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A file being written beside its name; it bears the name once all of it is on the medium. */
export interface DurableOutput {
  write(bytes: Uint8Array | string): Promise<void>;
  /** fsync, rename, fsync of the directory: from here on it is there, also after a power cut. */
  finish(): Promise<void>;
  /** Leaves nothing. */
  abandon(): Promise<void>;
}

/** Opens a file that only its owner may read. @param path absolute; what stands there is replaced by `finish`. */
export async function openDurableOutput(path: string): Promise<DurableOutput> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(8).toString('hex')}.part`);
  const file = await open(temporary, 'wx', 0o600);
  return {
    async write(bytes) {
      await file.writeFile(bytes);
    },
    async finish() {
      await file.sync();
      await file.close();
      await rename(temporary, path);
      const directory = await open(dirname(path), 'r');
      try {
        await directory.sync();
      } finally {
        await directory.close();
      }
    },
    async abandon() {
      await file.close().catch(() => undefined);
      await rm(temporary, { force: true });
    },
  };
}

/** Writes a whole file durably, for its owner only. */
export async function writeDurably(path: string, content: string): Promise<void> {
  const output = await openDurableOutput(path);
  try {
    await output.write(content);
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
}
