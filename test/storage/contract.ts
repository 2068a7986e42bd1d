import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Partition, StaleVersionError } from '../../src/ports/documents.js';
import { ClockBehindError, LedgerConflictError, type LedgerEntry, type StrandHead } from '../../src/ports/ledger.js';
import { type Store, type StoreChange, StoreUnavailableError } from '../../src/ports/store.js';
import {
  allCredentials,
  changed,
  entry,
  type HandClock,
  handClock,
  ISSUER,
  issued,
  LIST,
  listOpened,
  OTHER_ISSUER,
  reserved,
  START,
} from './fixtures.js';

/** An open store and what the suite does to it besides calling it. */
export interface StoreFixture {
  readonly store: Store;
  /** Closes the store and opens what it left. */
  reopen(): Promise<Store>;
  /** Closes the store, whichever is open, and removes what it kept. */
  dispose(): Promise<void>;
}

const COHORT: Partition = { issuer: ISSUER, collection: 'engagements', name: 'missions-professionnelles.2025-2026' };

function bitAt(bits: Uint8Array, index: number): number {
  return ((bits[index >> 3] ?? 0) >> (7 - (index & 7))) & 1;
}

async function conflictOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LedgerConflictError);
  return error instanceof LedgerConflictError ? error.conflict : '';
}

