import type { Json } from './json.js';

/** One row of a log: the last write of (issuer, topic, key) wins. */
export interface LogRow {
  readonly issuer: string;
  readonly topic: string;
  readonly key: string;
  readonly value: Json;
}

/** Rows written one at a time: batch progress, mails, claims, wallet offers. */
export interface LogStore {
  /** Durable when it resolves. Rows of one call need not become visible together. */
  put(rows: readonly LogRow[]): Promise<void>;
  /**
   * Writes a row whose key has none yet. Of all who ask at once, in whatever process, exactly one is told true: what
   * may happen once (a link used, a code redeemed) rests on this. Durable when it resolves true.
   */
  putNew(row: LogRow): Promise<boolean>;
  get(issuer: string, topic: string, key: string): Promise<Json | undefined>;
  /** All rows of a topic, ordered by key. */
  list(issuer: string, topic: string): Promise<LogRow[]>;
  delete(rows: readonly Pick<LogRow, 'issuer' | 'topic' | 'key'>[]): Promise<void>;
}
