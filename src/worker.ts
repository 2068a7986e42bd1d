// What each worker thread of the house runs: jobs that may take long, over the contexts the process has checked.

import { hash } from 'node:crypto';
import { workerData } from 'node:worker_threads';
import { type InspectionTasks, inspectionTasks } from './issuing/inspection-tasks.js';
import { createNodeCrypto } from './platform/node-crypto.js';
import { serveTasks } from './platform/serve-tasks.js';
import { fromJson, type JsonObject } from './ports/json.js';
import { type CanonizeTasks, canonizeTasks } from './proof/canonize-task.js';
import { createCompiledCanonize } from './proof/compiled/compiled-canonize.js';
import { compileSmall } from './proof/compiled-first.js';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from './proof/context-urls.js';
import { createEddsaProofs } from './proof/eddsa-proofs.js';
import { createPinnedContexts } from './proof/pinned-contexts.js';

/** The jobs of the house, by name. */
export type HouseTasks = CanonizeTasks & InspectionTasks;

/** What a thread is given as it starts. */
export interface HouseWorkerData {
  /** URL and document of each pinned context, as JSON text. */
  readonly contexts: string;
}

const { contexts } = fromJson<HouseWorkerData>(workerData);
const documents = fromJson<[string, JsonObject][]>(JSON.parse(contexts));
const pinned = createPinnedContexts(new Map(documents));
const sha256 = (text: string) => hash('sha256', text, 'hex');
const compiled = createCompiledCanonize({ contexts: pinned, sha256 });
const compile = (document: JsonObject) => compileSmall(document, { compiled, contexts: pinned });
const tasks = {
  ...canonizeTasks(pinned),
  ...inspectionTasks({
    contexts: pinned,
    crypto: createNodeCrypto(),
    compile,
    eddsa: createEddsaProofs({ compile, sha256 }),
  }),
} satisfies HouseTasks;

// The usual contexts are understood here and now, not in the time of the first badge.
await tasks.canonize(JSON.stringify({ '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3], type: 'OpenBadgeCredential' }));

/** Called with each job. */
export const runJob = serveTasks(tasks);
