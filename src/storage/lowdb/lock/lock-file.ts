import { join } from 'node:path';
import { z } from 'zod';
import { StoreDamagedError } from '../../../ports/store.js';
import type { Disk } from '../disk.js';
import type { ProcessTable } from './process-identity.js';

/** A holder on another machine that has not written for this long is taken for dead. Milliseconds. */
export const HEARTBEAT_LIFE = 30_000;

const zLock = z.strictObject({
  pid: z.int(),
  host: z.string(),
  pidSpace: z.string(),
  startTime: z.string(),
  startedAt: z.string(),
  released: z.boolean(),
  control: z.string().optional(),
});
/** What a lock file says. */
export type LockContent = z.infer<typeof zLock>;

export function lockName(generation: number): string {
  return `lock-${generation}`;
}

/** The number of a lock file, or `undefined` for any other name. */
export function generationOf(name: string): number | undefined {
  const match = /^lock-(\d{1,15})$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}

/** The generations present, highest first. */
export async function lockGenerations(disk: Disk, directory: string): Promise<number[]> {
  const generations = (await disk.list(directory)).map(generationOf).filter((number) => number !== undefined);
  return generations.sort((left, right) => right - left);
}

/** Reads a lock file; `undefined` when it is gone. @throws {StoreDamagedError} when it is not one. */
export async function readLock(disk: Disk, path: string): Promise<LockContent | undefined> {
  const bytes = await disk.readFile(path);
  if (bytes === undefined) return undefined;
  try {
    return zLock.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    throw new StoreDamagedError(path, 'content', 'not a lock file; remove it when no process uses the store', {
      cause: error,
    });
  }
}

export function encodeLock(content: LockContent): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(content)}\n`);
}

/**
 * The live holder of a lock file. On this machine the process table answers; of one elsewhere only its heartbeat
 * tells, measured by the file system's own clock.
 * @param options.now makes or finds an instant of that clock, milliseconds.
 */
export async function liveHolder(options: {
  readonly disk: Disk;
  readonly directory: string;
  readonly generation: number;
  readonly processes: ProcessTable;
  readonly now: () => Promise<number>;
}): Promise<LockContent | undefined> {
  const { disk, directory, generation, processes, now } = options;
  const path = join(directory, lockName(generation));
  const content = await readLock(disk, path);
  if (content === undefined || content.released) return undefined;
  const alive = processes.isAlive(content);
  if (alive !== undefined) return alive ? content : undefined;
  const modified = await disk.modifiedAt(path);
  return modified !== undefined && (await now()) - modified < HEARTBEAT_LIFE ? content : undefined;
}
