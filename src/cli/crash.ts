import type { ExitCode } from './command.js';

/** Something broke. */
const BROKEN: ExitCode = 3;

/**
 * Ends the process when an error reached nobody: it is told once, and nothing is let go of or finished, since nobody knows
 * what it left half done; the next start does that. @param tell must not throw, and has written when it returns.
 * @returns takes the place of `tell`, for whoever knows better where to write.
 */
export function endOnCrash(tell: (error: unknown) => void): (tell: (error: unknown) => void) => void {
  let teller = tell;
  const onCrash = (error: unknown): never => {
    try {
      teller(error);
    } finally {
      process.exit(BROKEN);
    }
  };
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);
  return (better) => {
    teller = better;
  };
}
