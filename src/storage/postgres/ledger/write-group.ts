import type { CredentialEntry } from '../../../ports/ledger.js';
import { ownerOf } from '../../lowdb/ledger/payload-owner.js';
import type { Queryable } from '../database.js';
import { insertRows } from '../insert-rows.js';
import { toTextKey } from '../text-key.js';
import type { ChainedRecord } from './chain-group.js';
import type { GroupChanges } from './group-changes.js';
import { writeEntry } from './load-facts.js';
import type { LoadedFacts } from './loaded-facts.js';

/** What a group is written with. */
export interface WrittenGroup {
  readonly strand: string;
  /** Number of the process that reserves. */
  readonly owner: number;
  readonly records: readonly ChainedRecord[];
  readonly changes: GroupChanges;
  /** As they were before the group. */
  readonly facts: LoadedFacts;
}

/** Writes records and payloads, and all that follows from them, in as many statements as there are tables concerned. */
export async function writeGroup(transaction: Queryable, group: WrittenGroup): Promise<void> {
  await writeRecords(transaction, group);
  await writeRefs(transaction, group);
  await writeCredentials(transaction, group);
  await writeVersions(transaction, group);
  await writeLists(transaction, group);
  await writeSessions(transaction, group);
  await writeHouse(transaction, group);
}

async function writeRecords(transaction: Queryable, { strand, records, changes, facts }: WrittenGroup): Promise<void> {
  await insertRows(transaction, 'ledger_records', {
    columns: {
      strand: { type: 'text', values: records.map(() => strand) },
      sequence: { type: 'bigint', values: records.map(({ record }) => record.sequence) },
      record: { type: 'text', values: records.map(({ text }) => text) },
      digest: { type: 'text', values: records.map(({ record }) => record.digest) },
    },
  });
  const credential = (id: string): CredentialEntry | undefined =>
    changes.credentials.get(id)?.entry ?? facts.credential(id);
  const payloads = records.flatMap(({ record, payload }) => {
    if (payload === undefined) return [];
    const content = payload === 'erased' ? { salt: null, text: null } : payload;
    return [{ ...content, sequence: record.sequence, owner: ownerOf(record.event, { credential }) }];
  });
  await insertRows(transaction, 'ledger_payloads', {
    columns: {
      strand: { type: 'text', values: payloads.map(() => strand) },
      sequence: { type: 'bigint', values: payloads.map(({ sequence }) => sequence) },
      issuer: { type: 'text', values: payloads.map(({ owner }) => keyOrNull(owner?.issuer)) },
      ref: { type: 'text', values: payloads.map(({ owner }) => keyOrNull(owner?.ref)) },
      salt: { type: 'bytea', values: payloads.map(({ salt }) => (salt === null ? null : Buffer.from(salt))) },
      payload: { type: 'text', values: payloads.map(({ text }) => text) },
    },
  });
}

/** A ref that is new here is claimed by its key: of two writers at once the second begins again, and then sees it. */
async function writeRefs(transaction: Queryable, { changes, facts }: WrittenGroup): Promise<void> {
  const refs = sorted([...changes.refs.values()], ({ issuer, ref }) => [issuer, ref]);
  const fresh = refs.filter(({ issuer, ref }) => !facts.isRefKnown(issuer, ref));
  await insertRows(transaction, 'refs', {
    columns: {
      issuer: { type: 'text', values: fresh.map(({ issuer }) => toTextKey(issuer)) },
      ref: { type: 'text', values: fresh.map(({ ref }) => toTextKey(ref)) },
      erased: { type: 'boolean', values: fresh.map(({ erased }) => erased) },
    },
  });
  const erased = refs.filter((ref) => ref.erased);
  if (erased.length === 0) return;
  const columns = [erased.map(({ issuer }) => toTextKey(issuer)), erased.map(({ ref }) => toTextKey(ref))];
  const named = '(issuer, ref) IN (SELECT * FROM unnest($1::text[], $2::text[]))';
  await transaction.query(`UPDATE refs SET erased = true WHERE ${named} AND NOT erased`, columns);
  await transaction.query(`UPDATE ledger_payloads SET salt = NULL, payload = NULL WHERE ${named}`, columns);
}

