import { DomainError } from './error.js';

/** Jobs by name: what goes in, and what comes out. Both must survive structured cloning. */
export type Tasks = Readonly<Record<string, (input: never) => unknown>>;

/**
 * `quick`: small, and somebody waits for it. `slow`: it may take its whole time, or belongs to a long batch; such jobs
 * never take the last thread, so that a flood of them does not stop the quick ones.
 */
export type JobLane = 'quick' | 'slow';

export interface JobOptions {
  readonly lane: JobLane;
  /** How long it may run by the clock, waiting not counted; then its thread is ended. No limit unless told. */
  readonly milliseconds?: number;
  /** Aborted, the job leaves the queue, or its thread is ended. */
  readonly signal?: AbortSignal;
  /** Buffers of the input that are handed over instead of copied. */
  readonly transfer?: readonly ArrayBuffer[];
}

/**
 * Runs jobs beside the thread that answers requests. An adapter must bound memory a job takes and the number of jobs
 * waiting; a job that is stopped harms no other.
 */
export interface Workers<T extends Tasks> {
  /**
   * Runs one job. What its task throws is thrown here, but only as a plain `Error`: what is to be told apart crosses as a
   * value.
   * @throws {WorkersBusyError} {@link JobStoppedError}
   */
  run<Name extends keyof T & string>(
    task: Name,
    input: Parameters<T[Name]>[0],
    options: JobOptions,
  ): Promise<Awaited<ReturnType<T[Name]>>>;
  /** Stops what runs or waits and ends the threads. Nothing may be run afterwards. */
  close(): Promise<void>;
}

/** As many jobs wait as may wait: ask again later. */
export class WorkersBusyError extends DomainError {
  override readonly code = 'workers-busy';

  constructor() {
    super('too many jobs are waiting');
  }
}

/** `time`, `memory`: the job took more than it may. `cancelled`: by its signal. `closed`: the workers are closing. */
export type StopReason = 'time' | 'memory' | 'cancelled' | 'closed';

/** A job was ended before it had answered. */
export class JobStoppedError extends DomainError {
  override readonly code = 'job-stopped';
  readonly reason: StopReason;

  constructor(reason: StopReason, options?: ErrorOptions) {
    super(`the job was stopped: ${reason}`, options);
    this.reason = reason;
  }
}
