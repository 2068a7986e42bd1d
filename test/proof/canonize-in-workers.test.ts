import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createHouseWorkers } from '../../src/compose/house-workers.js';
import type { JsonObject } from '../../src/ports/json.js';
import { type Workers, WorkersBusyError } from '../../src/ports/workers.js';
import { type Canonize, canonize } from '../../src/proof/canonize.js';
import { canonizeInWorkers } from '../../src/proof/canonize-in-workers.js';
import type { CanonizeTasks } from '../../src/proof/canonize-task.js';
import type { PinnedContexts } from '../../src/proof/pinned-contexts.js';
import { testContexts } from '../support/contexts.js';
import { sampleBadge } from './badge.js';
import { LONG_WINDED, POISON, withRelated } from './poison.js';

let contexts: PinnedContexts;
let workers: Workers<CanonizeTasks>;
let bounded: Canonize;
beforeAll(async () => {
  contexts = await testContexts();
  workers = createHouseWorkers(contexts, new URL(inject('workerEntry')));
  bounded = canonizeInWorkers(workers, { contexts });
});
afterAll(() => workers.close());

const badge = sampleBadge();

describe('canonicalisation in worker threads', () => {
  it.each([
    ['a badge', badge],
    ['any letters', { ...badge, name: 'é 🜲 \u{1F3F4} \\ " \n العربية' }],
    ['numbers', { ...badge, credentialSubject: { creditsEarned: 2.5, type: ['AchievementSubject'] } }],
  ])('of %s comes to the same as in this thread', async (_, document) => {
    expect(await bounded(document)).toBe(await canonize(document, { contexts }));
  });

  it.each<[string, JsonObject, object]>([
    ['nothing at all', {}, { code: 'unsafe-document', reason: 'json-ld' }],
    ['an undefined term', { ...badge, grade: 'A' }, { code: 'unsafe-document', reason: 'undefined-term' }],
    ['a relative address', { ...badge, id: 'badge' }, { reason: 'relative-iri', subject: 'badge' }],
    ['half a character', { ...badge, name: '\ud800' }, { reason: 'text', subject: '/name' }],
    ['minus zero', { ...badge, name: -0 }, { reason: 'number', subject: '/name' }],
    ['another context', { ...badge, '@context': 'https://evil.test/' }, { code: 'context-not-pinned' }],
    ['a poisoned graph', withRelated(badge, POISON[0]?.[1] ?? []), { code: 'document-too-complex' }],
  ])('of %s throws what it throws in this thread', async (_, document, facts) => {
    const here = await canonize(document, { contexts }).catch((error: unknown) => error);
    const there = await bounded(document).catch((error: unknown) => error);
    expect(there).toMatchObject(facts);
    expect(there).toBeInstanceOf(Object.getPrototypeOf(here).constructor);
    expect(there).toMatchObject({ ...(here as object), message: (here as Error).message });
  });

  it.each(LONG_WINDED)('V23 %s is given up, and an honest badge meanwhile is not', async (_, poison) => {
    const long = bounded(poison(badge)).catch((error: unknown) => error);
    expect(await bounded(badge)).toContain('c14n');
    expect(await long).toMatchObject({ code: 'document-too-complex' });
  });

  it('V23 a document that would be gigabytes of statements is given up before any is made', async () => {
    const id = `https://example.org/${'a'.repeat(1_000_000)}`;
    const wide = { ...badge, id, name: Array.from({ length: 5_000 }, (_, index) => `name ${index}`) };
    const before = process.memoryUsage.rss();
    await expect(bounded(wide)).rejects.toMatchObject({ code: 'document-too-complex' });
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('says that it has no time when the queue is full, whatever the document', async () => {
    const full: Workers<CanonizeTasks> = {
      run: async () => {
        throw new WorkersBusyError();
      },
      close: async () => undefined,
    };
    await expect(canonizeInWorkers(full, { contexts })(badge)).rejects.toMatchObject({ code: 'canonize-busy' });
  });
});
