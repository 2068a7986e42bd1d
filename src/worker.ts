// What each worker thread of the house runs: jobs that may take long, over the contexts the process has checked.
import { workerData } from 'node:worker_threads';
import { serveTasks } from './platform/serve-tasks.js';
import { fromJson, type JsonObject } from './ports/json.js';
import { type CanonizeTasks, canonizeTasks } from './proof/canonize-task.js';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from './proof/context-urls.js';
import { createPinnedContexts } from './proof/pinned-contexts.js';

/** The jobs of the house, by name. */
export type HouseTasks = CanonizeTasks;

/** What a thread is given as it starts. */
export interface HouseWorkerData {
  /** URL and document of each pinned context, as JSON text. */
  readonly contexts: string;
}

const { contexts } = fromJson<HouseWorkerData>(workerData);
const documents = fromJson<[string, JsonObject][]>(JSON.parse(contexts));
const tasks = canonizeTasks(createPinnedContexts(new Map(documents))) satisfies HouseTasks;

// The usual contexts are understood here and now, not in the time of the first badge.
await tasks.canonize(JSON.stringify({ '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3], type: 'OpenBadgeCredential' }));

/** Called with each job. */
export const runJob = serveTasks(tasks);
