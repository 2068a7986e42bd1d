import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { KeyFileUnsafeError } from './key-file-errors.js';

/** Any permission of group or others, and for files execution too. */
const FORBIDDEN = { directory: 0o077, file: 0o177 } as const;
const WANTED = { directory: '0700', file: '0600' } as const;
const PERMISSION_BITS = 0o7777;

/**
 * Checks that only the user running this process can reach a path (K1). A stricter mode than asked for is fine.
 * @param uid of this process; undefined where the system has no such thing, and ownership is not looked at.
 * @throws {KeyFileUnsafeError} for a symbolic link, another owner, or a mode that lets others in.
 */
export async function assertPrivate(
  path: string,
  kind: 'directory' | 'file',
  uid: number | undefined = process.geteuid?.(),
): Promise<void> {
  const stats = await lstat(path);
  const problem = safetyProblem(stats, kind, uid);
  if (problem !== undefined)
    throw new KeyFileUnsafeError(path, { ...problem, remedy: `${problem.remedy} ${quote(path)}` });
}

function safetyProblem(
  stats: Pick<Stats, 'mode' | 'uid' | 'isSymbolicLink' | 'isDirectory' | 'isFile'>,
  kind: 'directory' | 'file',
  uid: number | undefined,
): { readonly problem: string; readonly mode?: string; readonly remedy: string } | undefined {
  if (stats.isSymbolicLink()) return { problem: 'is a symbolic link', remedy: 'ls -l' };
  if (kind === 'directory' ? !stats.isDirectory() : !stats.isFile())
    return { problem: `is no ${kind}`, remedy: 'ls -l' };
  const mode = (stats.mode & PERMISSION_BITS).toString(8).padStart(4, '0');
  if (uid !== undefined && stats.uid !== uid) {
    return { problem: `belongs to user ${stats.uid}, not to user ${uid} who runs Sceau`, mode, remedy: `chown ${uid}` };
  }
  if (stats.mode & FORBIDDEN[kind]) {
    const wanted = WANTED[kind];
    return {
      problem: `has mode ${mode}, so others can get at it: it must be ${wanted}`,
      mode,
      remedy: `chmod ${wanted}`,
    };
  }
  return undefined;
}

/** For a POSIX shell. */
function quote(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