/** What every Store must do, whatever keeps it. Adapters run it from a test file of their own. */
export function runStoreContract(options: {
  readonly name: string;
  readonly open: (clock: HandClock) => Promise<StoreFixture>;
}): void {
  describe(`${options.name} keeps the contract of a store`, () => {
    let clock: HandClock;
    let fixture: StoreFixture;
    let store: Store;

    beforeEach(async () => {
      clock = handClock();
      fixture = await options.open(clock);
      store = fixture.store;
    });
    afterEach(() => fixture.dispose());

    const reopen = async (): Promise<void> => {
      store = await fixture.reopen();
    };
    const put = (id: string, value: { readonly [member: string]: string | number }, partition = COHORT) =>
      store.documents.transact(partition, (transaction) => transaction.put(id, value));

    describe('documents', () => {
      it('counts versions from 1 and keeps them when reopened', async () => {
        await put('a', { hours: 1 });
        await put('a', { hours: 2 });
        const expected = { id: 'a', version: 2, value: { hours: 2 } };
        expect(await store.documents.get(COHORT, 'a')).toEqual(expected);
        await reopen();
        expect(await store.documents.get(COHORT, 'a')).toEqual(expected);
      });

      it('lists in the order first written; written again after a deletion comes last, at version 1', async () => {
        for (const id of ['c', 'a', 'b']) await put(id, { id });
        await put('c', { id: 'again' });
        await store.documents.transact(COHORT, async (transaction) => {
          await transaction.delete('a');
          await transaction.put('a', { id: 'a' });
        });
        const listed = async () => (await store.documents.list(COHORT)).map(({ id, version }) => `${id}${version}`);
        expect(await listed()).toEqual(['c2', 'b1', 'a1']);
        await reopen();
        expect(await listed()).toEqual(['c2', 'b1', 'a1']);
      });

      it('shows a transaction its own writes, and nobody else before the end', async () => {
        await put('a', { hours: 1 });
        await store.documents.transact(COHORT, async (transaction) => {
          await transaction.put('a', { hours: 2 });
          await transaction.put('b', { hours: 3 });
          expect((await transaction.get('a'))?.value).toEqual({ hours: 2 });
          expect((await store.documents.get(COHORT, 'a'))?.value).toEqual({ hours: 1 });
          expect(await store.documents.get(COHORT, 'b')).toBeUndefined();
          await transaction.delete('a');
          expect(await transaction.get('a')).toBeUndefined();
        });
        expect((await store.documents.list(COHORT)).map(({ id }) => id)).toEqual(['b']);
      });

      it('changes nothing when the work of a transaction throws', async () => {
        await put('a', { hours: 1 });
        const work = store.documents.transact(COHORT, async (transaction) => {
          await transaction.put('a', { hours: 2 });
          throw new Error('the work failed');
        });
        await expect(work).rejects.toThrow('the work failed');
        expect((await store.documents.get(COHORT, 'a'))?.version).toBe(1);
      });

      it('refuses a stale version and one that must not exist (D9)', async () => {
        await put('a', { hours: 1 });
        await put('a', { hours: 2 });
        const stale = (expected: number) =>
          store.documents.transact(COHORT, (transaction) => transaction.put('a', { hours: 9 }, expected));
        await expect(stale(1)).rejects.toMatchObject({ code: 'stale-version', id: 'a', expected: 1, found: 2 });
        await expect(stale(0)).rejects.toBeInstanceOf(StaleVersionError);
        await stale(2);
        expect((await store.documents.get(COHORT, 'a'))?.version).toBe(3);
        const absent = store.documents.transact(COHORT, (transaction) => transaction.put('z', 1, 1));
        await expect(absent).rejects.toMatchObject({ found: 0 });
      });

      it('runs transactions of one partition one after the other', async () => {
        await put('counter', { count: 0 });
        const increment = () =>
          store.documents.transact(COHORT, async (transaction) => {
            const value = (await transaction.get('counter'))?.value;
            const count = value !== null && typeof value === 'object' && 'count' in value ? Number(value['count']) : 0;
            await transaction.put('counter', { count: count + 1 });
          });
        await Promise.all(Array.from({ length: 20 }, increment));
        expect((await store.documents.get(COHORT, 'counter'))?.value).toEqual({ count: 20 });
      });

      it('gives copies: what is done to a value does not change what is stored', async () => {
        const value = { levels: ['A1'] };
        await store.documents.transact(COHORT, async (transaction) => {
          await transaction.put('a', value);
          value.levels.push('changed by the caller');
        });
        const read = await store.documents.get(COHORT, 'a');
        expect(read?.value).toEqual({ levels: ['A1'] });
        if (read !== undefined) Object.assign(Object(read.value), { levels: [] });
        expect((await store.documents.get(COHORT, 'a'))?.value).toEqual({ levels: ['A1'] });
      });

      it('tells partitions with any name apart, and names those that hold something', async () => {
        const names = [
          'a',
          'A',
          '',
          '.',
          '..',
          '../a',
          'a/b',
          'é',
          'e\u0301',
          'con',
          `${'x'.repeat(300)}1`,
          `${'x'.repeat(300)}2`,
          '~61',
          '😀',
        ];
        for (const name of names) await put('id', { name }, { ...COHORT, name });
        await put('id', { name: 'gone' }, { ...COHORT, name: 'gone' });
        await store.documents.transact({ ...COHORT, name: 'gone' }, (transaction) => transaction.delete('id'));
        await reopen();
        for (const name of names) {
          expect((await store.documents.get({ ...COHORT, name }, 'id'))?.value).toEqual({ name });
        }
        expect(new Set(await store.documents.partitions(ISSUER, 'engagements'))).toEqual(new Set(names));
        expect(await store.documents.partitions(ISSUER, 'students')).toEqual([]);
        expect(await store.documents.partitions(OTHER_ISSUER, 'engagements')).toEqual([]);
      });

      it('names the issuers that have a document, and shows none what belongs to another', async () => {
        await put('a', { of: 'one' });
        await put('a', { of: 'other' }, { ...COHORT, issuer: OTHER_ISSUER });
        await put('a', { of: 'gone' }, { ...COHORT, issuer: 'gone' });
        await store.documents.transact({ ...COHORT, issuer: 'gone' }, (transaction) => transaction.delete('a'));
        expect(await store.documents.issuers()).toEqual([OTHER_ISSUER, ISSUER]);
        expect((await store.documents.get(COHORT, 'a'))?.value).toEqual({ of: 'one' });
      });

      it('keeps thousands of documents in one partition, written in one transaction', async () => {
        await store.documents.transact(COHORT, async (transaction) => {
          for (let number = 0; number < 4_500; number += 1) await transaction.put(`e${number}`, { number });
        });
        await store.documents.transact(COHORT, async (transaction) => {
          await transaction.put('e10', { number: -1 });
          await transaction.put('e4400', { number: -2 });
          await transaction.delete('e2500');
        });
        await reopen();
        const documents = await store.documents.list(COHORT);
        expect(documents).toHaveLength(4_499);
        expect(documents[10]).toEqual({ id: 'e10', version: 2, value: { number: -1 } });
        expect(documents[4_399]).toEqual({ id: 'e4400', version: 2, value: { number: -2 } });
        expect(await store.documents.get(COHORT, 'e2500')).toBeUndefined();
        expect((await store.documents.get(COHORT, 'e4499'))?.value).toEqual({ number: 4_499 });
      });
    });

    describe('the log', () => {
      const row = (key: string, value: number | string, topic = 'batch-1', issuer = ISSUER) => ({
        issuer,
        topic,
        key,
        value,
      });

      it('lets the last write of a key win, within a call and between calls', async () => {
        await store.log.put([row('k', 1), row('k', 2)]);
        expect(await store.log.get(ISSUER, 'batch-1', 'k')).toBe(2);
        await Promise.all([store.log.put([row('k', 3)]), store.log.put([row('k', 4)])]);
        expect(await store.log.get(ISSUER, 'batch-1', 'k')).toBe(4);
        await reopen();
        expect(await store.log.get(ISSUER, 'batch-1', 'k')).toBe(4);
      });

      it('writes a new row for exactly one of many who ask at once, and for none while the key has one', async () => {
        const asked = Array.from({ length: 20 }, (_, number) => store.log.putNew(row('once', number)));
        const answers = await Promise.all(asked);
        expect(answers.filter((won) => won)).toHaveLength(1);
        expect(await store.log.get(ISSUER, 'batch-1', 'once')).toBe(answers.indexOf(true));
        await reopen();
        expect(await store.log.putNew(row('once', 'late'))).toBe(false);
        expect(await store.log.get(ISSUER, 'batch-1', 'once')).toBe(answers.indexOf(true));
        expect(await store.log.putNew(row('once', 1, 'batch-2'))).toBe(true);
        await store.log.delete([row('once', 0)]);
        expect(await store.log.putNew(row('once', 'again'))).toBe(true);
      });

      it('lists a topic by key, in the order of code points', async () => {
        const keys = ['b', 'a', 'é', 'B', '10', '9', '\uff5e', '😀', ''];
        await store.log.put(keys.map((key) => row(key, key)));
        const listed = await store.log.list(ISSUER, 'batch-1');
        expect(listed.map(({ key }) => key)).toEqual(['', '10', '9', 'B', 'a', 'b', 'é', '\uff5e', '😀']);
        expect(listed[1]).toEqual(row('10', '10'));
      });

      it('keeps topics and issuers apart', async () => {
        await store.log.put([row('k', 1), row('k', 2, 'batch-2'), row('k', 3, 'batch-1', OTHER_ISSUER)]);
        expect(await store.log.get(ISSUER, 'batch-2', 'k')).toBe(2);
        expect(await store.log.list(OTHER_ISSUER, 'batch-1')).toEqual([row('k', 3, 'batch-1', OTHER_ISSUER)]);
        expect(await store.log.list(ISSUER, 'batch-3')).toEqual([]);
        expect(await store.log.get(ISSUER, 'batch-3', 'k')).toBeUndefined();
      });

      it('deletes rows, and one that does not exist without complaint', async () => {
        await store.log.put([row('a', 1), row('b', 2)]);
        await store.log.delete([row('a', 0), row('never', 0)]);
        await reopen();
        expect((await store.log.list(ISSUER, 'batch-1')).map(({ key }) => key)).toEqual(['b']);
      });

      it('keeps some thousand rows of one topic', async () => {
        const rows = Array.from({ length: 3_000 }, (_, number) => row(`row-${number}`, number));
        await store.log.put(rows.slice(0, 300));
        await store.log.put(rows.slice(300));
        await store.log.put([row('row-1234', 'changed')]);
        await reopen();
        expect(await store.log.list(ISSUER, 'batch-1')).toHaveLength(3_000);
        expect(await store.log.get(ISSUER, 'batch-1', 'row-1234')).toBe('changed');
        expect(await store.log.get(ISSUER, 'batch-1', 'row-2999')).toBe(2_999);
      });
    });

    describe('the ledger', () => {
      const append = (...entries: readonly LedgerEntry[]) => store.ledger.append(entries);

      it('chains records: sequence, instant, actor, event and a digest each', async () => {
        const first = await append(listOpened());
        clock.advance(1_000);
        const second = await append(reserved('c1', { index: 7 }), issued('c1'));
        expect(first[0]).toMatchObject({ sequence: 1, at: START, actor: 'operator-1', hasPayload: false });
        expect(second.map(({ sequence, at, hasPayload }) => [sequence, at, hasPayload])).toEqual([
          [2, START + 1_000, true],
          [3, START + 1_000, true],
        ]);
        expect(second[1]?.event).toEqual(issued('c1').event);
        expect(new Set([...first, ...second].map(({ digest }) => digest)).size).toBe(3);
        for (const { digest } of second) expect(digest).toMatch(/^[0-9a-f]{64}$/);
        expect(await store.ledger.append([])).toEqual([]);
      });

      it('follows a credential from its reservation to its revocation', async () => {
        await append(listOpened());
        await append(reserved('c1', { index: 7 }));
        expect(await store.ledger.credential('c1')).toEqual({
          credential: 'c1',
          issuer: ISSUER,
          ref: 'ref-of-c1',
          source: 'jury',
          state: 'reserved',
          since: START,
          versions: [
            {
              version: 1,
              list: LIST,
              index: 7,
              state: 'reserved',
              superseded: false,
              reservedAt: START,
              issuedAt: undefined,
            },
          ],
        });
        expect((await store.ledger.unfinished()).map(({ credential }) => credential)).toEqual(['c1']);
        clock.advance(10);
        await append(issued('c1'));
        expect(await store.ledger.credential('c1')).toMatchObject({
          state: 'active',
          since: START + 10,
          versions: [{ state: 'issued', issuedAt: START + 10 }],
        });
        expect(await store.ledger.unfinished()).toEqual([]);
        await append(changed('suspended', 'c1', 'under review'));
        expect((await store.ledger.credential('c1'))?.state).toBe('suspended');
        expect(await store.ledger.stateReason('c1')).toEqual({ reason: 'under review' });
        await append(changed('reinstated', 'c1'));
        await append(changed('revoked', 'c1', 'issued in error'));
        await reopen();
        expect((await store.ledger.credential('c1'))?.state).toBe('revoked');
        expect(await store.ledger.stateReason('c1')).toEqual({ reason: 'issued in error' });
        expect(await store.ledger.reservation('c1', 1)).toEqual({ unsigned: 'c1', version: 1 });
        expect(await store.ledger.document('c1', 1)).toEqual({ signed: 'c1', version: 1 });
        expect(await store.ledger.document('c1', 2)).toBeUndefined();
        expect(await store.ledger.document('unknown', 1)).toBeUndefined();
      });

      it('sets the bit of a revoked credential, counts every index ever drawn, and says when a list changed', async () => {
        await append(listOpened(), reserved('c1', { index: 8 }), issued('c1'), reserved('c2', { index: 131_071 }));
        await append(entry({ kind: 'voided', issuer: ISSUER, credential: 'c2', version: 1 }, 'not signed'));
        const before = await store.ledger.list(LIST);
        expect(before).toMatchObject({ list: LIST, issuer: ISSUER, purpose: 'revocation', length: 131_072, used: 2 });
        await append(changed('suspended', 'c1'));
        expect((await store.ledger.list(LIST))?.revision).toBe(before?.revision);
        await append(changed('revoked', 'c1'));
        const check = async () => {
          const [bits, used] = [await store.ledger.statusBits(LIST), await store.ledger.usedIndexes(LIST)];
          expect([bits.length, used.length]).toEqual([16_384, 16_384]);
          expect([bitAt(bits, 8), bitAt(bits, 7), bitAt(bits, 131_071)]).toEqual([1, 0, 0]);
          expect([bitAt(used, 8), bitAt(used, 9), bitAt(used, 131_071)]).toEqual([1, 0, 1]);
          bits.fill(255);
          used.fill(255);
        };
        await check();
        await check();
        expect((await store.ledger.list(LIST))?.revision).not.toBe(before?.revision);
        await reopen();
        await check();
        expect((await store.ledger.lists(ISSUER)).map(({ list, used }) => [list, used])).toEqual([[LIST, 2]]);
        expect(await store.ledger.lists(OTHER_ISSUER)).toEqual([]);
      });

      it('lets the bit of a list for suspension follow the suspension', async () => {
        await append(listOpened('s', { purpose: 'suspension' }), reserved('c1', { index: 3, list: 's' }), issued('c1'));
        const bit = async () => bitAt(await store.ledger.statusBits('s'), 3);
        await append(changed('suspended', 'c1'));
        expect(await bit()).toBe(1);
        await append(changed('reinstated', 'c1'));
        expect(await bit()).toBe(0);
        await append(changed('revoked', 'c1'));
        expect(await bit()).toBe(1);
      });

      it('keeps the status entry of a re-issue, and sets the old bit after a correction', async () => {
        await append(listOpened(), reserved('c1', { index: 1 }), issued('c1'));
        await append(reserved('c1', { index: 1, version: 2 }), issued('c1', 2));
        expect(await conflictOf(append(supersededBy('c1', 1)))).toBe('state-forbids');
        await append(reserved('c1', { index: 2, version: 3 }), issued('c1', 3), supersededBy('c1', 2));
        const versions = (await store.ledger.credential('c1'))?.versions ?? [];
        expect(versions.map(({ version, index, superseded }) => [version, index, superseded])).toEqual([
          [1, 1, true],
          [2, 1, true],
          [3, 2, false],
        ]);
        const bits = await store.ledger.statusBits(LIST);
        expect([bitAt(bits, 1), bitAt(bits, 2)]).toEqual([1, 0]);
        expect(await conflictOf(append(reserved('c1', { index: 1, version: 4 })))).toBe('index-taken');
        expect(await store.ledger.document('c1', 1)).toEqual({ signed: 'c1', version: 1 });
        expect(await store.ledger.document('c1', 3)).toEqual({ signed: 'c1', version: 3 });
        await reopen();
        expect((await store.ledger.credential('c1'))?.versions).toEqual(versions);
      });

      it('never gives an index twice, not even that of a voided reservation (D4)', async () => {
        await append(listOpened(), listOpened('liste-2'), reserved('c1', { index: 5 }));
        expect(await conflictOf(append(reserved('c2', { index: 5 })))).toBe('index-taken');
        await append(entry({ kind: 'voided', issuer: ISSUER, credential: 'c1', version: 1 }));
        expect(await conflictOf(append(reserved('c2', { index: 5 })))).toBe('index-taken');
        await append(reserved('c2', { index: 5, list: 'liste-2' }));
        await reopen();
        expect(await conflictOf(append(reserved('c3', { index: 5 })))).toBe('index-taken');
      });

      it('lets a ref lead to one credential, unless that one was voided', async () => {
        await append(listOpened(), reserved('c1', { index: 1, ref: 'r' }));
        expect(await conflictOf(append(reserved('c2', { index: 2, ref: 'r' })))).toBe('ref-taken');
        await append(entry({ kind: 'voided', issuer: ISSUER, credential: 'c1', version: 1 }, 'why'));
        expect(await store.ledger.byRef(ISSUER, 'r')).toBeUndefined();
        await append(reserved('c2', { index: 2, ref: 'r' }), issued('c2'), changed('revoked', 'c2'));
        expect((await store.ledger.byRef(ISSUER, 'r'))?.credential).toBe('c2');
        expect(await store.ledger.byRef(OTHER_ISSUER, 'r')).toBeUndefined();
        await reopen();
        expect((await store.ledger.byRef(ISSUER, 'r'))?.credential).toBe('c2');
        expect(await conflictOf(append(reserved('d1', { index: 3, ref: 'r' })))).toBe('ref-taken');
      });

      it('refuses what the state of a credential does not allow', async () => {
        await append(listOpened(), reserved('c1', { index: 1 }));
        expect(await conflictOf(append(changed('revoked', 'c1')))).toBe('state-forbids');
        expect(await conflictOf(append(reserved('c1', { index: 2, version: 2 })))).toBe('state-forbids');
        await append(issued('c1'));
        expect(await conflictOf(append(changed('reinstated', 'c1')))).toBe('state-forbids');
        expect(await conflictOf(append(issued('c1')))).toBe('version-taken');
        expect(await conflictOf(append(reserved('c1', { index: 3 })))).toBe('version-taken');
        expect(await conflictOf(append(reserved('c1', { index: 3, version: 3 })))).toBe('state-forbids');
        const voided = entry({ kind: 'voided', issuer: ISSUER, credential: 'c1', version: 1 });
        expect(await conflictOf(append(voided))).toBe('state-forbids');
        await append(reserved('c1', { index: 4, version: 2 }), changed('revoked', 'c1'));
        expect(await conflictOf(append(issued('c1', 2)))).toBe('state-forbids');
        expect(await conflictOf(append(changed('reinstated', 'c1')))).toBe('state-forbids');
        expect((await store.ledger.unfinished()).map(({ credential }) => credential)).toEqual(['c1']);
        await append(entry({ kind: 'voided', issuer: ISSUER, credential: 'c1', version: 2 }));
        expect(await store.ledger.unfinished()).toEqual([]);
        expect((await store.ledger.credential('c1'))?.state).toBe('revoked');
      });

      it('knows no credential, list, version or session that was not recorded for this issuer', async () => {
        await append(listOpened(), reserved('c1', { index: 1 }), issued('c1'));
        expect(await conflictOf(append(issued('nobody')))).toBe('unknown-credential');
        expect(await conflictOf(append(issued('c1', 2)))).toBe('unknown-credential');
        expect(await conflictOf(append(reserved('c2', { index: 2, version: 2 })))).toBe('unknown-credential');
        expect(await conflictOf(append(changed('revoked', 'c1', 'no', OTHER_ISSUER)))).toBe('unknown-credential');
        expect(await conflictOf(append(reserved('c2', { index: 2, list: 'none' })))).toBe('unknown-list');
        expect(await conflictOf(append(reserved('c2', { index: 131_072 })))).toBe('unknown-list');
        expect(await conflictOf(append(reserved('c2', { index: 2, issuer: OTHER_ISSUER })))).toBe('unknown-list');
        expect(await conflictOf(append(listOpened()))).toBe('list-taken');
        expect(await conflictOf(append(judged('none', 0)))).toBe('state-forbids');
      });

      it('refuses an entry alone: others appended at the same moment are kept', async () => {
        await append(listOpened());
        const results = await Promise.allSettled(
          Array.from({ length: 30 }, (_, number) =>
            append(reserved(`c${number}`, { index: number % 20 }), issued(`c${number}`)),
          ),
        );
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
        expect((await store.ledger.counts(ISSUER)).active).toBe(20);
        expect((await store.ledger.check()).records).toBe(41);
      });

      it('accepts all entries of a call or none', async () => {
        await append(listOpened());
        expect(await conflictOf(append(reserved('c1', { index: 1 }), reserved('c2', { index: 1 })))).toBe(
          'index-taken',
        );
        expect(await store.ledger.credential('c1')).toBeUndefined();
        expect((await store.ledger.check()).records).toBe(1);
        await append(reserved('c2', { index: 1 }));
        await reopen();
        expect(await store.ledger.credential('c1')).toBeUndefined();
        expect((await store.ledger.credential('c2'))?.state).toBe('reserved');
      });

      it('counts credentials by issuer and state', async () => {
        await append(listOpened());
        for (let number = 0; number < 6; number += 1) await append(reserved(`c${number}`, { index: number }));
        await append(issued('c1'), issued('c2'), issued('c3'), changed('suspended', 'c2'), changed('revoked', 'c3'));
        await append(entry({ kind: 'voided', issuer: ISSUER, credential: 'c4', version: 1 }));
        await append(entry({ kind: 'erased', issuer: ISSUER, refs: ['ref-of-c5'] }));
        const expected = { reserved: 1, active: 1, suspended: 1, revoked: 1, voided: 1, erased: 1 };
        expect(await store.ledger.counts(ISSUER)).toEqual(expected);
        await reopen();
        expect(await store.ledger.counts(ISSUER)).toEqual(expected);
        expect((await store.ledger.counts(OTHER_ISSUER)).active).toBe(0);
      });

      it('keeps keys with their state, each once for an issuer', async () => {
        const created = entry({
          kind: 'key-created',
          issuer: ISSUER,
          algorithm: 'Ed25519',
          publicKeyMultibase: 'z6MkA',
        });
        const retired = entry({ kind: 'key-retired', issuer: ISSUER, publicKeyMultibase: 'z6MkA' });
        expect(await conflictOf(append(retired))).toBe('state-forbids');
        await append(created);
        expect(await conflictOf(append(created))).toBe('key-taken');
        await append(
          entry({ kind: 'key-created', issuer: ISSUER, algorithm: 'ES256', publicKeyMultibase: 'zDnB' }),
          retired,
        );
        expect(await conflictOf(append(retired))).toBe('state-forbids');
        await reopen();
        expect(
          (await store.ledger.keys(ISSUER)).map(({ publicKeyMultibase, state }) => [publicKeyMultibase, state]),
        ).toEqual([
          ['z6MkA', 'retired'],
          ['zDnB', 'active'],
        ]);
        expect((await store.ledger.keys(ISSUER))[0]?.createdAt).toBe(START);
      });

      it('keeps a compromised key as such for good, and lets its beginning only move back', async () => {
        const key = { issuer: ISSUER, publicKeyMultibase: 'z6MkA' } as const;
        const compromised = (since: number) => entry({ kind: 'key-compromised', ...key, since }, { reason: 'stolen' });
        expect(await conflictOf(append(compromised(START)))).toBe('state-forbids');
        await append(entry({ kind: 'key-created', algorithm: 'Ed25519', ...key }));
        await append(entry({ kind: 'key-retired', ...key }), compromised(START));
        expect(await conflictOf(append(compromised(START)))).toBe('state-forbids');
        expect(await conflictOf(append(compromised(START + 1)))).toBe('state-forbids');
        expect(await conflictOf(append(entry({ kind: 'key-retired', ...key })))).toBe('state-forbids');
        await append(compromised(START - 86_400_000));
        await reopen();
        expect(await store.ledger.keys(ISSUER)).toEqual([
          {
            ...key,
            algorithm: 'Ed25519',
            state: 'compromised',
            createdAt: START,
            compromisedSince: START - 86_400_000,
          },
        ]);
      });

      it('halts the house once, and resumes what was halted', async () => {
        const halted = entry({ kind: 'halted' }, { reason: 'a laptop was stolen' });
        const resumed = entry({ kind: 'resumed' }, { reason: 'found again' });
        expect(await store.ledger.halt()).toBeUndefined();
        expect(await conflictOf(append(resumed))).toBe('state-forbids');
        await append(halted);
        expect(await conflictOf(append(halted))).toBe('state-forbids');
        await reopen();
        expect(await store.ledger.halt()).toEqual({ since: START });
        expect(await store.ledger.haltReason()).toEqual({ reason: 'a laptop was stolen' });
        await append(resumed);
        expect(await store.ledger.halt()).toBeUndefined();
        await reopen();
        expect(await store.ledger.halt()).toBeUndefined();
        expect(await store.ledger.haltReason()).toBeUndefined();
      });

      it('hands out every credential of an issuer, each once', async () => {
        await append(listOpened());
        const ids = Array.from({ length: 450 }, (_, number) => `c${1000 + number}`);
        await append(...ids.map((id, index) => reserved(id, { index })));
        await append(issued('c1000'), changed('revoked', 'c1000'));
        await append(
          listOpened('elsewhere', { issuer: OTHER_ISSUER }),
          reserved('c3', { index: 3, list: 'elsewhere', issuer: OTHER_ISSUER }),
        );
        const found = await allCredentials(store.ledger, ISSUER);
        expect(found.map(({ credential }) => credential)).toEqual(ids);
        expect(found[0]).toEqual(await store.ledger.credential('c1000'));
        expect(await allCredentials(store.ledger, OTHER_ISSUER)).toHaveLength(1);
        expect(await allCredentials(store.ledger, 'nobody')).toEqual([]);
      });

      it('seals a jury session once, and gives its rows back by number', async () => {
        const sealed = (session: string, digest: string, rows = 3) =>
          entry({ kind: 'sealed', issuer: ISSUER, session, digest, rows }, { counts: { issued: 2 } });
        await append(sealed('s1', 'd1'), judged('s1', 0), judged('s1', 2));
        expect(await conflictOf(append(sealed('s1', 'd2')))).toBe('session-taken');
        expect(await conflictOf(append(sealed('s2', 'd1')))).toBe('session-taken');
        expect(await conflictOf(append(judged('s1', 2)))).toBe('session-taken');
        expect(await conflictOf(append(judged('s1', 3)))).toBe('state-forbids');
        await append(sealed('s2', 'd2', 0));
        await reopen();
        expect(await store.ledger.sessionByDigest(ISSUER, 'd1')).toEqual({
          issuer: ISSUER,
          session: 's1',
          digest: 'd1',
          rows: 3,
          sealedAt: START,
          judged: 2,
        });
        expect(await store.ledger.sessionRows('s1')).toEqual([{ row: 0 }, undefined, { row: 2 }]);
        expect(await store.ledger.sessionHeader('s1')).toEqual({ counts: { issued: 2 } });
        expect((await store.ledger.sessions(ISSUER)).map(({ session }) => session)).toEqual(['s1', 's2']);
        expect(await store.ledger.session('s3')).toBeUndefined();
        expect(await store.ledger.sessionByDigest(OTHER_ISSUER, 'd1')).toBeUndefined();
      });

      it('erases the payloads of a ref, and the chain still checks', async () => {
        await append(
          listOpened(),
          entry({ kind: 'sealed', issuer: ISSUER, session: 's1', digest: 'd', rows: 2 }, 'header'),
        );
        await append(judged('s1', 0, 'r1'), judged('s1', 1, 'r2'));
        await append(
          reserved('c0', { index: 0, ref: 'r1' }),
          entry({ kind: 'voided', issuer: ISSUER, credential: 'c0', version: 1 }, 'why'),
        );
        await append(reserved('c1', { index: 1, ref: 'r1' }), issued('c1'), changed('revoked', 'c1'));
        await append(reserved('c2', { index: 2, ref: 'r2' }), issued('c2'));
        await append(entry({ kind: 'erased', issuer: ISSUER, refs: ['r1', 'of nobody'] }));
        const verify = async () => {
          expect((await store.ledger.credential('c1'))?.state).toBe('erased');
          expect((await store.ledger.credential('c0'))?.state).toBe('erased');
          expect((await store.ledger.byRef(ISSUER, 'r1'))?.state).toBe('erased');
          for (const credential of ['c0', 'c1']) {
            expect(await store.ledger.reservation(credential, 1)).toBeUndefined();
            expect(await store.ledger.document(credential, 1)).toBeUndefined();
            expect(await store.ledger.stateReason(credential)).toBeUndefined();
          }
          expect(await store.ledger.document('c2', 1)).toEqual({ signed: 'c2', version: 1 });
          expect(await store.ledger.sessionRows('s1')).toEqual([undefined, { row: 1 }]);
          expect(await store.ledger.sessionHeader('s1')).toBe('header');
          expect(bitAt(await store.ledger.statusBits(LIST), 1)).toBe(1);
          expect(await store.ledger.check()).toMatchObject({ ok: true, problems: [], payloads: 10, erasedPayloads: 6 });
        };
        await verify();
        await reopen();
        await verify();
        expect(await conflictOf(append(changed('reinstated', 'c1')))).toBe('state-forbids');
        await append(
          entry({ kind: 'sealed', issuer: ISSUER, session: 's2', digest: 'd2', rows: 2 }, 'header'),
          judged('s2', 0, 'r2'),
        );
        for (const ref of ['r1', 'of nobody']) {
          expect(await conflictOf(append(reserved('c3', { index: 3, ref })))).toBe('ref-erased');
          expect(await conflictOf(append(judged('s2', 1, ref)))).toBe('ref-erased');
        }
        const atOnce = append(
          entry({ kind: 'erased', issuer: ISSUER, refs: ['r2'] }),
          reserved('c4', { index: 4, ref: 'r2' }),
        );
        expect(await conflictOf(atOnce)).toBe('ref-erased');
        expect((await store.ledger.credential('c2'))?.state).toBe('active');
      });

      it('keeps no member of an event it does not know', async () => {
        await append(listOpened());
        const event = Object.assign({ name: 'Camille Exemple' }, reserved('c1', { index: 1 }).event);
        await expect(append({ event, actor: 'operator-1' })).rejects.toThrow();
        expect(await store.ledger.credential('c1')).toBeUndefined();
      });

      it('checks everything again and names count and head of each strand', async () => {
        const records = await append(listOpened(), reserved('c1', { index: 1 }), issued('c1'));
        const check = await store.ledger.check();
        expect(check).toMatchObject({ ok: true, records: 3, payloads: 2, erasedPayloads: 0, problems: [] });
        expect(check.strands.map(({ head }) => head)).toContain(records[2]?.digest);
        expect(check.strands.reduce((sum, strand) => sum + strand.records, 0)).toBe(3);
      });

      it('gives no further index of a list that was closed, to no list but a further version of the same entry', async () => {
        await append(listOpened(), reserved('c1', { index: 1 }), issued('c1'), listOpened('other'));
        expect((await store.ledger.list(LIST))?.closed).toBe(false);
        await append(entry({ kind: 'list-closed', issuer: ISSUER, list: LIST }));
        expect(await conflictOf(append(entry({ kind: 'list-closed', issuer: OTHER_ISSUER, list: 'other' })))).toBe(
          'unknown-list',
        );
        const verify = async () => {
          const lists = await store.ledger.lists(ISSUER);
          expect(lists.map(({ list, used, closed }) => [list, used, closed])).toEqual([
            [LIST, 1, true],
            ['other', 0, false],
          ]);
          expect(await conflictOf(append(reserved('c2', { index: 2 })))).toBe('list-closed');
          expect(await conflictOf(append(entry({ kind: 'list-closed', issuer: ISSUER, list: LIST })))).toBe(
            'state-forbids',
          );
        };
        await verify();
        await reopen();
        await verify();
        await append(reserved('c1', { index: 1, version: 2, ref: 'ref-of-c1' }), changed('revoked', 'c1'));
        expect(bitAt(await store.ledger.statusBits(LIST), 1)).toBe(1);
        const atOnce = append(
          entry({ kind: 'list-closed', issuer: ISSUER, list: 'other' }),
          reserved('c2', { index: 2, list: 'other' }),
        );
        expect(await conflictOf(atOnce)).toBe('list-closed');
        expect((await store.ledger.list('other'))?.closed).toBe(false);
      });

      it('names every ref that was erased', async () => {
        await append(entry({ kind: 'erased', issuer: ISSUER, refs: ['r1', 'r2'] }));
        await append(entry({ kind: 'erased', issuer: ISSUER, refs: ['r2', 'r3'] }));
        await reopen();
        expect((await store.ledger.erasedRefs(ISSUER)).sort()).toEqual(['r1', 'r2', 'r3']);
        expect(await store.ledger.erasedRefs(OTHER_ISSUER)).toEqual([]);
      });

      it('bears out every head it ever had, and no other (K7)', async () => {
        const heads: StrandHead[] = [];
        for (const list of ['a', 'b', 'c']) {
          await append(listOpened(list));
          heads.push(...(await store.ledger.strands()));
        }
        await append(entry({ kind: 'restored', strand: 'after', takenAt: START }));
        await append(listOpened('d'));
        heads.push(...(await store.ledger.strands()));
        await reopen();
        const check = await store.ledger.check(heads);
        expect(check).toMatchObject({ ok: true, problems: [] });
        expect(check.strands).toEqual(await store.ledger.strands());
        expect(await conflictOf(append(entry({ kind: 'restored', strand: 'after', takenAt: START })))).toBe(
          'strand-taken',
        );

        const [first, second] = heads;
        if (first === undefined || second === undefined) throw new Error('too few heads');
        const problemOf = async (...known: typeof heads) => (await store.ledger.check(known)).problems[0]?.place;
        expect(await problemOf(first, { ...second, head: first.head })).toContain(`record ${second.records}`);
        expect(await problemOf(first, { ...second, records: 99 })).toBeDefined();
        expect(await problemOf({ ...first, strand: 'elsewhere' })).toContain('elsewhere');
      });

      it('refuses to record with a clock more than five minutes behind the last record (K5)', async () => {
        clock.advance(3_600_000);
        await append(listOpened());
        clock.advance(-300_000);
        const [record] = await append(reserved('c1', { index: 1 }));
        expect(record?.at).toBe(START + 3_600_000);
        clock.advance(-1);
        await expect(append(issued('c1'))).rejects.toBeInstanceOf(ClockBehindError);
        await reopen();
        await expect(append(issued('c1'))).rejects.toMatchObject({ code: 'clock-behind' });
        clock.advance(300_001);
        await append(issued('c1'));
        expect((await store.ledger.credential('c1'))?.state).toBe('active');
      });

      it('appends from many callers at once without losing or doubling one', async () => {
        await append(listOpened());
        await Promise.all(
          Array.from({ length: 200 }, async (_, number) => {
            await append(reserved(`c${number}`, { index: number }));
            await append(issued(`c${number}`));
          }),
        );
        await reopen();
        expect((await store.ledger.counts(ISSUER)).active).toBe(200);
        expect(await store.ledger.document('c123', 1)).toEqual({ signed: 'c123', version: 1 });
        const check = await store.ledger.check();
        expect([check.ok, check.records]).toEqual([true, 401]);
      });
    });

    describe('what changes', () => {
      const following = () => {
        const heard: StoreChange[] = [];
        const unfollow = store.follow((change) => heard.push(change));
        return { heard, unfollow };
      };
      /** Resolves with what had been heard when the writer was answered. */
      const heardBy = async (heard: readonly StoreChange[], work: Promise<unknown>): Promise<StoreChange[]> => {
        await work.catch(() => undefined);
        return [...heard];
      };

      it('is told before its writer is answered: entries in their order, partitions, rows', async () => {
        const { heard } = following();
        const entries = [listOpened(), reserved('c1', { index: 1 }), issued('c1')];
        const ledger = entries.map(({ event }) => ({ shape: 'ledger', event }));
        expect(await heardBy(heard, store.ledger.append(entries))).toEqual(ledger);
        heard.length = 0;
        expect(await heardBy(heard, put('a', { hours: 1 }))).toEqual([{ shape: 'documents', partition: COHORT }]);
        heard.length = 0;
        const rows = ['k', 'l'].map((key) => ({ issuer: ISSUER, topic: 't', key, value: 1 }));
        const told = rows.map(({ issuer, topic, key }) => ({ shape: 'log', issuer, topic, key }));
        expect(await heardBy(heard, store.log.put(rows))).toEqual(expect.arrayContaining(told));
        heard.length = 0;
        expect(await heardBy(heard, store.log.putNew({ issuer: ISSUER, topic: 't', key: 'm', value: 1 }))).toEqual([
          { shape: 'log', issuer: ISSUER, topic: 't', key: 'm' },
        ]);
        heard.length = 0;
        expect(await heardBy(heard, store.log.delete(rows.slice(0, 1)))).toEqual(told.slice(0, 1));
      });

      it('is readable when it is told', async () => {
        const readings: Promise<unknown>[] = [];
        store.follow((change) => {
          if (change.shape === 'ledger') readings.push(store.ledger.credential('c1').then((found) => found?.state));
          if (change.shape === 'documents')
            readings.push(store.documents.get(COHORT, 'a').then((found) => found?.version));
          if (change.shape === 'log') readings.push(store.log.get(ISSUER, 't', 'k'));
        });
        await store.ledger.append([listOpened(), reserved('c1', { index: 1 }), issued('c1')]);
        await put('a', { hours: 1 });
        await store.log.put([{ issuer: ISSUER, topic: 't', key: 'k', value: 'new' }]);
        expect(await Promise.all(readings)).toEqual(['active', 'active', 'active', 1, 'new']);
      });

      it('is told of nothing when an append is refused, a transaction fails or changes nothing', async () => {
        await store.ledger.append([listOpened()]);
        const { heard } = following();
        const refused = store.ledger.append([reserved('c1', { index: 1 }), changed('reinstated', 'c1')]);
        expect(await conflictOf(refused)).toBe('state-forbids');
        const failed = store.documents.transact(COHORT, async (transaction) => {
          await transaction.put('a', 1);
          throw new Error('the work failed');
        });
        await expect(failed).rejects.toThrow('the work failed');
        await store.documents.transact(COHORT, (transaction) => transaction.get('a'));
        expect(heard).toEqual([]);
      });

      it('reaches every listener but those that stopped, and one that throws harms nobody', async () => {
        const first = following();
        store.follow(() => {
          throw new Error('the listener failed');
        });
        const last = following();
        first.unfollow();
        await store.ledger.append([listOpened()]);
        await put('a', { hours: 1 });
        await store.log.put([{ issuer: ISSUER, topic: 't', key: 'k', value: 1 }]);
        expect(first.heard).toEqual([]);
        expect(last.heard.map(({ shape }) => shape)).toEqual(['ledger', 'documents', 'log']);
      });
    });

    it('finishes what was accepted when it is closed, and takes nothing afterwards', async () => {
      const accepted = [
        store.ledger.append([listOpened()]),
        put('a', { hours: 1 }),
        store.log.put([{ issuer: ISSUER, topic: 't', key: 'k', value: 1 }]),
      ];
      const closed = store;
      await reopen();
      await Promise.all(accepted);
      expect(await store.ledger.list(LIST)).toBeDefined();
      expect(await store.documents.get(COHORT, 'a')).toBeDefined();
      expect(await store.log.get(ISSUER, 't', 'k')).toBe(1);
      await expect(closed.ledger.append([listOpened('late')])).rejects.toBeInstanceOf(StoreUnavailableError);
      await expect(closed.documents.get(COHORT, 'a')).rejects.toBeInstanceOf(StoreUnavailableError);
    });
  });
}

function supersededBy(credential: string, version: number): LedgerEntry {
  return entry({ kind: 'superseded', issuer: ISSUER, credential, version });
}

function judged(session: string, row: number, ref = `ref-${row}`): LedgerEntry {
  return entry({ kind: 'judged', issuer: ISSUER, session, row, ref }, { row });
}
