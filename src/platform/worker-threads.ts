import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import { type JobOptions, JobStoppedError, type Tasks, type Workers } from '../ports/workers.js';
import { createJobLanes, type JobLoad } from './job-lanes.js';
import type { PostedJob, StartedJob } from './serve-tasks.js';

export interface WorkerThreadsOptions {
  /** The module each thread runs: it serves tasks, see {@link serveTasks}. */
  readonly entry: URL;
  /** What each thread is given as it starts; asked for once, when the first job comes. Must survive structured cloning. */
  readonly data: () => unknown;
  /** At least 2. Default: one for each processor, 8 at most. */
  readonly threads?: number;
  /** Jobs of each lane that may wait. A waiting job holds its input. */
  readonly maxWaiting?: Readonly<Record<JobOptions['lane'], number>>;
}

const MAX_WAITING = { quick: 64, slow: 16 } as const;
/** A thread beyond the first that has had nothing to do for so long is given up, with its memory. */
const IDLE_MILLISECONDS = 60_000;
/** Of one thread's heap, its own code included: a job that wants more is stopped (threat case V23, V57). */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 16 } as const;

/** The Workers port, and how busy its threads are. */
export interface WorkerThreads<T extends Tasks> extends Workers<T> {
  load(): JobLoad;
}

/** One for each processor, at least 2, at most 8. */
export function usualThreads(): number {
  return Math.min(8, Math.max(2, availableParallelism()));
}

/**
 * The Workers port over threads of this process. They start as jobs come, and one that is ended with its job is
 * replaced. Threads without a job do not keep the process alive.
 */
export function createWorkerThreads<T extends Tasks>(options: WorkerThreadsOptions): WorkerThreads<T> {
  const threads = options.threads ?? usualThreads();
  const lanes = createJobLanes({ threads, maxWaiting: options.maxWaiting ?? MAX_WAITING });
  const clocks = new Map<number, () => void>();
  let pool: Promise<Piscina<PostedJob>> | undefined;
  let jobs = 0;
  let closed = false;

  async function openPool(): Promise<Piscina<PostedJob>> {
    const { Piscina: Pool } = await import('piscina');
    const opened = new Pool({
      filename: fileURLToPath(options.entry),
      name: 'runJob',
      workerData: options.data(),
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: IDLE_MILLISECONDS,
      resourceLimits: RESOURCE_LIMITS,
      atomics: 'disabled',
      recordTiming: false,
    });
    opened.on('message', ({ started }: StartedJob) => clocks.get(started)?.());
    // A thread that ends between jobs is replaced; with a job, the job's own promise says so.
    opened.on('error', () => undefined);
    return opened;
  }

  async function runNow<Output>(job: PostedJob, { milliseconds, signal, transfer }: JobOptions): Promise<Output> {
    pool ??= openPool();
    const piscina = await pool;
    if (closed) throw new JobStoppedError('closed');
    const stop = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const outOfTime = () => stop.abort(new JobStoppedError('time'));
    const onAbort = () => stop.abort(new JobStoppedError('cancelled'));
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener('abort', onAbort);
    if (milliseconds !== undefined) {
      clocks.set(job.id, () => {
        // An answer that has come while this thread was busy is read before the job counts as late.
        timer = setTimeout(() => setImmediate(outOfTime), milliseconds);
      });
    }
    try {
      return await piscina.run(job, { signal: stop.signal, transferList: [...(transfer ?? [])] });
    } catch (error) {
      if (stop.signal.aborted) throw stop.signal.reason;
      throw asJobError(error, closed);
    } finally {
      clearTimeout(timer);
      clocks.delete(job.id);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async function runInTurn<Output>(task: string, input: unknown, options: JobOptions): Promise<Output> {
    if (closed) throw new JobStoppedError('closed');
    const leave = await lanes.enter(options.lane, options.signal);
    try {
      jobs += 1;
      return await runNow<Output>({ id: jobs, task, input }, options);
    } finally {
      leave();
    }
  }

  return {
    run: (task, input, options) => runInTurn(task, input, options),
    load: lanes.load,
    async close() {
      closed = true;
      lanes.close();
      await (await pool)?.destroy();
    },
  };
}

function asJobError(error: unknown, closed: boolean): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return new JobStoppedError('memory', { cause: error });
  return closed ? new JobStoppedError('closed', { cause: error }) : error;
}