async function writeCredentials(transaction: Queryable, { strand, changes, facts }: WrittenGroup): Promise<void> {
  const all = [...changes.credentials.values()];
  // First, so that a ref whose credential is voided in this group is free for the next.
  const known = all.filter(({ entry }) => facts.credential(entry.credential) !== undefined);
  if (known.length > 0) {
    await transaction.query(
      `UPDATE credentials SET
         voided = changed.voided, unfinished = changed.unfinished, entry = changed.entry,
         state_strand = CASE WHEN changed.sequence IS NULL THEN state_strand ELSE $6 END,
         state_sequence = coalesce(changed.sequence, state_sequence)
       FROM unnest($1::text[], $2::boolean[], $3::boolean[], $4::text[], $5::bigint[])
         AS changed (credential, voided, unfinished, entry, sequence)
       WHERE credentials.credential = changed.credential`,
      [
        known.map(({ entry }) => toTextKey(entry.credential)),
        known.map(({ entry }) => isVoided(entry)),
        known.map(({ entry }) => isUnfinished(entry)),
        known.map(({ entry }) => writeEntry(entry)),
        known.map(({ stateSequence }) => stateSequence ?? null),
        strand,
      ],
    );
  }
  // In the order reserved: a ref's newest credential is the last of its own.
  const fresh = all.filter(({ entry }) => facts.credential(entry.credential) === undefined);
  await insertRows(transaction, 'credentials', {
    columns: {
      credential: { type: 'text', values: fresh.map(({ entry }) => toTextKey(entry.credential)) },
      issuer: { type: 'text', values: fresh.map(({ entry }) => toTextKey(entry.issuer)) },
      ref: { type: 'text', values: fresh.map(({ entry }) => toTextKey(entry.ref)) },
      voided: { type: 'boolean', values: fresh.map(({ entry }) => isVoided(entry)) },
      unfinished: { type: 'boolean', values: fresh.map(({ entry }) => isUnfinished(entry)) },
      entry: { type: 'text', values: fresh.map(({ entry }) => writeEntry(entry)) },
      state_strand: { type: 'text', values: fresh.map(() => strand) },
      state_sequence: { type: 'bigint', values: fresh.map(({ stateSequence }) => stateSequence) },
    },
  });
  const counts = [...changes.counts.values()].filter(({ more }) => more !== 0);
  await insertRows(transaction, 'credential_counts', {
    columns: {
      issuer: { type: 'text', values: counts.map(({ issuer }) => toTextKey(issuer)) },
      strand: { type: 'text', values: counts.map(() => strand) },
      state: { type: 'text', values: counts.map(({ state }) => state) },
      count: { type: 'bigint', values: counts.map(({ more }) => more) },
    },
    conflict: '(issuer, strand, state) DO UPDATE SET count = credential_counts.count + excluded.count',
  });
}

async function writeVersions(transaction: Queryable, { strand, owner, changes }: WrittenGroup): Promise<void> {
  const all = [...changes.versions.values()];
  const reserved = all.filter((version) => version.reserved !== undefined);
  await insertRows(transaction, 'versions', {
    columns: {
      credential: { type: 'text', values: reserved.map(({ credential }) => toTextKey(credential)) },
      version: { type: 'integer', values: reserved.map(({ version }) => version) },
      owner: { type: 'integer', values: reserved.map(() => owner) },
      reserved_strand: { type: 'text', values: reserved.map(() => strand) },
      reserved_sequence: { type: 'bigint', values: reserved.map((version) => version.reserved) },
    },
  });
  const issued = all.filter((version) => version.issued !== undefined);
  if (issued.length === 0) return;
  await transaction.query(
    `UPDATE versions SET issued_strand = $4, issued_sequence = changed.sequence
       FROM unnest($1::text[], $2::integer[], $3::bigint[]) AS changed (credential, version, sequence)
      WHERE versions.credential = changed.credential AND versions.version = changed.version`,
    [
      issued.map(({ credential }) => toTextKey(credential)),
      issued.map(({ version }) => version),
      issued.map((version) => version.issued),
      strand,
    ],
  );
}

async function writeLists(transaction: Queryable, { strand, changes, facts }: WrittenGroup): Promise<void> {
  const lists = [...changes.lists.values()];
  const opened = lists.filter(({ list }) => facts.list(list) === undefined);
  await insertRows(transaction, 'status_lists', {
    columns: {
      list: { type: 'text', values: opened.map(({ list }) => toTextKey(list)) },
      issuer: { type: 'text', values: opened.map(({ issuer }) => toTextKey(issuer)) },
      purpose: { type: 'text', values: opened.map(({ purpose }) => purpose) },
      length: { type: 'integer', values: opened.map(({ length }) => length) },
      closed: { type: 'boolean', values: opened.map(({ closed }) => closed) },
    },
  });
  const closed = lists.filter(({ list }) => facts.list(list) !== undefined).map(({ list }) => toTextKey(list));
  if (closed.length > 0)
    await transaction.query('UPDATE status_lists SET closed = true WHERE list = ANY ($1)', [closed]);
  await writePlaces(transaction, changes, facts);
  const sums = [...changes.listSums.values()];
  await insertRows(transaction, 'list_usage', {
    columns: {
      list: { type: 'text', values: sums.map(({ list }) => toTextKey(list)) },
      strand: { type: 'text', values: sums.map(() => strand) },
      used: { type: 'bigint', values: sums.map(({ used }) => used) },
      revision: { type: 'bigint', values: sums.map(({ revision }) => revision) },
    },
    conflict: `(list, strand) DO UPDATE SET used = list_usage.used + excluded.used,
      revision = list_usage.revision + excluded.revision`,
  });
}

