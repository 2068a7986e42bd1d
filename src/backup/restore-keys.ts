import type { Checkpoint, ReadCheckpoint } from '../audit/checkpoint.js';
import type { IssuingCore } from '../issuing/context.js';
import { listIssuers } from '../issuing/issuers.js';
import type { KeyEntry, LedgerEntry } from '../ports/ledger.js';
import { parseInstant } from '../text/instant.js';

type StatedKey = NonNullable<Checkpoint['keys']>[number];
type KeyState = Pick<KeyEntry, 'state' | 'compromisedSince'>;

const PAYLOAD = { reason: 'a checkpoint newer than the restored copy shows it' };

/**
 * What checkpoints newer than a copy know of keys and its ledger does not: those made, retired and compromised since, as
 * entries to append. Without them a stolen key would sign again, trusted. A key the ledger has never heard of is taken
 * when its private half is here, or as compromised: nobody brings a key of theirs in by a checkpoint.
 */
export async function planKeyEntries(
  context: IssuingCore,
  { checkpoints, actor }: { readonly checkpoints: readonly ReadCheckpoint[]; readonly actor: string },
): Promise<readonly LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  const stated = checkpoints.flatMap(({ checkpoint }) => checkpoint.keys ?? []);
  for (const { slug, did } of await listIssuers(context)) {
    const present = await context.store.ledger.keys(slug);
    const known = new Map<string, KeyState>(present.map((key) => [key.publicKeyMultibase, key]));
    for (const key of stated.filter(({ issuer }) => issuer === slug)) {
      const { publicKeyMultibase } = key;
      const isOurs = known.has(publicKeyMultibase) || key.state === 'compromised';
      if (!isOurs && !(await context.signer.canSign(`${did}#${publicKeyMultibase}`))) continue;
      const { events, next } = catchUp(key, known.get(publicKeyMultibase));
      known.set(publicKeyMultibase, next);
      entries.push(...events.map((event) => withReason({ actor, event })));
    }
  }
  return entries;
}

/** The events that lead from what the ledger knows of a key to what is stated of it; nothing is taken back. */
function catchUp(
  { issuer, algorithm, publicKeyMultibase, state, compromisedSince }: StatedKey,
  known: KeyState | undefined,
): { readonly events: readonly LedgerEntry['event'][]; readonly next: KeyState } {
  const events: LedgerEntry['event'][] = [];
  if (known === undefined) events.push({ kind: 'key-created', issuer, algorithm, publicKeyMultibase });
  const before: KeyState = known ?? { state: 'active' };
  if (state === 'compromised') {
    // Without an instant, it was never to be trusted.
    const since = parseInstant(compromisedSince ?? '') ?? 0;
    if (since >= (before.compromisedSince ?? Number.POSITIVE_INFINITY)) return { events, next: before };
    events.push({ kind: 'key-compromised', issuer, publicKeyMultibase, since });
    return { events, next: { state, compromisedSince: since } };
  }
  if (state === 'active' || before.state !== 'active') return { events, next: before };
  events.push({ kind: 'key-retired', issuer, publicKeyMultibase });
  return { events, next: { state } };
}

function withReason(entry: LedgerEntry): LedgerEntry {
  return entry.event.kind === 'key-compromised' ? { ...entry, payload: PAYLOAD } : entry;
}
