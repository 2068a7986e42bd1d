import { type JobLane, JobStoppedError, WorkersBusyError } from '../ports/workers.js';

/** Who may run now: turns for a number of threads, and two queues of bounded length before them. */
export interface JobLanes {
  /**
   * Waits for a thread to be free.
   * @returns gives the thread back; called once.
   * @throws {WorkersBusyError} when the queue is full. {@link JobStoppedError} `cancelled` when the signal says so first.
   */
  enter(lane: JobLane, signal?: AbortSignal): Promise<() => void>;
  /** How many run, and wait, in each lane now. */
  load(): JobLoad;
  /** Sends away everybody who waits (`closed`). */
  close(): void;
}

/** Jobs under way and jobs waiting, by lane. */
export type JobLoad = Readonly<Record<JobLane, { readonly running: number; readonly waiting: number }>>;

interface Waiting {
  readonly lane: JobLane;
  readonly arrival: number;
  readonly admit: () => void;
  readonly refuse: (error: Error) => void;
}

/**
 * @param threads jobs that may run at once, at least 2: jobs of the slow lane take one less at most.
 * @param maxWaiting of each lane.
 */
export function createJobLanes({
  threads,
  maxWaiting,
}: {
  readonly threads: number;
  readonly maxWaiting: Readonly<Record<JobLane, number>>;
}): JobLanes {
  const most: Readonly<Record<JobLane, number>> = { quick: threads, slow: threads - 1 };
  const running = { quick: 0, slow: 0 };
  let arrivals = 0;
  // In the order of arrival: sets keep it, and let the middle leave.
  const waiting = { quick: new Set<Waiting>(), slow: new Set<Waiting>() };

  function isFree(lane: JobLane): boolean {
    return running.quick + running.slow < threads && running[lane] < most[lane];
  }

  /** Whoever has waited longest among those whose lane is free. */
  function nextInLine(): Waiting | undefined {
    const [quick] = waiting.quick;
    const [slow] = waiting.slow;
    const first = [quick, slow].filter((place) => place !== undefined && isFree(place.lane));
    return first.toSorted((one, other) => (one?.arrival ?? 0) - (other?.arrival ?? 0))[0];
  }

  function admitNext(): void {
    for (let next = nextInLine(); next !== undefined; next = nextInLine()) next.admit();
  }

  function take(lane: JobLane): () => void {
    running[lane] += 1;
    return () => {
      running[lane] -= 1;
      admitNext();
    };
  }

  return {
    async enter(lane, signal) {
      if (signal?.aborted === true) throw new JobStoppedError('cancelled');
      if (isFree(lane)) return take(lane);
      if (waiting[lane].size >= maxWaiting[lane]) throw new WorkersBusyError();
      arrivals += 1;
      return new Promise((resolve, reject) => {
        const onAbort = () => place.refuse(new JobStoppedError('cancelled'));
        const leave = () => {
          waiting[lane].delete(place);
          signal?.removeEventListener('abort', onAbort);
        };
        const place: Waiting = {
          lane,
          arrival: arrivals,
          admit() {
            leave();
            resolve(take(lane));
          },
          refuse(error) {
            leave();
            reject(error);
          },
        };
        waiting[lane].add(place);
        signal?.addEventListener('abort', onAbort);
      });
    },
    load: () => ({
      quick: { running: running.quick, waiting: waiting.quick.size },
      slow: { running: running.slow, waiting: waiting.slow.size },
    }),
    close() {
      for (const place of [...waiting.quick, ...waiting.slow]) place.refuse(new JobStoppedError('closed'));
    },
  };
}