async function writePlaces(transaction: Queryable, changes: GroupChanges, facts: LoadedFacts): Promise<void> {
  const places = sorted([...changes.places.values()], ({ list, index }) => [list, String(index)]);
  const drawn = places.filter(({ list, index }) => !facts.isIndexUsed(list, index));
  await insertRows(transaction, 'status_entries', {
    columns: {
      list: { type: 'text', values: drawn.map(({ list }) => toTextKey(list)) },
      index: { type: 'integer', values: drawn.map(({ index }) => index) },
      bit: { type: 'boolean', values: drawn.map(({ isSet }) => isSet) },
    },
  });
  const changed = places.filter(
    ({ list, index, isSet }) => facts.isIndexUsed(list, index) && facts.isBitSet(list, index) !== isSet,
  );
  if (changed.length === 0) return;
  await transaction.query(
    `UPDATE status_entries SET bit = changed.bit
       FROM unnest($1::text[], $2::integer[], $3::boolean[]) AS changed (list, index, bit)
      WHERE status_entries.list = changed.list AND status_entries.index = changed.index`,
    [changed.map(({ list }) => toTextKey(list)), changed.map(({ index }) => index), changed.map(({ isSet }) => isSet)],
  );
}

async function writeSessions(transaction: Queryable, { strand, changes }: WrittenGroup): Promise<void> {
  const sessions = [...changes.sessions.values()];
  const sealed = sessions.filter((session) => session.sealed !== undefined);
  await insertRows(transaction, 'sessions', {
    columns: {
      session: { type: 'text', values: sealed.map(({ entry }) => toTextKey(entry.session)) },
      issuer: { type: 'text', values: sealed.map(({ entry }) => toTextKey(entry.issuer)) },
      digest: { type: 'text', values: sealed.map(({ entry }) => toTextKey(entry.digest)) },
      entry: { type: 'text', values: sealed.map(({ entry }) => writeEntry(entry)) },
      strand: { type: 'text', values: sealed.map(() => strand) },
      sequence: { type: 'bigint', values: sealed.map((session) => session.sealed) },
    },
  });
  for (const { entry } of sessions.filter((session) => session.sealed === undefined)) {
    const values = [toTextKey(entry.session), writeEntry(entry)];
    await transaction.query('UPDATE sessions SET entry = $2 WHERE session = $1', values);
  }
  await insertRows(transaction, 'session_rows', {
    columns: {
      session: { type: 'text', values: changes.rows.map(({ value }) => toTextKey(value.session)) },
      number: { type: 'integer', values: changes.rows.map(({ value }) => value.row) },
      strand: { type: 'text', values: changes.rows.map(() => strand) },
      sequence: { type: 'bigint', values: changes.rows.map(({ sequence }) => sequence) },
    },
  });
}

/** What there is little of: keys, the emergency stop, strands begun by a restore. */
async function writeHouse(transaction: Queryable, { strand, records, changes, facts }: WrittenGroup): Promise<void> {
  for (const key of changes.keys.values()) {
    const values = [toTextKey(key.issuer), toTextKey(key.publicKeyMultibase), writeEntry(key)];
    const isKnown = facts.key(key.issuer, key.publicKeyMultibase) !== undefined;
    await transaction.query(
      isKnown
        ? 'UPDATE issuer_keys SET entry = $3 WHERE issuer = $1 AND key = $2'
        : 'INSERT INTO issuer_keys (issuer, key, entry) VALUES ($1, $2, $3)',
      values,
    );
  }
  if (changes.halt !== undefined) {
    const { value, sequence } = changes.halt;
    await transaction.query('UPDATE house SET halt = $1, halt_strand = $2, halt_sequence = $3', [
      value === undefined ? null : writeEntry(value),
      strand,
      sequence,
    ]);
  }
  for (const { value, sequence } of changes.strands) {
    const first = records[0]?.record.sequence ?? sequence;
    const previous: unknown = JSON.parse(records[sequence - first]?.text ?? '{}').previous;
    await transaction.query(
      'INSERT INTO strand_starts (name, strand, after_sequence, after_head) VALUES ($1, $2, $3, $4)',
      [value, strand, sequence - 1, previous],
    );
    // Checkpoints may know more of the others than this copy does: nobody goes on in them.
    await transaction.query('UPDATE strands SET continues = false WHERE strand <> $1', [strand]);
  }
}

function keyOrNull(text: string | undefined): string | null {
  return text === undefined ? null : toTextKey(text);
}

/** Voided for good, even when erased since: its ref is free again. */
function isVoided({ versions }: CredentialEntry): boolean {
  return versions.every(({ state }) => state === 'voided');
}

function isUnfinished({ state, versions }: CredentialEntry): boolean {
  return state !== 'erased' && versions.some((version) => version.state === 'reserved');
}

function sorted<T>(items: readonly T[], key: (item: T) => readonly [string, string]): T[] {
  const text = (item: T): string => JSON.stringify(key(item));
  return [...items].sort((left, right) => (text(left) < text(right) ? -1 : 1));
}
