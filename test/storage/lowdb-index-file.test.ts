import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { beforeAll, describe, expect, it } from 'vitest';
import { StoreDamagedError } from '../../src/ports/store.js';
import { openLowdbStore } from '../../src/storage/lowdb/open-store.js';
import { runStoreContract } from './contract.js';
import { changed, countingRandom, issued, reserved } from './fixtures.js';
import { MemoryDisk } from './memory-disk.js';
import { DIRECTORY, openScenarioStore, STEPS, snapshot } from './scenario.js';

const INDEX_FILE = join(DIRECTORY, 'ledger', 'index.bin');
/** Writes the index file at every closing. */
const EAGER = { indexRecords: 1 };

runStoreContract({
  name: 'the embedded store, opened from its index file',
  async open(clock) {
    const directory = await mkdtemp(join(tmpdir(), 'sceau-store-'));
    const random = countingRandom();
    const open = () => openLowdbStore({ directory, clock, random, limits: EAGER });
    let store = await open();
    return {
      store,
      async reopen() {
        await store.close();
        store = await open();
        return store;
      },
      async dispose() {
        await store.close();
        await rm(directory, { recursive: true });
      },
    };
  },
});

describe('the index file', () => {
  let whole: MemoryDisk;
  let seen: string;

  beforeAll(async () => {
    whole = new MemoryDisk();
    const store = await openScenarioStore(whole, EAGER);
    for (const step of STEPS) await step.run(store);
    seen = await snapshot(store);
    await store.close();
  });

  const copyOf = (disk: MemoryDisk) => disk.survivor('everything');
  /** What a store tells, opened on a disk, and whether all of it checks. */
  const look = async (disk: MemoryDisk) => {
    const store = await openScenarioStore(disk, { indexRecords: 1_000_000 });
    try {
      return { seen: await snapshot(store), ok: (await store.ledger.check()).ok };
    } finally {
      await store.close();
    }
  };

  it('tells a start what the chain would, whatever was appended since', async () => {
    const disk = copyOf(whole);
    expect(disk.bytesOf(INDEX_FILE).length).toBeGreaterThan(1_000);
    expect(await look(disk)).toEqual({ seen, ok: true });
    const store = await openScenarioStore(disk, { indexRecords: 1_000_000 });
    await store.ledger.append([reserved('later', { index: 77 }), issued('later'), changed('revoked', 'later')]);
    const more = await snapshot(store);
    await store.close();
    expect(more).not.toBe(seen);
    expect(await look(disk)).toEqual({ seen: more, ok: true });
    await disk.remove(INDEX_FILE);
    expect(await look(disk)).toEqual({ seen: more, ok: true });
  });

  it('is passed over when it is damaged anywhere, cut short, empty or of another store', async () => {
    const { length } = whole.bytesOf(INDEX_FILE);
    for (let position = 0; position < length; position += 1 + Math.floor(length / 150)) {
      const disk = copyOf(whole);
      const bytes = disk.bytesOf(INDEX_FILE);
      bytes[position] = (bytes[position] ?? 0) ^ (1 << (position % 8));
      expect((await look(disk)).seen, `byte ${position}`).toBe(seen);
    }
    const other = new MemoryDisk();
    const store = await openScenarioStore(other, EAGER);
    for (const step of STEPS) await step.run(store);
    await store.close();
    for (const bytes of [new Uint8Array(0), whole.bytesOf(INDEX_FILE).slice(0, -1), other.bytesOf(INDEX_FILE)]) {
      const disk = copyOf(whole);
      disk.overwrite(INDEX_FILE, bytes);
      expect(await look(disk)).toEqual({ seen, ok: true });
    }
  });

  it('that was forged to say something else is named by a check', async () => {
    const disk = copyOf(whole);
    const file = Buffer.from(disk.bytesOf(INDEX_FILE));
    const [head, body] = [file.subarray(0, file.indexOf('\n')), file.subarray(file.indexOf('\n') + 1)];
    const content = deserialize(body) as { readonly index: { readonly credentials: { readonly state: Uint8Array } } };
    content.index.credentials.state.fill(1);
    const forged = serialize(content);
    const digest = createHash('sha256').update(forged).digest('hex');
    const line = `${head.toString().slice(0, -64)}${digest}\n`;
    disk.overwrite(INDEX_FILE, Buffer.concat([Buffer.from(line), forged]));
    expect((await look(disk)).ok).toBe(false);
  });

  it('hides no damage of the chain: one bit flipped anywhere is refused, or named by a check', async () => {
    for (const path of whole.files(DIRECTORY).filter((name) => /chain-0000/.test(name))) {
      const { length } = whole.bytesOf(path);
      for (let position = 0; position < length; position += 7) {
        const disk = copyOf(whole);
        const bytes = disk.bytesOf(path);
        bytes[position] = (bytes[position] ?? 0) ^ (1 << (position % 8));
        const refused = await look(disk).catch((error: unknown) => error);
        if (!(refused instanceof StoreDamagedError)) {
          expect(refused, `${path}, byte ${position}`).toMatchObject({ ok: false });
        }
      }
    }
  });

  it('is done without where the disk does not take it', async () => {
    const disk = copyOf(whole);
    await disk.remove(INDEX_FILE);
    disk.before = (operation, path) => {
      if (operation === 'write' && path.includes('index.bin')) throw new Error('ENOSPC');
    };
    const store = await openScenarioStore(disk, EAGER);
    await store.close();
    disk.before = () => undefined;
    expect(disk.files(DIRECTORY)).not.toContain(INDEX_FILE);
    expect(await look(disk)).toEqual({ seen, ok: true });
  });
});
