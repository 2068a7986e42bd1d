import { type JobLane, JobStoppedError, type Workers, WorkersBusyError } from '../ports/workers.js';
import { assertCanonizable } from './canonizable.js';
import type { Canonize } from './canonize.js';
import { estimateEffort, laneOf } from './canonize-effort.js';
import { CanonizeBusyError, DocumentTooComplexError, UnsafeDocumentError } from './canonize-errors.js';
import type { CanonizeOutcome, CanonizeTasks } from './canonize-task.js';
import { ContextNotPinnedError, type PinnedContexts } from './pinned-contexts.js';

/**
 * How long the canonicalisation of one document may take (threat model, section 1). A quick one is done in some hundredths
 * of a second wherever it is given the time: it is waited for longer on a machine that is overloaded.
 */
const CANONIZE_MILLISECONDS: Readonly<Record<JobLane, number>> = { quick: 3_000, slow: 1_000 };

/**
 * Canonicalisation beside the thread that answers requests, bounded by the clock and in memory: for documents that
 * anybody may have written.
 * @param signal ends the jobs of a verification that nobody waits for any more.
 * @returns throws what `canonize` throws, and {@link CanonizeBusyError}.
 */
export function canonizeInWorkers(
  workers: Workers<CanonizeTasks>,
  { contexts, signal }: { readonly contexts: PinnedContexts; readonly signal?: AbortSignal },
): Canonize {
  return async (document) => {
    // Before it becomes JSON text, which cannot tell −0 from 0.
    assertCanonizable(document, contexts);
    const lane = laneOf(estimateEffort(document));
    const options = {
      lane,
      milliseconds: CANONIZE_MILLISECONDS[lane],
      ...(signal === undefined ? {} : { signal }),
    };
    try {
      return canonicalOf(await workers.run('canonize', JSON.stringify(document), options));
    } catch (error) {
      throw asCanonizeError(error, lane);
    }
  };
}

function canonicalOf(outcome: CanonizeOutcome): string {
  switch (outcome.outcome) {
    case 'canonical':
      return outcome.text;
    case 'context-not-pinned':
      throw new ContextNotPinnedError(outcome.url);
    case 'too-complex':
      throw tooComplex();
    case 'unsafe':
      throw new UnsafeDocumentError(outcome.reason, outcome.subject, outcome.message);
  }
}

/** A document that is quick by its looks and runs out of time met a machine that is overloaded: no fault of its own. */
function asCanonizeError(error: unknown, lane: JobLane): unknown {
  if (error instanceof WorkersBusyError) return busy(error);
  if (!(error instanceof JobStoppedError)) return error;
  const isAtFault = error.reason === 'memory' || (error.reason === 'time' && lane === 'slow');
  return isAtFault ? tooComplex(error) : busy(error);
}

function tooComplex(cause?: Error): DocumentTooComplexError {
  return new DocumentTooComplexError('the document takes too long to canonicalise', cause && { cause });
}

function busy(cause: Error): CanonizeBusyError {
  return new CanonizeBusyError('no time to canonicalise the document now', { cause });
}
