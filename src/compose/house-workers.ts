import { createWorkerThreads, type WorkerThreads } from '../platform/worker-threads.js';
import type { PinnedContexts } from '../proof/pinned-contexts.js';
import type { HouseTasks, HouseWorkerData } from '../worker.js';

/** The module each thread runs, beside the composition root. */
const ENTRY = new URL('../worker.js', import.meta.url);

/** The worker threads of a process; none is started before the first job. */
export function createHouseWorkers(contexts: PinnedContexts, entry: URL = ENTRY): WorkerThreads<HouseTasks> {
  return createWorkerThreads({
    entry,
    data: (): HouseWorkerData => ({
      contexts: JSON.stringify(contexts.urls().map((url) => [url, contexts.get(url)])),
    }),
  });
}
