import { createHash, type Hash } from 'node:crypto';
import type { LogRow } from '../../ports/log-store.js';
import { compareCodePoints } from '../lowdb/code-points.js';
import { type CopiedPartition, type CopiedRecord, partitionsOf, type StoreContent } from './store-content.js';

/** How much a store holds, and a digest over all of it: the same for two stores that hold the same. */
export interface Fingerprint {
  readonly documents: number;
  readonly rows: number;
  readonly records: number;
  readonly payloads: number;
  readonly erasedPayloads: number;
  /** SHA-256, hex. */
  readonly digest: string;
}

/** Counts and hashes what passes by. */
export class Fingerprints {
  readonly #hash: Hash = createHash('sha256');
  #documents = 0;
  #rows = 0;
  #records = 0;
  #payloads = 0;
  #erasedPayloads = 0;

  record({ strand, sequence, text, payload }: CopiedRecord): void {
    const content = typeof payload === 'object' ? [Buffer.from(payload.salt).toString('hex'), payload.text] : payload;
    this.#add(['record', strand, sequence, text, content ?? null]);
    this.#records += 1;
    if (payload !== undefined) this.#payloads += 1;
    if (payload === 'erased') this.#erasedPayloads += 1;
  }

  partition({ partition: { issuer, collection, name }, documents }: CopiedPartition): void {
    this.#add(['partition', issuer, collection, name, documents.map(({ id, version, value }) => [id, version, value])]);
    this.#documents += documents.length;
  }

  rowsOf(rows: readonly LogRow[]): void {
    for (const { issuer, topic, key, value } of rows) this.#add(['row', issuer, topic, key, value]);
    this.#rows += rows.length;
  }

  end(): Fingerprint {
    return {
      documents: this.#documents,
      rows: this.#rows,
      records: this.#records,
      payloads: this.#payloads,
      erasedPayloads: this.#erasedPayloads,
      digest: this.#hash.digest('hex'),
    };
  }

  #add(fact: unknown): void {
    this.#hash.update(`${JSON.stringify(fact)}\n`);
  }
}

/** Who takes each thing that a store holds, in the order all stores give it. */
export interface Taker {
  record(record: CopiedRecord): void;
  records?(records: readonly CopiedRecord[]): Promise<void>;
  partition(partition: CopiedPartition): Promise<void> | void;
  rowsOf(rows: readonly LogRow[]): Promise<void> | void;
}

/** Reads everything once: records, then documents, then rows. */
export async function readAll(content: StoreContent, takers: readonly Taker[]): Promise<void> {
  for await (const records of content.records()) {
    for (const taker of takers) {
      for (const record of records) taker.record(record);
      await taker.records?.(records);
    }
  }
  for await (const partition of partitionsOf(content.store)) {
    for (const taker of takers) await taker.partition(partition);
  }
  const topics = [...(await content.topics())].sort(
    (left, right) => compareCodePoints(left.issuer, right.issuer) || compareCodePoints(left.topic, right.topic),
  );
  for (const { issuer, topic } of topics) {
    const rows = await content.store.log.list(issuer, topic);
    for (const taker of takers) await taker.rowsOf(rows);
  }
}

export async function fingerprintOf(content: StoreContent): Promise<Fingerprint> {
  const prints = new Fingerprints();
  await readAll(content, [prints]);
  return prints.end();
}
