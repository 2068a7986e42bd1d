import type { z } from 'zod';
import { asJson, isJsonObject } from '../ports/json.js';
import type { LogRow } from '../ports/log-store.js';
import type { IssuingCore } from './context.js';

/**
 * The log's topics about one student each: every row says whose it is, so that erasing finds it, and none holds an
 * address, a name or a token.
 */
export const HOLDER_TOPICS = [
  /** Letters that wait to be sent. */
  'mail-outbox',
  /** Letters being sent: written before, gone after. */
  'mail-attempts',
  /** What became of each letter. */
  'mail-history',
  /** Claim links, by the SHA-256 of their token. */
  'claim-links',
  /** Links that were used, or replaced by newer ones. */
  'claims-used',
  /** Sessions on the holder's pages, by the SHA-256 of their secret. */
  'holder-sessions',
  /** Badges their holder does not share for now, by credential id. */
  'withdrawn',
  /** Students who asked to be erased, by student id. */
  'erasure-requests',
  /** Offers of a badge to a wallet, by the SHA-256 of their secret. */
  'wallet-offers',
  /** The newest offer of each badge, by credential id: those before it are void. */
  'wallet-latest',
  /** Transaction codes tried, by offer and number of the try. */
  'wallet-tries',
  /** Access tokens of wallets, by their SHA-256. */
  'wallet-tokens',
  /** Nonces that were used, by their SHA-256. */
  'wallet-nonces',
  /** Offers and access tokens that were used, by the same key. */
  'wallet-uses',
] as const;
export type HolderTopic = (typeof HOLDER_TOPICS)[number];

/** Where a row lies. */
export interface RowPlace {
  /** Slug. */
  readonly issuer: string;
  readonly topic: HolderTopic;
  readonly key: string;
}

/** A row of a schema; undefined when there is none. */
export async function readRow<T>(context: IssuingCore, place: RowPlace, schema: z.ZodType<T>): Promise<T | undefined> {
  const value = await context.store.log.get(place.issuer, place.topic, place.key);
  return value === undefined ? undefined : schema.parse(value);
}

/** Every row of a topic, by key. */
export async function listRows<T>(
  context: IssuingCore,
  { issuer, topic }: Omit<RowPlace, 'key'>,
  schema: z.ZodType<T>,
): Promise<{ readonly key: string; readonly row: T }[]> {
  const rows = await context.store.log.list(issuer, topic);
  return rows.map(({ key, value }) => ({ key, row: schema.parse(value) }));
}

/** Writes a row over what its key had. Durable when it resolves. */
export function writeRow<T extends HolderRow>(context: IssuingCore, place: RowPlace, row: T): Promise<void> {
  return context.store.log.put([{ ...place, value: asJson(row) }]);
}

/** Writes a row if its key has none yet. @returns true for exactly one of all who ask. */
export function writeNewRow<T extends HolderRow>(context: IssuingCore, place: RowPlace, row: T): Promise<boolean> {
  return context.store.log.putNew({ ...place, value: asJson(row) });
}

export async function deleteRow(context: IssuingCore, place: RowPlace): Promise<void> {
  await context.store.log.delete([place]);
}

/** What every such row has. */
export interface HolderRow {
  /** Student id, at the row's issuer. */
  readonly student: string;
}

/** Every row about one student, as stored. */
export async function rowsOfStudent(context: IssuingCore, issuer: string, student: string): Promise<LogRow[]> {
  const found: LogRow[] = [];
  for (const topic of HOLDER_TOPICS) {
    const rows = await context.store.log.list(issuer, topic);
    found.push(...rows.filter(({ value }) => isJsonObject(value) && value['student'] === student));
  }
  return found;
}
