import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { StoreDamagedError } from '../../src/ports/store.js';
import { decodeLine, digestOf, encodeLine, type RecordLine } from '../../src/storage/lowdb/ledger/record-line.js';
import { issued, listOpened, reserved } from './fixtures.js';
import { MemoryDisk } from './memory-disk.js';
import { DIRECTORY, openScenarioStore, STEPS, snapshot } from './scenario.js';

/** A disk with the same files, to be damaged. */
const copyOf = (disk: MemoryDisk): MemoryDisk => disk.survivor('everything');

/** What opening and reading everything comes to. */
async function look(disk: MemoryDisk): Promise<{ seen?: string; damage?: StoreDamagedError; checked?: boolean }> {
  try {
    const store = await openScenarioStore(disk);
    try {
      const seen = await snapshot(store);
      return { seen, checked: (await store.ledger.check()).ok };
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof StoreDamagedError) return { damage: error };
    throw error;
  }
}

describe('damaged files (D5)', () => {
  let whole: MemoryDisk;
  let seen: string;
  let files: string[];

  beforeAll(async () => {
    whole = new MemoryDisk();
    const store = await openScenarioStore(whole);
    for (const step of STEPS) await step.run(store);
    seen = await snapshot(store);
    await store.close();
    files = whole.files(DIRECTORY).filter((path) => !path.includes('lock-'));
  });

  it('has several files of every kind to damage', () => {
    for (const kind of [
      'chain-0000',
      'payloads-0000',
      'part-',
      'partition.json',
      'rows',
      'store.json',
      'strand.json',
    ]) {
      expect(files.filter((path) => path.includes(kind)).length, kind).toBeGreaterThan(0);
    }
  });

  it('are named when they are empty', async () => {
    for (const path of files) {
      const disk = copyOf(whole);
      disk.overwrite(path, new Uint8Array(0));
      expect((await look(disk)).damage?.message, path).toContain(path);
    }
  });

  it('are noticed when they are gone, and nothing is made anew in their place', async () => {
    for (const path of files) {
      const disk = copyOf(whole);
      await disk.remove(path);
      expect((await look(disk)).damage, path).toBeInstanceOf(StoreDamagedError);
      expect((await look(disk)).damage, `${path}, at the second look`).toBeInstanceOf(StoreDamagedError);
    }
  });

  it('are never read as if nothing had happened: one bit flipped here and there in each', async () => {
    let flips = 0;
    for (const path of files) {
      const length = whole.bytesOf(path).length;
      // Every byte of one file of each format that is ours, and a sample of the others.
      const every = /chain-00001|payloads-00001|strand\.json/.test(path);
      for (let position = 0; position < length; position += every ? 1 : 1 + (flips % 31)) {
        const disk = copyOf(whole);
        const bytes = disk.bytesOf(path);
        bytes[position] = (bytes[position] ?? 0) ^ (1 << (flips % 8));
        flips += 1;
        const { damage, checked } = await look(disk);
        expect(damage !== undefined || checked === false, `${path}, byte ${position}, bit ${flips % 8}`).toBe(true);
      }
    }
    expect(flips).toBeGreaterThan(500);
  });

  it('are refused when their format is of another version', async () => {
    const disk = copyOf(whole);
    const path = join(DIRECTORY, 'ledger', 'chain-00001.jsonl');
    const [header = '', ...rest] = new TextDecoder().decode(disk.bytesOf(path)).split('\n');
    const text = header.slice(9).replace('"version":1', '"version":2');
    const altered = [`${crc32(text).toString(16).padStart(8, '0')} ${text}`, ...rest].join('\n');
    disk.overwrite(path, new TextEncoder().encode(altered));
    expect((await look(disk)).damage).toMatchObject({ code: 'store-damaged', file: path, place: 'header' });
  });

  it('are refused when the manifest is older than the segments it counts', async () => {
    const disk = new MemoryDisk();
    const manifest = join(DIRECTORY, 'ledger', 'strand.json');
    const store = await openScenarioStore(disk);
    const older: Uint8Array[] = [];
    for (const step of STEPS) {
      older.push(disk.bytesOf(manifest).slice());
      await step.run(store);
    }
    await store.close();
    const outcomes = [];
    for (const bytes of older) {
      const copy = copyOf(disk);
      copy.overwrite(manifest, bytes);
      const { damage, ...whole } = await look(copy);
      outcomes.push(damage === undefined ? whole : damage.code);
      const segments = (on: MemoryDisk) => on.files(DIRECTORY).filter((path) => /\/(chain|payloads)-/.test(path));
      expect(segments(copy)).toEqual(segments(disk));
    }
    // One that is older by nothing but its note of an erasure does no harm: the erasure is done once more.
    expect(outcomes.filter((outcome) => outcome === 'store-damaged').length).toBeGreaterThan(8);
    for (const outcome of outcomes) expect(['store-damaged', { seen, checked: true }]).toContainEqual(outcome);
  });

  it('stay as they are: a store that refuses to open has changed nothing', async () => {
    const disk = copyOf(whole);
    const path = files.find((file) => file.endsWith('chain-00002.jsonl')) ?? '';
    disk.bytesOf(path)[200] = 0;
    const before = files.map((file) => digestOf(disk.bytesOf(file)));
    await look(disk);
    expect(files.map((file) => digestOf(disk.bytesOf(file)))).toEqual(before);
  });

  it('leave a whole store as it is', async () => {
    expect(await look(copyOf(whole))).toEqual({ seen, checked: true });
  });
});

