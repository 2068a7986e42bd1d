import fc from 'fast-check';
import { expect } from 'vitest';
import type { Collection, Partition } from '../../src/ports/documents.js';
import { DomainError } from '../../src/ports/error.js';
import { LedgerConflictError, type LedgerEntry } from '../../src/ports/ledger.js';
import type { Store } from '../../src/ports/store.js';
import {
  allCredentials,
  changed,
  entry,
  ISSUER,
  issued,
  listOpened,
  OTHER_ISSUER,
  reserved,
  START,
} from './fixtures.js';

/** Something done to a store; its answer, or the refusal, must be the same on every store. */
export type Deed = (store: Store) => Promise<unknown>;

const CREDENTIALS = ['c1', 'c2', 'c3'];
const LISTS = ['liste-1', 'liste-2'];
const REFS = ['r1', 'r2', 'r3'];
const SESSIONS = ['s1', 's2'];
const KEYS = ['a', 'b', '../x', 'é'];
const ISSUERS = [ISSUER, OTHER_ISSUER];

const aCredential = fc.constantFrom(...CREDENTIALS);
const aVersion = fc.constantFrom(1, 1, 1, 2, 2, 3);
const anIssuer = fc.oneof(
  { weight: 9, arbitrary: fc.constant(ISSUER) },
  { weight: 1, arbitrary: fc.constant(OTHER_ISSUER) },
);

const anEntry: fc.Arbitrary<LedgerEntry> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...LISTS), anIssuer, fc.constantFrom('revocation', 'suspension'))
      .map(([list, issuer, purpose]) => listOpened(list, { issuer, purpose })),
  },
  {
    weight: 8,
    arbitrary: fc
      .record({
        index: fc.integer({ min: 0, max: 2 }),
        version: aVersion,
        ref: fc.constantFrom(...REFS),
        list: fc.constantFrom(...LISTS),
        issuer: anIssuer,
        credential: aCredential,
      })
      .map(({ credential, ...options }) => reserved(credential, options)),
  },
  { weight: 8, arbitrary: fc.tuple(aCredential, aVersion).map(([credential, version]) => issued(credential, version)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(aCredential, aVersion, fc.constantFrom('voided', 'superseded'))
      .map(([credential, version, kind]) => entry({ kind, issuer: ISSUER, credential, version }, 'why')),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('revoked', 'suspended', 'reinstated'), aCredential, anIssuer)
      .map(([kind, credential, issuer]) => changed(kind, credential, kind, issuer)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...REFS).map((ref) => entry({ kind: 'erased', issuer: ISSUER, refs: [ref] })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...SESSIONS), fc.integer({ min: 0, max: 3 }), fc.constantFrom(...REFS))
      .map(([session, row, ref]) => entry({ kind: 'judged', issuer: ISSUER, session, row, ref }, { row })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...SESSIONS), fc.constantFrom('d1', 'd2'))
      .map(([session, digest]) => entry({ kind: 'sealed', issuer: ISSUER, session, digest, rows: 3 }, 'header')),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0, max: 4 }).map((drawn) => {
      const key = { issuer: ISSUER, publicKeyMultibase: 'z6MkA' };
      if (drawn === 0) return entry({ kind: 'key-created', algorithm: 'Ed25519', ...key });
      return drawn === 1
        ? entry({ kind: 'key-retired', ...key })
        : entry({ kind: 'key-compromised', ...key, since: START + drawn }, 'why');
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('halted', 'resumed').map((kind) => entry({ kind }, kind)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...LISTS), anIssuer)
      .map(([list, issuer]) => entry({ kind: 'list-closed', issuer, list })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('after-1', 'after-2')
      .map((strand) => entry({ kind: 'restored', strand, takenAt: START })),
  },
);

const aPartition: fc.Arbitrary<Partition> = fc.record({
  issuer: anIssuer,
  collection: fc.constantFrom<Collection>('engagements', 'students'),
  name: fc.constantFrom(...KEYS),
});

