import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of a command over the house of a folder. */
export function cliEnvironment(folder: string, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(SCEAU_|DATABASE_URL|PORT$|HOST$|LC_|LANG)/.test(name)),
  );
  return {
    ...clean,
    LC_ALL: 'en_GB.UTF-8',
    SCEAU_DATA_DIR: join(folder, 'data'),
    SCEAU_KEYS_DIR: join(folder, 'issuer-keys'),
    SCEAU_PUBLIC_URL: 'https://badges.example.org',
    SCEAU_LOG_LEVEL: 'error',
    ...more,
  };
}

/** Starts the built command line, as a user would. */
export function startCli(folder: string, words: readonly string[], more: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [MAIN, ...words], {
    cwd: folder,
    env: cliEnvironment(folder, more),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs the built command line to its end. */
export async function runCli(
  folder: string,
  words: readonly string[],
  { env = {}, stdin }: { readonly env?: Record<string, string>; readonly stdin?: string | Uint8Array } = {},
): Promise<CliResult> {
  const child = startCli(folder, words, env);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin?.end(stdin);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout: Buffer.concat(stdout).toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8') };
}

/** Resolves with the first match in what a process says; rejects when it ends without. */
export function said(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    const onData = (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const found = pattern.exec(text);
      if (found !== null) resolve(found);
    };
    child.stdout?.on('data', onData);
    child.stderr?.on('data', onData);
    child.once('close', () => reject(new Error(`ended without ${pattern}: ${text}`)));
  });
}
