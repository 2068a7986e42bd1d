import { describe, expect, inject, it } from 'vitest';
import { inventedSession } from '../../bench/support/invented-cohort.mjs';
import { createHouseWorkers } from '../../src/compose/house-workers.js';
import type { House } from '../../src/compose.js';
import { batchTopic } from '../../src/issuing/batch-rows.js';
import type { IssuingContext } from '../../src/issuing/context.js';
import { createStatusPlaces } from '../../src/issuing/draw-status-index.js';
import { CHUNK, type Inspected, type Inspection, inspectionHere } from '../../src/issuing/inspection.js';
import { inspectionInWorkers } from '../../src/issuing/inspection-in-workers.js';
import { type InspectionTasks, inspectionTasks } from '../../src/issuing/inspection-tasks.js';
import { listIssuers } from '../../src/issuing/issuers.js';
import { fromJson, isJsonObject, type JsonObject } from '../../src/ports/json.js';
import type { Ledger, LedgerEntry } from '../../src/ports/ledger.js';
import { SignerError } from '../../src/ports/signer.js';
import { StoreUnavailableError } from '../../src/ports/store.js';
import type { Workers } from '../../src/ports/workers.js';
import { STATUS_LIST_LENGTH } from '../../src/status/draw-index.js';
import { fail } from '../../src/verification/finding.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { freshHouse, issueSample } from '../support/house.js';

/** More than are looked at in one thread, and fewer than two chunks. */
const STUDENTS = 40;

function withContext(house: House, change: Partial<IssuingContext>): House {
  return { ...house, issuing: { ...house.issuing, ...change } };
}

function issueMany(house: House, count = STUDENTS) {
  return issueSample(house, 'ecstra', inventedSession(count));
}

function idOf({ document }: Inspected): string {
  return String(document['id']);
}

