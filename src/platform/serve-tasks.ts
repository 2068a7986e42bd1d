import { parentPort } from 'node:worker_threads';
import type { Tasks } from '../ports/workers.js';

/** A job as it is posted to a thread. */
export interface PostedJob {
  readonly id: number;
  readonly task: string;
  readonly input: unknown;
}

/** What a thread says when a job begins: its time counts from here. */
export interface StartedJob {
  readonly started: number;
}

/** Makes what a worker entry exports as `runJob`: finds the task of each job by its name and runs it. */
export function serveTasks(tasks: Tasks): (job: PostedJob) => Promise<unknown> {
  const known = new Map(Object.entries(tasks));
  return async ({ id, task: name, input }) => {
    const task = known.get(name);
    if (task === undefined) throw new TypeError(`no task is called ${name}`);
    const started: StartedJob = { started: id };
    parentPort?.postMessage(started);
    // The caller's `Workers<T>` tied this input to this name.
    return task(input as never);
  };
}
