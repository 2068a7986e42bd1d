import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import { formatInstantPrecisely } from '../text/instant.js';

export const LOG_LEVELS = ['info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Control, line-separating and direction-changing characters that JSON leaves as they are: no terminal obeys a log. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
/** Longest chain of causes written. */
const MAX_CAUSES = 3;

export interface JsonLoggerOptions {
  /** Takes one line with its line feed. */
  readonly write: (line: string) => void;
  readonly clock: Clock;
  /** The least important level written. */
  readonly level: LogLevel;
}

/** One JSON object a line: `{time, level, event, …facts, error?}` (K8). */
export function createJsonLogger({ write, clock, level: least }: JsonLoggerOptions): Logger {
  function log(level: LogLevel, event: string, members: Readonly<Record<string, unknown>>): void {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least)) return;
    const head = { time: formatInstantPrecisely(clock.now()), level, event };
    // Named twice: first in the line, and not to be overwritten by a fact.
    const line = JSON.stringify({ ...head, ...members, ...head });
    write(`${line.replaceAll(UNSAFE, escapeCharacter)}\n`);
  }

  return {
    info: (event, facts = {}) => log('info', event, facts),
    warn: (event, facts = {}) => log('warn', event, facts),
    error: (event, error, facts = {}) => log('error', event, { ...facts, error: describe(error, MAX_CAUSES) }),
  };
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function describe(error: unknown, causes: number): unknown {
  if (!(error instanceof Error)) return String(error);
  return {
    name: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    message: error.message,
    stack: error.stack
      ?.split('\n')
      .slice(1)
      .map((line) => line.trim()),
    ...(error.cause === undefined || causes === 0 ? {} : { cause: describe(error.cause, causes - 1) }),
  };
}
