import { readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../ports/clock.js';
import type { Random } from '../../ports/random.js';
import { StoreDamagedError } from '../../ports/store.js';
import { CopyRefusedError } from '../copy/copy-store.js';
import type { CopiedPartition, CopiedRecord, StoreContent, StoreFiller } from '../copy/store-content.js';
import { nodeDisk } from './disk.js';
import { PartitionFiles } from './documents/partition-files.js';
import { textOfFileName } from './file-name.js';
import { isChainRecord } from './ledger/chain-record.js';
import { encodeFrame, erasedFrame, FRAME_HEAD, frameHolds, SALT_BYTES } from './ledger/payload-frame.js';
import { digestOf, encodeLine, type PayloadLocator } from './ledger/record-line.js';
import { scanChain } from './ledger/scan-chain.js';
import { Strand } from './ledger/strand.js';
import { DEFAULT_LIMITS } from './limits.js';
import { type LowdbStore, openLowdbStore } from './open-store.js';

const disk = nodeDisk;
const limits = DEFAULT_LIMITS;
const RECORDS_AT_ONCE = 1_000;
const STRAND_NAME = /^[0-9a-f]{16}$/;

interface CopyMeans {
  readonly directory: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** What a data folder holds; nobody else can open it meanwhile. @throws {StoreLockedError} {@link StoreDamagedError} */
export async function readFiles(means: CopyMeans): Promise<StoreContent> {
  const store = await openLowdbStore(means);
  const { directory } = means;
  return {
    store,
    topics: () => topicsIn(join(directory, 'log')),
    records: () => recordsIn(join(directory, 'ledger')),
    close: () => store.close(),
  };
}

async function topicsIn(root: string): Promise<{ issuer: string; topic: string }[]> {
  const topics: { issuer: string; topic: string }[] = [];
  for (const issuer of await disk.list(root)) {
    for (const topic of await disk.list(join(root, issuer))) {
      topics.push({ issuer: textOfFileName(issuer), topic: textOfFileName(topic) });
    }
  }
  return topics;
}

async function* recordsIn(directory: string): AsyncGenerator<readonly CopiedRecord[]> {
  const strand = await Strand.open({ disk, directory, limits });
  try {
    const placed: { text: string; sequence: number; locator: PayloadLocator | undefined; group: number }[] = [];
    await scanChain(strand, {
      visit(records) {
        for (const { record, digest, payload, group } of records) {
          const text = JSON.stringify(record);
          if (digestOf(text) !== digest) throw new StoreDamagedError(directory, `record ${record.sequence}`, 'altered');
          placed.push({ text, sequence: record.sequence, locator: payload, group: group.first });
        }
      },
    });
    for (let from = 0; from < placed.length; from += RECORDS_AT_ONCE) {
      const records: CopiedRecord[] = [];
      for (const { text, sequence, locator, group } of placed.slice(from, from + RECORDS_AT_ONCE)) {
        const payload = locator === undefined ? undefined : await readContent(strand, { text, locator, group });
        records.push({ strand: strand.name, sequence, text, payload });
      }
      yield records;
    }
  } finally {
    await strand.close();
  }
}

async function readContent(
  strand: Strand,
  { text, locator, group }: { readonly text: string; readonly locator: PayloadLocator; readonly group: number },
): Promise<NonNullable<CopiedRecord['payload']>> {
  const frame = await strand.readFrame(locator);
  // The ledger was checked before: a frame that does not hold its digest any more was erased.
  if (!frameHolds(frame, { digest: payloadDigestIn(text), group })) return 'erased';
  return {
    salt: frame.slice(FRAME_HEAD, FRAME_HEAD + SALT_BYTES),
    text: new TextDecoder().decode(frame.subarray(FRAME_HEAD + SALT_BYTES)),
  };
}

function payloadDigestIn(text: string): string {
  const record: unknown = JSON.parse(text);
  return (isChainRecord(record) ? record.payload : undefined) ?? '';
}

/**
 * A data folder to be filled. It is made under another name and takes its own at the end, whole: a copy that was cut
 * short leaves nothing that could be served, and is begun anew.
 * @throws {CopyRefusedError} when there is something in the folder.
 */
export async function fillFiles(means: CopyMeans): Promise<StoreFiller> {
  const { directory } = means;
  const present = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (present.length > 0) throw new CopyRefusedError(`${directory} is not empty: a copy goes into an empty folder`);
  const unfinished = `${directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  return new FolderFiller({ ...means, directory: unfinished }, directory);
}

class FolderFiller implements StoreFiller {
  readonly #means: CopyMeans;
  readonly #target: string;
  #strand: Strand | undefined;
  #store: LowdbStore | undefined;

  constructor(means: CopyMeans, target: string) {
    this.#means = means;
    this.#target = target;
  }

  async putRecords(records: readonly CopiedRecord[]): Promise<void> {
    const [first] = records;
    if (first === undefined) return;
    this.#strand ??= await this.#layDown(first.strand);
    if (records.some(({ strand }) => strand !== this.#strand?.name)) {
      throw new CopyRefusedError(
        'several processes wrote this ledger, each its own strand: a data folder has room for one. Stay with PostgreSQL',
      );
    }
    await writeRecords(this.#strand, records);
  }

  async putPartition({ partition, documents }: CopiedPartition): Promise<void> {
    await this.#ledgerDone();
    const files = new PartitionFiles({ disk, root: join(this.#means.directory, 'documents'), limits });
    await files.commit(partition, new Map(documents.map((document) => [document.id, { document, fresh: true }])));
  }

  async putRows(rows: Parameters<StoreFiller['putRows']>[0]): Promise<void> {
    await (await this.#open()).log.put(rows);
  }

  async read(): Promise<StoreContent> {
    await (await this.#open()).close();
    this.#store = undefined;
    return readFiles(this.#means);
  }

  async finish(): Promise<void> {
    await rmdir(this.#target).catch(() => undefined);
    await rename(this.#means.directory, this.#target);
  }

  async close(): Promise<void> {
    await this.#strand?.close();
    await this.#store?.close();
  }

  /** An empty store whose strand has the name of the one to come. */
  async #layDown(strand: string): Promise<Strand> {
    if (!STRAND_NAME.test(strand)) throw new CopyRefusedError(`a data folder cannot have a strand ${strand}`);
    const { directory, clock } = this.#means;
    const named: Random = {
      bytes: (length) => (length === 8 ? Buffer.from(strand, 'hex') : this.#means.random.bytes(length)),
    };
    await (await openLowdbStore({ directory, clock, random: named })).close();
    return Strand.open({ disk, directory: join(directory, 'ledger'), limits });
  }

  async #ledgerDone(): Promise<void> {
    if (this.#strand === undefined && this.#store === undefined) {
      await (await openLowdbStore(this.#means)).close();
    }
    await this.#strand?.close();
    this.#strand = undefined;
  }

  async #open(): Promise<LowdbStore> {
    if (this.#store === undefined) await this.#ledgerDone();
    this.#store ??= await openLowdbStore(this.#means);
    return this.#store;
  }
}

async function writeRecords(strand: Strand, records: readonly CopiedRecord[]): Promise<void> {
  await strand.makeRoom();
  const group = { first: records[0]?.sequence ?? 0, last: records.at(-1)?.sequence ?? 0 };
  const frames: Uint8Array[] = [];
  const lines: Uint8Array[] = [];
  let offset = strand.payloads.size;
  for (const { text, payload } of records) {
    let locator: PayloadLocator | undefined;
    if (payload !== undefined) {
      const frame =
        payload === 'erased'
          ? erasedFrame({ digest: payloadDigestIn(text), group: group.first })
          : encodeFrame({ payload: payload.text, salt: payload.salt, group: group.first }).frame;
      locator = { segment: strand.payloads.count, offset, length: frame.length };
      offset += frame.length;
      frames.push(frame);
    }
    lines.push(Buffer.from(encodeLine({ text, digest: digestOf(text), group, payload: locator })));
  }
  await strand.write({ frames: Buffer.concat(frames), lines: Buffer.concat(lines) });
}
