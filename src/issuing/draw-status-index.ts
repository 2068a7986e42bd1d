import type { StatusListEntry, StatusPurpose } from '../ports/ledger.js';
import { getBit } from '../status/bitstring.js';
import { drawFreeIndexes, STATUS_LIST_LENGTH, shouldOpenNextList } from '../status/draw-index.js';
import type { IssuingCore } from './context.js';
import { statusListsOf } from './turn-keys.js';

/** A place in a status list, drawn but not yet reserved. */
export interface StatusPlace {
  readonly list: string;
  readonly index: number;
}

/** Draws places in status lists. */
export interface StatusPlaces {
  /**
   * Draws random places nobody ever had, in the issuer's newest open list of that purpose; opens the next list before the
   * first is full. The ledger's uniqueness makes the draw safe: a place taken meanwhile is refused there and drawn again.
   * @param of.count places, all different; few against the length of a list.
   * @see https://www.w3.org/TR/vc-bitstring-status-list/#herd-privacy random, in lists of at least 131,072 entries
   */
  draw(of: {
    readonly issuer: string;
    readonly purpose: StatusPurpose;
    readonly count: number;
  }): Promise<readonly StatusPlace[]>;
}

/**
 * Places of a list that are kept from being drawn again before they are reserved: more than are under way at once, fewer
 * than are free when the next list is opened.
 */
const KEPT_APART = STATUS_LIST_LENGTH / 16;

/** Hands no place out twice within the process, also while the ledger does not know of the first yet. */
export function createStatusPlaces(context: IssuingCore): StatusPlaces {
  /** By list: drawn, and not reserved when last looked at. */
  const drawn = new Map<string, Set<number>>();

  return {
    async draw({ issuer, purpose, count }) {
      const list = await listWithRoom(context, issuer, purpose);
      const used = await context.store.ledger.usedIndexes(list);
      const except = drawn.get(list) ?? new Set();
      drawn.set(list, except);
      for (const index of except) if (getBit(used, index)) except.delete(index);
      const indexes = drawFreeIndexes(count, { used, except, length: STATUS_LIST_LENGTH, random: context.random });
      for (const index of indexes) except.add(index);
      // The oldest of too many came to nothing; should one be under way still, the ledger refuses it to the other.
      for (const index of except) if (except.size > KEPT_APART) except.delete(index);
      return indexes.map((index) => ({ list, index }));
    },
  };
}

function listWithRoom(context: IssuingCore, issuer: string, purpose: StatusPurpose): Promise<string> {
  return context.turns.run(
    statusListsOf(issuer),
    async () => (await newestList(context, issuer, purpose)) ?? (await openList(context, issuer, purpose)),
  );
}

async function newestList(context: IssuingCore, issuer: string, purpose: StatusPurpose): Promise<string | undefined> {
  const lists = await context.store.ledger.lists(issuer);
  const newest = lists.filter((list: StatusListEntry) => list.purpose === purpose && !list.closed).at(-1);
  if (newest === undefined || shouldOpenNextList(newest.used, newest.length)) return undefined;
  return newest.list;
}

async function openList(context: IssuingCore, issuer: string, purpose: StatusPurpose): Promise<string> {
  const list = context.ids.next();
  await context.store.ledger.append([
    {
      actor: 'house',
      event: { kind: 'list-opened', issuer, list, purpose, length: STATUS_LIST_LENGTH },
    },
  ]);
  return list;
}
