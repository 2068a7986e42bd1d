import { destination, pino } from 'pino';
import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import { formatInstantPrecisely } from '../text/instant.js';
import { describeForLog } from './log-error.js';
import { safeLogLine } from './log-line.js';

export const LOG_LEVELS = ['info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const STANDARD_ERROR = 2;
/** Facts that have no business in a log: whoever names one so is about to write what must not be written. */
const NEVER_LOGGED = ['authorization', 'cookie', 'email', 'passphrase', 'password', 'secret', 'token'];
const REDACTED = '[redacted]';

export interface PinoLoggerOptions {
  readonly clock: Clock;
  /** The least important level written. */
  readonly level: LogLevel;
  /** Takes one line with its line feed; standard error unless told. */
  readonly write?: (line: string) => void;
}

/**
 * One JSON object a line: `{level, time, event, …facts, error?}` (K8). A line is written before the call returns, so that
 * none is lost when the process ends.
 */
export function createPinoLogger({ clock, level, write = toStandardError() }: PinoLoggerOptions): Logger {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${formatInstantPrecisely(clock.now())}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: NEVER_LOGGED, censor: REDACTED },
    },
    { write: (line) => write(safeLogLine(line)) },
  );
  return {
    info(event, facts) {
      if (logger.isLevelEnabled('info')) logger.info(members(event, facts));
    },
    warn: (event, facts) => logger.warn(members(event, facts)),
    error: (event, error, facts) => logger.error({ ...members(event, facts), error: describeForLog(error) }),
  };
}

/** The event comes first, and no fact takes the place of what heads the line. */
function members(event: string, facts: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const { level: _level, time: _time, ...others } = facts;
  const head = { event };
  return { ...head, ...others, ...head };
}

function toStandardError(): (line: string) => void {
  const stream = destination({ fd: STANDARD_ERROR, sync: true });
  return (line) => {
    stream.write(line);
  };
}
