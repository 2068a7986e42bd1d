import { open, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CommandContext } from './command.js';
import { UsageError } from './usage-error.js';

/** Reads a file named on the command line; `-` is standard input. @throws {UsageError} naming the file and why. */
export async function readInput(context: CommandContext, path: string): Promise<Uint8Array> {
  if (path === '-') return context.readStdin();
  try {
    return await readFile(resolve(context.cwd, path));
  } catch (error) {
    throw new UsageError(unreadable(path, error));
  }
}

/**
 * Opens a file named on the command line, to be read piece by piece; `-` is standard input, so that this is for commands
 * that are never carried out inside a server.
 * @throws {UsageError} naming the file and why.
 */
export async function openInput(context: CommandContext, path: string): Promise<AsyncIterable<Uint8Array>> {
  if (path === '-') return process.stdin;
  try {
    const file = await open(resolve(context.cwd, path));
    if (!(await file.stat()).isDirectory()) return file.createReadStream();
    await file.close();
  } catch (error) {
    throw new UsageError(unreadable(path, error));
  }
  throw new UsageError(unreadable(path, { code: 'EISDIR' }));
}

function unreadable(path: string, error: unknown) {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  const why: Readonly<Record<string, { fr: string; en: string }>> = {
    ENOENT: { fr: 'ce fichier n’existe pas', en: 'there is no such file' },
    EACCES: { fr: 'la lecture en est interdite', en: 'reading it is not permitted' },
    EISDIR: { fr: 'c’est un dossier, pas un fichier', en: 'it is a folder, not a file' },
  };
  const reason = why[code] ?? { fr: `lecture impossible (${code})`, en: `it cannot be read (${code})` };
  return { fr: `${path} : ${reason.fr}`, en: `${path}: ${reason.en}` };
}
