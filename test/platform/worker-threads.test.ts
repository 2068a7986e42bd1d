import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createWorkerThreads } from '../../src/platform/worker-threads.js';
import type { JobOptions, Workers } from '../../src/ports/workers.js';
import type { TestTasks } from './worker-tasks.js';

const QUICK: JobOptions = { lane: 'quick' };
const SLOW: JobOptions = { lane: 'slow' };

let workers: Workers<TestTasks>;
beforeEach(() => {
  workers = createWorkerThreads({
    entry: new URL(inject('testWorkerEntry')),
    data: () => undefined,
    threads: 2,
    maxWaiting: { quick: 2, slow: 2 },
  });
});
afterEach(() => workers.close());

describe('worker threads', () => {
  it('run a job by its name and give its answer', async () => {
    expect(await workers.run('double', 21, QUICK)).toBe(42);
  });

  it('hand buffers over instead of copying them when told', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    expect(await workers.run('sum', bytes, { ...QUICK, transfer: [bytes.buffer] })).toBe(6);
    expect(bytes.length).toBe(0);
  });

  it('throw here what a job throws, and go on', async () => {
    await expect(workers.run('fail', 'no', QUICK)).rejects.toThrow(new RangeError('no'));
    expect(await workers.run('double', 1, QUICK)).toBe(2);
  });

  it('end a job that takes longer than it may, and no other', async () => {
    const endless = workers.run('spin', null, { ...QUICK, milliseconds: 200 });
    const others = Promise.all([1, 2].map((value) => workers.run('double', value, QUICK)));
    await expect(endless).rejects.toMatchObject({ code: 'job-stopped', reason: 'time' });
    expect(await others).toEqual([2, 4]);
    expect(await workers.run('double', 3, QUICK)).toBe(6);
  });

  it('do not count the time a job waits for its turn', async () => {
    const blocking = [QUICK, QUICK].map((options) => workers.run('spin', null, { ...options, milliseconds: 1_500 }));
    const waiting = workers.run('double', 4, { ...QUICK, milliseconds: 1_000 });
    await Promise.allSettled(blocking);
    expect(await waiting).toBe(8);
  });

  it('end a job that takes more memory than it may, and no other', async () => {
    const hungry = workers.run('hoard', null, QUICK);
    expect(await workers.run('double', 5, QUICK)).toBe(10);
    await expect(hungry).rejects.toMatchObject({ code: 'job-stopped', reason: 'memory' });
    expect(await workers.run('double', 6, QUICK)).toBe(12);
  });

  it('end a running job, and leave out a waiting one, when their signal says so', async () => {
    const stop = new AbortController();
    const options = { ...SLOW, signal: stop.signal };
    const jobs = [workers.run('spin', null, options), workers.run('spin', null, options)];
    stop.abort();
    await Promise.all(
      jobs.map((job) => expect(job).rejects.toMatchObject({ code: 'job-stopped', reason: 'cancelled' })),
    );
    await expect(workers.run('double', 1, options)).rejects.toMatchObject({ reason: 'cancelled' });
    expect(await workers.run('double', 7, SLOW)).toBe(14);
  });

  it('keep a thread for quick jobs whatever the slow ones do', async () => {
    const slow = [1, 2, 3].map(() => workers.run('spin', null, { ...SLOW, milliseconds: 300 }));
    expect(await Promise.all([1, 2, 3].map((value) => workers.run('double', value, QUICK)))).toEqual([2, 4, 6]);
    await Promise.all(slow.map((job) => expect(job).rejects.toMatchObject({ reason: 'time' })));
  });

  it('refuse a job when as many wait as may', async () => {
    const jobs = [1, 2, 3].map(() => workers.run('spin', null, { ...SLOW, milliseconds: 300 }));
    await expect(workers.run('double', 8, SLOW)).rejects.toMatchObject({ code: 'workers-busy' });
    expect(await workers.run('double', 8, QUICK)).toBe(16);
    await Promise.allSettled(jobs);
    expect(await workers.run('double', 8, SLOW)).toBe(16);
  });

  it('stop what runs and what waits when they are closed', async () => {
    const jobs = [1, 2].map(() => workers.run('spin', null, SLOW));
    const settled = Promise.allSettled(jobs);
    await workers.run('double', 1, QUICK);
    await workers.close();
    expect(await settled).toMatchObject([{ reason: { reason: 'closed' } }, { reason: { reason: 'closed' } }]);
    await expect(workers.run('double', 1, QUICK)).rejects.toMatchObject({ reason: 'closed' });
  });
});