const aDocumentDeed: fc.Arbitrary<Deed> = fc
  .tuple(
    aPartition,
    fc.array(
      fc.record({
        id: fc.constantFrom(...KEYS),
        value: fc.jsonValue(),
        deletes: fc.boolean(),
        expected: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined, freq: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(
    ([partition, changes]) =>
      (store) =>
        store.documents.transact(partition, async (transaction) => {
          for (const { id, value, deletes, expected } of changes) {
            if (deletes) await transaction.delete(id);
            else if (expected === undefined) await transaction.put(id, JSON.parse(JSON.stringify(value)));
            else await transaction.put(id, JSON.parse(JSON.stringify(value)), expected);
          }
          return transaction.get(changes[0]?.id ?? '');
        }),
  );

const aLogDeed: fc.Arbitrary<Deed> = fc
  .tuple(
    anIssuer,
    fc.constantFrom(...KEYS),
    fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.integer())),
    fc.boolean(),
  )
  .map(([issuer, topic, pairs, deletes]) => (store) => {
    const rows = pairs.map(([key, value]) => ({ issuer, topic, key, value }));
    return deletes ? store.log.delete(rows) : store.log.put(rows);
  });

const aLedgerDeed: fc.Arbitrary<Deed> = fc
  .array(anEntry, { minLength: 1, maxLength: 3 })
  .map((entries) => async (store) => (await store.ledger.append(entries)).map(({ digest: _, ...record }) => record));

/** What is done to a store, one thing after the other. */
export const deeds = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: aLedgerDeed },
    { weight: 1, arbitrary: aDocumentDeed },
    { weight: 1, arbitrary: aLogDeed },
  ),
  { minLength: 15, maxLength: 40, size: 'max' },
);

/** What a store answers, or why it refuses. */
export async function answer(deed: Deed, store: Store): Promise<unknown> {
  try {
    return await deed(store);
  } catch (error) {
    if (error instanceof LedgerConflictError) return error.conflict;
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

/** Everything a store can be asked. */
export async function everything(store: Store): Promise<unknown> {
  const { documents, log, ledger } = store;
  const seen: unknown[] = [await documents.issuers(), await ledger.unfinished()];
  seen.push(await ledger.halt(), await ledger.haltReason());
  for (const issuer of ISSUERS) {
    for (const collection of ['engagements', 'students'] as const) {
      for (const name of await documents.partitions(issuer, collection)) {
        seen.push(await documents.list({ issuer, collection, name }));
      }
    }
    for (const topic of KEYS) seen.push(await log.list(issuer, topic));
    seen.push(
      await ledger.counts(issuer),
      await ledger.keys(issuer),
      await ledger.lists(issuer),
      await ledger.sessions(issuer),
      (await ledger.erasedRefs(issuer)).sort(),
      await allCredentials(ledger, issuer),
    );
    for (const ref of REFS) seen.push(await ledger.byRef(issuer, ref));
  }
  for (const id of CREDENTIALS) {
    seen.push(await ledger.credential(id), await ledger.stateReason(id));
    for (const version of [1, 2, 3])
      seen.push(await ledger.reservation(id, version), await ledger.document(id, version));
  }
  for (const list of LISTS) {
    const [used, bits] = [await ledger.usedIndexes(list), await ledger.statusBits(list)];
    seen.push(used.length, used[0], bits.length, bits[0]);
  }
  for (const session of SESSIONS) seen.push(await ledger.sessionHeader(session), await ledger.sessionRows(session));
  const heads = await ledger.strands();
  const { ok, records, payloads, erasedPayloads, strands } = await ledger.check(heads);
  const [first = 0, ...restored] = strands.map((strand) => strand.records);
  expect(strands).toEqual(heads);
  return [...seen, ok, records, payloads, erasedPayloads, first, ...restored];
}