describe('a chunk of awards', () => {
  const fresh = freshHouse();

  it('looked at in worker threads comes to the same as looked at here', { timeout: 120_000 }, async () => {
    const workers = createHouseWorkers(fresh.house.issuing.contexts, new URL(inject('workerEntry')));
    try {
      const { answers, counted } = countAnswers(workers);
      const there = inspectionInWorkers(counted, 1);
      const seen: { readonly lint: Inspected[]; readonly verify: Inspected[] } = { lint: [], verify: [] };
      const both: Inspection = {
        atOnce: 1,
        async lint(context, documents) {
          seen.lint.push(...documents);
          const found = await there.lint(context, documents);
          expect(found).toEqual(await inspectionHere.lint(context, documents));
          return found;
        },
        async verify(context, documents) {
          seen.verify.push(...documents);
          const found = await there.verify(context, documents);
          expect(found).toEqual(await inspectionHere.verify(context, documents));
          return found;
        },
      };
      const { counts } = await issueMany(withContext(fresh.house, { inspection: both }));
      expect(counts.issued).toBe(STUDENTS);
      expect(seen.lint).toHaveLength(STUDENTS);
      expect(seen.verify).toHaveLength(STUDENTS);
      // By the threads themselves, none left to this one.
      const whole = { documents: STUDENTS, leftHere: 0 };
      expect(answers).toEqual([
        { task: 'lint', ...whole },
        { task: 'verify', ...whole },
      ]);
      await both.lint(fresh.house.issuing, spoilt(seen.lint, UNSIGNED));
      await both.verify(fresh.house.issuing, spoilt(seen.verify, SIGNED));
      const left = answers.slice(2).map(({ task, documents, leftHere }) => [task, documents, leftHere < documents]);
      expect(left).toEqual([
        ['lint', STUDENTS, true],
        ['verify', STUDENTS, true],
      ]);
      await workers.close();
      const here = await inspectionHere.lint(fresh.house.issuing, seen.lint);
      expect(await there.lint(fresh.house.issuing, seen.lint)).toEqual(here);
      expect(answers).toHaveLength(4);
    } finally {
      await workers.close();
    }
  });

  it('is looked at here where a worker thread fails at it, or at one of its documents', async () => {
    let seen: readonly Inspected[] = [];
    const watching: Inspection = {
      ...inspectionHere,
      lint(context, documents) {
        seen = documents;
        return inspectionHere.lint(context, documents);
      },
    };
    await issueMany(withContext(fresh.house, { inspection: watching }));
    const here = await inspectionHere.lint(fresh.house.issuing, seen);
    const { contexts, crypto, eddsa } = fresh.house.issuing;
    const fifth = seen[5]?.document['id'];
    const tasks = inspectionTasks({
      contexts,
      crypto,
      compile: () => undefined,
      eddsa: {
        ...eddsa,
        hash(document, canonical) {
          if (document['id'] === fifth) throw new TypeError('unforeseen');
          return eddsa.hash(document, canonical);
        },
      },
    });
    const documents = seen.map((each) => JSON.stringify(each));
    expect(JSON.parse(await tasks.lint({ documents }))).toEqual(
      here.map((each, number) => (number === 5 || !each.ok ? null : each.value)),
    );
    let asked = 0;
    /** What comes of a job is of the type that its task says. */
    const answering = (work: () => Promise<never>): Workers<InspectionTasks> => ({
      run() {
        asked += 1;
        return work();
      },
      close: async () => {},
    });
    const broken = answering(() => Promise.reject(new Error('unforeseen')));
    expect(await inspectionInWorkers(broken, 1).lint(fresh.house.issuing, seen)).toEqual(here);
    expect(asked).toBe(1);
    const inPart = answering(async () => fromJson<never>(await tasks.lint({ documents })));
    expect(await inspectionInWorkers(inPart, 1).lint(fresh.house.issuing, seen)).toEqual(here);
    expect(asked).toBe(2);
  });

  it('loses the one that may not be signed, and no other', async () => {
    let victim = '';
    const picky: Inspection = {
      ...inspectionHere,
      async lint(context, documents) {
        const linted = await inspectionHere.lint(context, documents);
        victim = idOf(ensureDefined(documents[7]));
        const problem = { code: 'no-criteria', pointer: null, message: { fr: 'non', en: 'no' } } as const;
        return linted.map((each, number) =>
          number === 7 && each.ok ? { ok: true, value: { ...each.value, problems: [problem] } } : each,
        );
      },
    };
    const { rows } = await issueMany(withContext(fresh.house, { inspection: picky }));
    expect(rows.filter(({ outcome }) => outcome === 'failed')).toEqual([rows[7]]);
    expect(rows[7]?.reasons).toEqual(['credential-invalid']);
    expect(await fresh.house.issuing.store.ledger.credential(victim.split('/').at(-1) ?? '')).toBeUndefined();
  });

  it('loses the one that does not verify, whose reservation is voided, and no other', async () => {
    let victim = '';
    const wary: Inspection = {
      ...inspectionHere,
      async verify(context, documents) {
        const verified = await inspectionHere.verify(context, documents);
        victim = idOf(ensureDefined(documents[3]));
        const { message } = fail('signature-invalid', null);
        const check = { id: 'proof', state: 'fail', code: 'signature-invalid', pointer: null, message } as const;
        return verified.map((each, number) => (number === 3 ? { ok: true, value: [check] } : each));
      },
    };
    const { rows, issuer } = await issueMany(withContext(fresh.house, { inspection: wary }));
    expect(rows.filter(({ outcome }) => outcome === 'failed')).toEqual([rows[3]]);
    expect(rows[3]?.reasons).toEqual(['verification-failed']);
    const { ledger } = fresh.house.issuing.store;
    expect((await ledger.credential(victim.split('/').at(-1) ?? ''))?.state).toBe('voided');
    expect(await ledger.counts(issuer)).toMatchObject({ active: STUDENTS - 1, voided: 1, reserved: 0 });
    const again = await issueMany(fresh.house);
    expect(again.counts.issued).toBe(STUDENTS);
    expect((await ledger.lists(issuer)).map(({ used }) => used)).toEqual([STUDENTS + 1]);
  });

  it('D11 loses the one the store refuses, and no other', async () => {
    const { store } = fresh.house.issuing;
    let refused: string | undefined;
    const refuses = ({ event }: LedgerEntry) => {
      if (event.kind !== 'issued') return false;
      refused ??= event.credential;
      return event.credential === refused;
    };
    const ledger = withMember(store.ledger, 'append', async (entries) => {
      if (entries.some(refuses)) throw new StoreUnavailableError('a row was refused');
      return store.ledger.append(entries);
    });
    const first = await issueMany(withContext(fresh.house, { store: { ...store, ledger } }));
    expect(first.counts).toMatchObject({ issued: STUDENTS - 1, failed: 1 });
    expect(first.rows.find(({ outcome }) => outcome === 'failed')?.reasons).toEqual(['store-unavailable']);
    const again = await issueMany(fresh.house);
    expect(again.counts.issued).toBe(STUDENTS);
    expect(again.rows.map(({ credentialId }) => credentialId)).toContain(refused);
  });

  it('asks the signer once, and when it cannot sign all rows say so and are finished later', async () => {
    const { signer } = fresh.house.issuing;
    const away = {
      ...signer,
      sign: ({ verificationMethod }: { readonly verificationMethod: string }) =>
        Promise.reject(new SignerError(verificationMethod, 'the HSM sleeps')),
    };
    const failing = await issueMany(withContext(fresh.house, { signer: away }));
    expect(failing.counts.failed).toBe(STUDENTS);
    expect(new Set(failing.rows.flatMap(({ reasons }) => reasons))).toEqual(new Set(['signer-unavailable']));
    const reserved = (await fresh.house.issuing.store.ledger.unfinished()).map(({ credential }) => credential);
    expect(reserved).toHaveLength(STUDENTS);
    const asked: number[] = [];
    const counting: typeof signer = {
      ...signer,
      sign(request) {
        asked.push(request.messages.length);
        return signer.sign(request);
      },
    };
    const mended = await issueMany(withContext(fresh.house, { signer: counting }));
    expect(mended.rows.map(({ credentialId }) => credentialId).sort()).toEqual(reserved.sort());
    expect(asked).toContain(2 * STUDENTS);
  });

  it('told to stop, ends after the rows under way; run again, does the rest and nothing twice', async () => {
    const stopping = new AbortController();
    const told: number[] = [];
    const files = inventedSession(STUDENTS);
    const house = withContext(fresh.house, { shares: portionsOf(15) });
    const cancelled = issueSample(house, 'ecstra', files, {
      signal: stopping.signal,
      onProgress: ({ done }) => {
        told.push(done);
        if (done >= 30) stopping.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'batch-cancelled', done: 30, total: STUDENTS });
    expect(told).toEqual([15, 30]);
    const { ledger } = fresh.house.issuing.store;
    const [{ slug: issuer } = { slug: '' }] = await listIssuers(fresh.house.issuing);
    expect(await ledger.counts(issuer)).toMatchObject({ active: 30, reserved: 0 });
    const { rows, counts } = await issueSample(fresh.house, 'ecstra', files);
    expect(counts.issued).toBe(STUDENTS);
    expect(new Set(rows.map(({ credentialId }) => credentialId)).size).toBe(STUDENTS);
    expect(await ledger.counts(issuer)).toMatchObject({ active: STUDENTS, voided: 0 });
    expect(await ledger.sessions(issuer)).toHaveLength(1);
  });

  it('is told as it is when the part in the batch cannot be given back', async () => {
    const shares = portionsOf(STUDENTS);
    const stubborn: IssuingContext['shares'] = {
      async join(session, rows) {
        const share = await shares.join(session, rows);
        return { ...share, leave: () => Promise.reject(new StoreUnavailableError('gone')) };
      },
    };
    const { counts } = await issueMany(withContext(fresh.house, { shares: stubborn }));
    expect(counts.issued).toBe(STUDENTS);
  });

  it('D4 draws again for those whose index somebody else took meanwhile', async () => {
    const { ledger } = fresh.house.issuing.store;
    // As another process sees a list whose newest entries have not come to it yet.
    const unused = async (list: string) => (await ledger.usedIndexes(list)).fill(0);
    const blind = { ...fresh.house.issuing.store, ledger: withMember(ledger, 'usedIndexes', unused) };
    const asked: number[] = [];
    const drawingFrom = (store: IssuingContext['store']): House => {
      const places = createStatusPlaces({ ...fresh.house.issuing, random: repeatable(), store });
      const draw: typeof places.draw = (of) => {
        asked.push(of.count);
        return places.draw(of);
      };
      return withContext(fresh.house, { places: { draw } });
    };
    const { issuer } = await issueSample(drawingFrom(fresh.house.issuing.store), 'ecstra', inventedSession(20));
    const { counts } = await issueSample(drawingFrom(blind), 'ecstra', inventedSession(20, { first: 1_000 }));
    expect(counts.issued).toBe(20);
    // All of the second are the places of the first.
    expect(asked).toEqual([20, 20, 20]);
    const [list] = await ledger.lists(issuer);
    expect(list?.used).toBe(40);
  });

  it('never has the place of another one, whose reservation is still under way', async () => {
    const { counts, issuer } = await issueMany(fresh.house, 1);
    expect(counts.issued).toBe(1);
    const places = createStatusPlaces(fresh.house.issuing);
    const of = { issuer, purpose: 'revocation', count: 4_000 } as const;
    const drawn = (await Promise.all([places.draw(of), places.draw(of)])).flat();
    // Of twice four thousand drawn without regard to each other, about 120 would be drawn twice.
    expect(new Set(drawn.map(({ list, index }) => `${list} ${index}`)).size).toBe(8_000);
  });

  it('leaves room for others where its places came to nothing, however often', { timeout: 60_000 }, async () => {
    const { issuer } = await issueMany(fresh.house, 1);
    const places = createStatusPlaces(fresh.house.issuing);
    // More than a list has, none of them reserved: the store refuses all, say.
    for (let asked = 0; asked < 1.5 * STATUS_LIST_LENGTH; asked += 4_000) {
      expect(await places.draw({ issuer, purpose: 'revocation', count: 4_000 })).toHaveLength(4_000);
    }
  });

  it('is not begun any more once the batch was told to stop', { timeout: 240_000 }, async () => {
    const stopping = new AbortController();
    const files = inventedSession(2 * CHUNK + 10);
    // One chunk after the other.
    const inspection: Inspection = { ...fresh.house.issuing.inspection, atOnce: 1 };
    const cancelled = issueSample(withContext(fresh.house, { inspection }), 'ecstra', files, {
      signal: stopping.signal,
      onProgress: () => stopping.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'batch-cancelled', done: CHUNK, total: 2 * CHUNK + 10 });
    const { rows, counts, issuer } = await issueSample(fresh.house, 'ecstra', files);
    expect(counts.issued).toBe(2 * CHUNK + 10);
    expect(new Set(rows.map(({ credentialId }) => credentialId)).size).toBe(2 * CHUNK + 10);
    const { ledger, log } = fresh.house.issuing.store;
    expect(await ledger.counts(issuer)).toMatchObject({ active: 2 * CHUNK + 10, reserved: 0, voided: 0 });
    const [session] = await ledger.sessions(issuer);
    expect(await log.list(issuer, batchTopic(ensureDefined(session).session))).toHaveLength(2 * CHUNK + 10);
  });

  it('is logged when another one cannot be gone through, as it was acknowledged', { timeout: 120_000 }, async () => {
    const files = inventedSession(130);
    const { store } = fresh.house.issuing;
    const { documents } = store;
    const gone: typeof documents = new Proxy(documents, {
      get(target, member) {
        if (member === 'get')
          return async (...place: Parameters<typeof documents.get>) => {
            if (place[0].collection === 'students' && place[1] === 'S-130')
              throw new StoreUnavailableError('a bad sector');
            return documents.get(...place);
          };
        const value: unknown = Reflect.get(target, member);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const told: number[] = [];
    // Three chunks, of which the last one breaks.
    const house = withContext(fresh.house, {
      store: { ...store, documents: gone },
      inspection: { ...inspectionHere, atOnce: 3 },
    });
    const broken = issueSample(house, 'ecstra', files, { onProgress: ({ done }) => told.push(done) });
    await expect(broken).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(told).toEqual([64, 128]);
    const { ledger, log } = store;
    const [{ slug: issuer } = { slug: '' }] = await listIssuers(fresh.house.issuing);
    const [session] = await ledger.sessions(issuer);
    expect(await log.list(issuer, batchTopic(ensureDefined(session).session))).toHaveLength(128);
  });
});

/** Workers, and what their threads answered: of how many documents, and of how many that they are to be looked at here. */
function countAnswers(workers: Workers<InspectionTasks>) {
  const answers: { readonly task: string; readonly documents: number; readonly leftHere: number }[] = [];
  const counted: Workers<InspectionTasks> = {
    ...workers,
    run(task, input, options) {
      const running = workers.run(task, input, options);
      running.then(
        (answer) => {
          const found: unknown[] = JSON.parse(String(answer));
          answers.push({ task, documents: found.length, leftHere: found.filter((each) => each === null).length });
        },
        () => undefined,
      );
      return running;
    },
  };
  return { answers, counted };
}

/** All rows to one process, so many at a time. */
function portionsOf(size: number): IssuingContext['shares'] {
  return {
    async join(_session, rows) {
      const numbers = Array.from({ length: rows }, (_, number) => number);
      return { next: async () => numbers.splice(0, size), leave: async () => {} };
    },
  };
}

/** The ledger with one method of its own. */
function withMember<Name extends keyof Ledger>(ledger: Ledger, name: Name, method: Ledger[Name]): Ledger {
  return new Proxy(ledger, {
    get(target, member) {
      if (member === name) return method;
      const value: unknown = Reflect.get(target, member);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** The same numbers each time it is made. */
function repeatable(): IssuingContext['random'] {
  let state = 20_261_122;
  return {
    bytes: (length) =>
      Uint8Array.from({ length }, () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state >>> 24;
      }),
  };
}

type Spoil = (document: JsonObject) => JsonObject;

const UNSIGNED: readonly Spoil[] = [
  ({ name: _, ...rest }) => rest,
  (document) => ({ ...document, favouriteColour: 'blue' }),
  (document) => ({ ...document, name: 'Zo\ud800' }),
  (document) => ({ ...document, '@context': ['https://evil.example/context'] }),
  (document) => ({ ...document, '@context': [...listOf(document['@context']), { ours: 'https://a.example/x' }] }),
  (document) => ({ ...document, id: 'credentials/1' }),
  (document) => ({
    ...document,
    evidence: Array.from({ length: 160 }, (_, page) => ({ type: ['Evidence'], name: `${page}` })),
  }),
];

const SIGNED: readonly Spoil[] = [
  (document) => ({ ...document, name: 'Doctorat' }),
  ({ proof: _, ...rest }) => rest,
  (document) => ({ ...document, proof: listOf(document['proof']).slice(1) }),
  (document) => ({ ...document, issuer: 'did:web:elsewhere.example' }),
  (document) => ({ ...document, id: 'https://badges.example.org/credentials/00000000000000000000000000' }),
  (document) => ({ ...document, validUntil: '2020-01-01T00:00:00Z' }),
  (document) => ({
    ...document,
    credentialStatus: { ...objectOf(document['credentialStatus']), statusListIndex: '1' },
  }),
];

/** Each of the documents in turn, spoilt in one of the ways, between others that are as they were. */
function spoilt(documents: readonly Inspected[], ways: readonly Spoil[]): Inspected[] {
  return documents.map((each, number) => {
    const spoil = ways[number - 3];
    return spoil === undefined ? each : { ...each, document: spoil(each.document) };
  });
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
