// A worker entry for tests: jobs that behave, and jobs that do not.
import { serveTasks } from '../../src/platform/serve-tasks.js';

const testTasks = {
  double: (value: number) => value * 2,
  sum: (bytes: Uint8Array) => bytes.reduce((total, byte) => total + byte, 0),
  fail: (message: string): never => {
    throw new RangeError(message);
  },
  /** Never ends, and never lets anything else run in its thread. */
  spin: (_: null): never => {
    for (;;);
  },
  /** Takes memory for ever. */
  hoard: (_: null): never => {
    const hoard: number[][] = [];
    for (;;) hoard.push(Array.from({ length: 10_000 }, () => Math.random()));
  },
};

export type TestTasks = typeof testTasks;

export const runJob = serveTasks(testTasks);
