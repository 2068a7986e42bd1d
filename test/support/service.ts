import type { ChildProcess } from 'node:child_process';
import { expect } from 'vitest';
import { startCli } from './run-cli.js';

/** A line of the log. */
export interface LogLine {
  readonly event: string;
  readonly [fact: string]: unknown;
}

/** `sceau serve` as a process of its own. */
export interface Service {
  readonly child: ChildProcess;
  readonly base: URL;
  /** The exit code, once it has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Its log so far. Fails when a line is no JSON object. */
  lines(): LogLine[];
  /** Resolves once an event is in the log. */
  logged(event: string): Promise<void>;
}

/** Starts the built service over the house of a folder, at a port the system draws. @returns once it listens. */
export async function startService(folder: string, environment: Record<string, string> = {}): Promise<Service> {
  const child = startCli(folder, ['serve'], { PORT: '0', SCEAU_LOG_LEVEL: 'info', ...environment });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString('utf8');
  });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/listening on [0-9.:]+/);
  return {
    child,
    base: new URL(`http://${/listening on ([0-9.:]+)/.exec(said)?.[1]}`),
    ended,
    lines: () =>
      log
        .trim()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    async logged(event) {
      await expect.poll(() => log, { timeout: 60_000 }).toContain(`"event":"${event}"`);
    },
  };
}
