import type { Logger } from '../ports/logger.js';
import { READINESS_CHECKS, type Readiness, type ReadinessCheck } from '../ports/readiness.js';
import { rememberFor } from './remember-for.js';

const REMEMBERED_MILLISECONDS = 1_000;
/** A check that has not answered by then has failed: a probe waits no longer than this. */
const PATIENCE_MILLISECONDS = 2_000;

export interface ReadinessOptions {
  /** Each says whether it passes; one that throws, or takes too long, does not. */
  readonly checks: Readonly<Record<Exclude<ReadinessCheck, 'service'>, () => Promise<boolean>>>;
  /** Aborted once the service is stopping. */
  readonly stopping: AbortSignal;
  readonly logger: Logger;
}

/** Looks at how the service stands: once a second at most, whoever asks. A change is written to the log, with its cause. */
export function createReadiness({ checks, stopping, logger }: ReadinessOptions): () => Promise<Readiness> {
  const names = READINESS_CHECKS.filter((name) => name !== 'service');
  const known = new Map<ReadinessCheck, boolean>();

  async function look(name: (typeof names)[number]): Promise<Readiness[number]> {
    let cause: unknown = 'it answered no';
    const passes = await withinPatience(checks[name]).catch((error: unknown) => {
      cause = error;
      return false;
    });
    if (!passes && known.get(name) !== false) logger.error('not-ready', cause, { check: name });
    if (passes && known.get(name) === false) logger.info('ready-again', { check: name });
    known.set(name, passes);
    return { name, state: passes ? 'pass' : 'fail' };
  }

  const lookAtAll = rememberFor(REMEMBERED_MILLISECONDS, () => Promise.all(names.map(look)));
  return async () => [{ name: 'service', state: stopping.aborted ? 'fail' : 'pass' }, ...(await lookAtAll())];
}

async function withinPatience(check: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE_MILLISECONDS} ms`)), PATIENCE_MILLISECONDS);
  });
  try {
    return await Promise.race([check(), late]);
  } finally {
    clearTimeout(timer);
  }
}
