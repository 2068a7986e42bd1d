import type { Logger } from '../ports/logger.js';

/** What Node warns of (a listener too many, something deprecated) becomes a line of the log, like all that a service says. */
export function logRuntimeWarnings(logger: Logger): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => logger.warn('runtime-warning', { name, message }));
}