describe('the end of the ledger, cut off at any byte (D5)', () => {
  const CHAIN = join(DIRECTORY, 'ledger', 'chain-00001.jsonl');
  const PAYLOADS = join(DIRECTORY, 'ledger', 'payloads-00001.bin');
  /** Long segments: the whole ledger is one of each. */
  const limits = { chainBytes: 1_000_000, payloadBytes: 1_000_000 };
  let disk: MemoryDisk;
  let before: { chain: number; payloads: number; seen: string };
  let after: { chain: number; payloads: number; seen: string };

  beforeAll(async () => {
    disk = new MemoryDisk();
    const store = await openScenarioStore(disk, limits);
    const measure = async () => ({
      chain: disk.bytesOf(CHAIN).length,
      payloads: disk.bytesOf(PAYLOADS).length,
      seen: await snapshot(store),
    });
    await store.ledger.append([listOpened(), reserved('c1', { index: 1 }), issued('c1')]);
    before = await measure();
    // One group of two calls.
    await Promise.all([
      store.ledger.append([reserved('c2', { index: 2 }), issued('c2')]),
      store.ledger.append([reserved('c3', { index: 3 })]),
    ]);
    after = await measure();
    await store.close();
  });

  const cut = (chain: number, payloads: number, padding = 0): MemoryDisk => {
    const copy = copyOf(disk);
    const tail = new Uint8Array(padding);
    copy.overwrite(CHAIN, Buffer.concat([disk.bytesOf(CHAIN).subarray(0, chain), tail]));
    copy.overwrite(PAYLOADS, disk.bytesOf(PAYLOADS).subarray(0, payloads));
    return copy;
  };

  it('keeps everything before the unfinished group, and nothing of that', async () => {
    for (let chain = before.chain; chain < after.chain - 1; chain += chain < before.chain + 200 ? 1 : 3) {
      const copy = cut(chain, after.payloads);
      expect(await look(copy), `chain cut at ${chain}`).toEqual({ seen: before.seen, checked: true });
      expect([copy.bytesOf(CHAIN).length, copy.bytesOf(PAYLOADS).length]).toEqual([before.chain, before.payloads]);
    }
    expect(await look(cut(before.chain + 100, after.payloads, 4_096))).toEqual({ seen: before.seen, checked: true });
  });

  it('keeps a record of which only the newline is missing', async () => {
    for (const padding of [0, 1, 512]) {
      const copy = cut(after.chain - 1, after.payloads, padding);
      expect(await look(copy)).toEqual({ seen: after.seen, checked: true });
      expect(copy.bytesOf(CHAIN)).toEqual(disk.bytesOf(CHAIN));
    }
  });

  it('cuts off payloads of one group the chain never named', async () => {
    for (let payloads = before.payloads; payloads <= after.payloads; payloads += 1) {
      const copy = cut(before.chain, payloads);
      expect(await look(copy), `payloads cut at ${payloads}`).toEqual({ seen: before.seen, checked: true });
      expect(copy.bytesOf(PAYLOADS).length).toBe(before.payloads);
    }
  });

  it('refuses payloads that end before the chain does', async () => {
    for (let payloads = before.payloads; payloads < after.payloads; payloads += 1) {
      expect((await look(cut(after.chain, payloads))).damage).toMatchObject({
        file: PAYLOADS,
        place: `byte ${payloads}`,
      });
    }
  });

  it('refuses payloads of more than one group behind the end of the chain', async () => {
    const header = disk.bytesOf(CHAIN).indexOf(0x0a) + 1;
    expect((await look(cut(header, after.payloads))).damage).toMatchObject({ file: PAYLOADS });
  });

  it('refuses a last line whose newline became something else', async () => {
    const copy = cut(after.chain, after.payloads);
    copy.bytesOf(CHAIN)[after.chain - 1] = 0x0b;
    expect((await look(copy)).damage).toMatchObject({ file: CHAIN });
  });

  describe('a chain that was tampered with, check sums made to fit (K7)', () => {
    /** The lines as records, changed by `change`, written again with check sums and digests of their own. */
    async function tampered(change: (lines: RecordLine[]) => RecordLine[]): Promise<StoreDamagedError | undefined> {
      const copy = copyOf(disk);
      const [header = '', ...lines] = new TextDecoder().decode(copy.bytesOf(CHAIN)).trimEnd().split('\n');
      const records = change(lines.map((line) => decodeLine(new TextEncoder().encode(line))));
      const again = records.map(({ record, group, payload }) => {
        const text = JSON.stringify(record);
        return encodeLine({ text, digest: digestOf(text), group, payload });
      });
      copy.overwrite(CHAIN, new TextEncoder().encode(`${header}\n${again.join('')}`));
      return (await look(copy)).damage;
    }

    it('reads again what was written again unchanged', async () => {
      expect(await tampered((lines) => lines)).toBeUndefined();
    });

    it('names the record after one that was edited', async () => {
      const damage = await tampered(([first, second, ...rest]) => {
        if (first === undefined || second === undefined) throw new Error('too few records');
        return [first, { ...second, record: { ...second.record, actor: 'somebody else' } }, ...rest];
      });
      expect(damage?.message).toContain('record 3 does not follow the one before');
    });

    it('names the gap where one was removed, and the places of two that were swapped', async () => {
      const removed = await tampered((lines) => lines.filter((_, number) => number !== 1));
      expect(removed?.message).toContain('record 2 was expected, not 3');
      const swapped = await tampered(([a, b, c, ...rest]) => [a, c, b, ...rest].filter((line) => line !== undefined));
      expect(swapped?.message).toContain('record 2 was expected, not 3');
    });

    it('names one that was inserted', async () => {
      const inserted = await tampered((lines) =>
        lines.flatMap((line, number) => (number === 2 ? [line, line] : [line])),
      );
      expect(inserted?.message).toContain('record 4 was expected, not 3');
    });

    it('is found by a check of the open store too', async () => {
      const copy = copyOf(disk);
      const store = await openScenarioStore(copy, limits);
      copy.bytesOf(CHAIN)[before.chain + 300] = 0x20;
      expect(await store.ledger.check()).toMatchObject({ ok: false, records: 3, problems: [{ file: CHAIN }] });
      copy.overwrite(CHAIN, disk.bytesOf(CHAIN).subarray(0, before.chain));
      expect(await store.ledger.check()).toMatchObject({ ok: false, problems: [{ place: 'record 3' }] });
      copy.overwrite(CHAIN, disk.bytesOf(CHAIN));
      copy.bytesOf(PAYLOADS)[after.payloads - 5] = 0;
      expect(await store.ledger.check()).toMatchObject({ ok: false, records: 6, problems: [{ file: PAYLOADS }] });
      await expect(store.ledger.reservation('c3', 1)).rejects.toBeInstanceOf(StoreDamagedError);
      await store.close();
    });
  });
});
