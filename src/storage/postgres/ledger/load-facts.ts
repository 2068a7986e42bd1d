import type { CredentialEntry, KeyEntry, LedgerEvent, SessionEntry } from '../../../ports/ledger.js';
import type { OpenedList } from '../../lowdb/ledger/facts.js';
import type { Queryable } from '../database.js';
import { fromTextKey, toTextKey } from '../text-key.js';
import { LoadedFacts } from './loaded-facts.js';

/** Pairs of an issuer and something of its own, each once. */
class Pairs {
  readonly #pairs = new Map<string, readonly [string, string]>();

  add(issuer: string, other: string): void {
    this.#pairs.set(JSON.stringify([issuer, other]), [toTextKey(issuer), toTextKey(other)]);
  }

  get isEmpty(): boolean {
    return this.#pairs.size === 0;
  }

  /** Two parameters for `unnest($1::text[], $2::text[])`. */
  get columns(): [string[], string[]] {
    const pairs = [...this.#pairs.values()];
    return [pairs.map(([issuer]) => issuer), pairs.map(([, other]) => other)];
  }
}

/**
 * Loads what the rules ask of the things these events speak of, and locks it to the end of the transaction: refs, then
 * credentials, then the rest, each in the order of their keys, so that two groups wait for each other in one direction.
 * What is not there yet cannot be locked: its key is unique, and whoever writes it second begins again.
 */
export async function loadFacts(transaction: Queryable, events: readonly LedgerEvent[]): Promise<LoadedFacts> {
  const facts = new LoadedFacts();
  await loadRefs(transaction, facts, events);
  await loadCredentials(transaction, facts, events);
  await loadLists(transaction, facts, events);
  await loadKeys(transaction, facts, events);
  await loadSessions(transaction, facts, events);
  await loadHalt(transaction, facts, events);
  await loadStrandNames(transaction, facts, events);
  return facts;
}

function refsIn(events: readonly LedgerEvent[]): Pairs {
  const refs = new Pairs();
  for (const event of events) {
    if (event.kind === 'reserved' || event.kind === 'judged') refs.add(event.issuer, event.ref);
    if (event.kind === 'erased') for (const ref of event.refs) refs.add(event.issuer, ref);
  }
  return refs;
}

async function loadRefs(transaction: Queryable, facts: LoadedFacts, events: readonly LedgerEvent[]): Promise<void> {
  const refs = refsIn(events);
  if (refs.isEmpty) return;
  const rows = await transaction.query<{ issuer: string; ref: string; erased: boolean }>(
    `SELECT issuer, ref, erased FROM refs WHERE (issuer, ref) IN (SELECT * FROM unnest($1::text[], $2::text[]))
      ORDER BY issuer, ref FOR UPDATE`,
    refs.columns,
  );
  for (const { issuer, ref, erased } of rows) facts.addRef(fromTextKey(issuer), fromTextKey(ref), erased);
}

async function loadCredentials(
  transaction: Queryable,
  facts: LoadedFacts,
  events: readonly LedgerEvent[],
): Promise<void> {
  const ids = new Set(events.flatMap((event) => ('credential' in event ? [toTextKey(event.credential)] : [])));
  const refs = refsIn(events);
  if (ids.size === 0 && refs.isEmpty) return;
  const rows = await transaction.query<{ entry: string; place: number }>(
    `SELECT entry, place FROM credentials
      WHERE credential IN (SELECT unnest($1::text[]) UNION SELECT credential FROM credentials
                            WHERE (issuer, ref) IN (SELECT * FROM unnest($2::text[], $3::text[])))
      ORDER BY credential FOR UPDATE`,
    [[...ids], ...refs.columns],
  );
  rows.sort((left, right) => left.place - right.place);
  for (const { entry } of rows) facts.addCredential(readEntry<CredentialEntry>(entry));
}

async function loadLists(transaction: Queryable, facts: LoadedFacts, events: readonly LedgerEvent[]): Promise<void> {
  const drawnFrom = new Set<string>();
  const changed = new Set<string>();
  const touched = new Set<string>();
  const places = new Map<string, readonly [string, number]>();
  const add = ({ list, index }: { readonly list: string; readonly index: number }): void => {
    touched.add(toTextKey(list));
    places.set(JSON.stringify([list, index]), [toTextKey(list), index]);
  };
  for (const event of events) {
    if (event.kind === 'list-opened' || event.kind === 'list-closed') changed.add(toTextKey(event.list));
    if (event.kind === 'reserved') drawnFrom.add(toTextKey(event.list));
    if (event.kind === 'reserved') add(event);
    if ('credential' in event) facts.credential(event.credential)?.versions.forEach(add);
    if (event.kind !== 'erased') continue;
    for (const ref of event.refs) {
      for (const id of facts.credentialsOfRef(event.issuer, ref)) facts.credential(id)?.versions.forEach(add);
    }
  }
  // Drawing from a list shares it with others who draw; closing it waits for them, and they for it.
  await loadOpened(transaction, facts, { lists: touched, lock: '' });
  await loadOpened(transaction, facts, { lists: drawnFrom, lock: 'FOR SHARE' });
  await loadOpened(transaction, facts, { lists: changed, lock: 'FOR UPDATE' });
  if (places.size === 0) return;
  const drawn = await transaction.query<{ list: string; index: number; bit: boolean }>(
    `SELECT list, index, bit FROM status_entries
      WHERE (list, index) IN (SELECT * FROM unnest($1::text[], $2::integer[]))`,
    [[...places.values()].map(([list]) => list), [...places.values()].map(([, index]) => index)],
  );
  for (const { list, index, bit } of drawn) facts.addIndex(fromTextKey(list), index, bit);
}

async function loadOpened(
  transaction: Queryable,
  facts: LoadedFacts,
  { lists, lock }: { readonly lists: ReadonlySet<string>; readonly lock: '' | 'FOR SHARE' | 'FOR UPDATE' },
): Promise<void> {
  if (lists.size === 0) return;
  const opened = await transaction.query<OpenedList & Record<string, unknown>>(
    `SELECT list, issuer, purpose, length, closed FROM status_lists WHERE list = ANY ($1) ORDER BY list ${lock}`,
    [[...lists]],
  );
  for (const { list, issuer, purpose, length, closed } of opened) {
    facts.addList({ list: fromTextKey(list), issuer: fromTextKey(issuer), purpose, length, closed });
  }
}

async function loadKeys(transaction: Queryable, facts: LoadedFacts, events: readonly LedgerEvent[]): Promise<void> {
  const keys = new Pairs();
  for (const event of events) if ('publicKeyMultibase' in event) keys.add(event.issuer, event.publicKeyMultibase);
  if (keys.isEmpty) return;
  const rows = await transaction.query<{ entry: string }>(
    `SELECT entry FROM issuer_keys WHERE (issuer, key) IN (SELECT * FROM unnest($1::text[], $2::text[]))
      ORDER BY issuer, key FOR UPDATE`,
    keys.columns,
  );
  for (const { entry } of rows) facts.addKey(readEntry<KeyEntry>(entry));
}

async function loadSessions(transaction: Queryable, facts: LoadedFacts, events: readonly LedgerEvent[]): Promise<void> {
  const ids = new Set<string>();
  const digests = new Pairs();
  const judged: (readonly [string, number])[] = [];
  for (const event of events) {
    if (event.kind !== 'sealed' && event.kind !== 'judged') continue;
    ids.add(toTextKey(event.session));
    if (event.kind === 'sealed') digests.add(event.issuer, event.digest);
    else judged.push([toTextKey(event.session), event.row]);
  }
  if (ids.size === 0) return;
  const sessions = await transaction.query<{ entry: string }>(
    `SELECT entry FROM sessions
      WHERE session = ANY ($1) OR (issuer, digest) IN (SELECT * FROM unnest($2::text[], $3::text[]))
      ORDER BY session FOR UPDATE`,
    [[...ids], ...digests.columns],
  );
  for (const { entry } of sessions) facts.addSession(readEntry<SessionEntry>(entry));
  const rows = await transaction.query<{ session: string; number: number }>(
    'SELECT session, number FROM session_rows WHERE (session, number) IN (SELECT * FROM unnest($1::text[], $2::integer[]))',
    [judged.map(([session]) => session), judged.map(([, row]) => row)],
  );
  for (const { session, number } of rows) facts.addRow(fromTextKey(session), number);
}

async function loadHalt(transaction: Queryable, facts: LoadedFacts, events: readonly LedgerEvent[]): Promise<void> {
  if (!events.some(({ kind }) => kind === 'halted' || kind === 'resumed')) return;
  const [house] = await transaction.query<{ halt: string | null }>('SELECT halt FROM house FOR UPDATE');
  facts.setHalt(house?.halt == null ? undefined : readEntry(house.halt));
}

async function loadStrandNames(
  transaction: Queryable,
  facts: LoadedFacts,
  events: readonly LedgerEvent[],
): Promise<void> {
  const names = events.flatMap((event) => (event.kind === 'restored' ? [event.strand] : []));
  if (names.length === 0) return;
  const rows = await transaction.query<{ name: string }>('SELECT name FROM strand_starts WHERE name = ANY ($1)', [
    names,
  ]);
  for (const { name } of rows) facts.addStrand(name);
}

/** An entry as {@link writeEntry} wrote it. */
export function readEntry<T extends object>(text: string): T {
  return JSON.parse(text);
}

/** An entry of the derived tables as text. Members that are undefined are left out. */
export function writeEntry(entry: object): string {
  return JSON.stringify(entry);
}
