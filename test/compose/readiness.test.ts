import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReadiness, type ReadinessOptions } from '../../src/compose/readiness.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const yes = async () => true;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

function readiness(checks: Partial<ReadinessOptions['checks']>, logger: ReadinessOptions['logger'] = silent) {
  const stopping = new AbortController();
  const ask = createReadiness({
    checks: { store: yes, keys: yes, halt: yes, ...checks },
    stopping: stopping.signal,
    logger,
  });
  const failing = async () => (await ask()).filter(({ state }) => state === 'fail').map(({ name }) => name);
  return { failing, stopping };
}

describe('readiness', () => {
  it('is looked at once a second, however many ask', async () => {
    const store = vi.fn(yes);
    const { failing } = readiness({ store });
    await Promise.all(Array.from({ length: 100 }, failing));
    expect(store).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(999);
    await failing();
    expect(store).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1);
    await failing();
    expect(store).toHaveBeenCalledTimes(2);
  });

  it('does not wait for a check that hangs', async () => {
    const { failing } = readiness({ store: () => new Promise(() => {}) });
    const asked = failing();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await asked).toEqual(['store']);
  });

  it('takes an error for a no', async () => {
    const { failing } = readiness({
      keys: async () => Promise.reject(new Error('no module')),
      halt: async () => false,
    });
    expect(await failing()).toEqual(['keys', 'halt']);
  });

  it('ends at once when the service is stopping, whatever was looked at before', async () => {
    const { failing, stopping } = readiness({});
    expect(await failing()).toEqual([]);
    stopping.abort();
    expect(await failing()).toEqual(['service']);
  });

  it('writes down a change, once, with its cause', async () => {
    const lines: unknown[] = [];
    const logger = {
      ...silent,
      info: (event: string, facts?: unknown) => lines.push([event, facts]),
      error: (event: string, error: unknown, facts?: unknown) => lines.push([event, String(error), facts]),
    };
    let works = false;
    const store = async () => {
      if (!works) throw new Error('disk full');
      return true;
    };
    const { failing } = readiness({ store }, logger);
    for (works of [false, false, true, true]) {
      await failing();
      vi.advanceTimersByTime(1_000);
    }
    expect(lines).toEqual([
      ['not-ready', 'Error: disk full', { check: 'store' }],
      ['ready-again', { check: 'store' }],
    ]);
  });
});
