import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BackupDamagedError } from '../../src/backup/archive-format.js';
import { ARCHIVE_LIMITS, BackupTooLargeError } from '../../src/backup/archive-limits.js';
import { readArchive } from '../../src/backup/read-archive.js';
import { writeArchive } from '../../src/backup/write-archive.js';
import type { SnapshotFile } from '../../src/ports/store-snapshot.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { type ArchiveEntry, archiveOf, entriesOf } from './archives.js';

const MANIFEST = JSON.stringify({
  format: 'sceau-backup',
  version: 1,
  madeBy: 'test',
  takenAt: '2026-06-24T14:00:00.000Z',
  publicUrl: 'https://badges.example.org',
  issuers: [],
  strands: [{ strand: 's', records: 0, head: 'h' }],
});

const FILES = new Map([
  ['store.json', Buffer.from('{}')],
  ['ledger/chain-00001.jsonl', Buffer.from('a line\n'.repeat(1_000))],
  [`documents/${'long-name-'.repeat(11)}/students/0f/partition.json`, Buffer.alloc(0)],
  ['log/a/batch/rows.json', Buffer.alloc(300_000, 'x')],
]);

async function* pieces(bytes: Uint8Array, size = 4_096): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* files(): AsyncGenerator<SnapshotFile> {
  for (const [path, bytes] of FILES) yield { path, size: bytes.length, read: () => pieces(bytes) };
}

const CONTENT = {
  takenAt: Date.UTC(2026, 5, 24, 14),
  manifest: MANIFEST,
  sign: async (sha256: string) => JSON.stringify({ sha256 }),
};

async function written(): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  await writeArchive({ ...CONTENT, files: files() }, async (bytes) => {
    parts.push(bytes);
  });
  return Buffer.concat(parts);
}

/** Reads an archive, and what it says when it is refused. */
async function read(archive: Uint8Array) {
  const taken = new Map<string, Buffer>();
  const work = readArchive(pieces(archive, 1_000), async (path, content) => {
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part);
    taken.set(path, Buffer.concat(parts));
  });
  return work.then(
    (archived) => ({ archived, taken, refused: undefined }),
    (error: unknown) => {
      if (!(error instanceof BackupDamagedError)) throw error;
      return { archived: undefined, taken, refused: error };
    },
  );
}

describe('an archive', () => {
  it('gives back what was put in, byte for byte, with the digest of its sums', async () => {
    const archive = await written();
    const { archived, taken } = await read(archive);
    expect(taken).toEqual(FILES);
    expect(archived?.files).toBe(FILES.size);
    expect(JSON.parse(Buffer.from(archived?.checkpoint ?? []).toString())).toEqual({ sha256: archived?.sumsSha256 });
    expect(await written()).toEqual(archive);
  });

  it('is written as slowly as it is taken', async () => {
    let waiting = 0;
    let most = 0;
    await writeArchive({ ...CONTENT, files: files() }, async () => {
      waiting += 1;
      most = Math.max(most, waiting);
      await new Promise((resolve) => setTimeout(resolve, 1));
      waiting -= 1;
    });
    expect(most).toBe(1);
  });

  it('D6 fails, and does not hang, when it cannot be written or a file cannot be read', async () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    await expect(writeArchive({ ...CONTENT, files: files() }, () => Promise.reject(full))).rejects.toBe(full);
    async function* failing(): AsyncGenerator<SnapshotFile> {
      yield* files();
      throw full;
    }
    await expect(writeArchive({ ...CONTENT, files: failing() }, async () => undefined)).rejects.toBe(full);
    await expect(
      writeArchive({ ...CONTENT, files: files(), sign: () => Promise.reject(full) }, async () => undefined),
    ).rejects.toBe(full);
  });

  it('D5 cut off anywhere is refused, naming the entry where it breaks off', async () => {
    const archive = await written();
    for (let length = 0; length < archive.length; length += 97) {
      const { refused } = await read(archive.subarray(0, length));
      expect(refused?.entry, `cut at ${length}`).toMatch(/archive|manifest|data\/|SHA256SUMS|checkpoint/);
    }
    const entries = await entriesOf(archive);
    for (let kept = 0; kept < entries.length - 1; kept += 1) {
      const { refused } = await read(await archiveOf(entries.slice(0, kept)));
      expect(refused, `${kept} entries`).toBeDefined();
    }
  });

  it('D5 with one bit flipped anywhere is refused', async () => {
    const archive = await written();
    // Bytes 4 to 9 of gzip are a time and two hints that change nothing of what comes out.
    for (let at = 10; at < archive.length; at += 61) {
      const flipped = Buffer.from(archive);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      expect((await read(flipped)).refused, `byte ${at}`).toBeInstanceOf(BackupDamagedError);
    }
  });

  it.each([
    ['an edited file', 'data/ledger/chain-00001.jsonl', edit('data/ledger/chain-00001.jsonl')],
    [
      'a file left out',
      'data/log/a/batch/rows.json',
      (entries) => entries.filter(({ header }) => header.name !== 'data/log/a/batch/rows.json'),
    ],
    [
      'a file more',
      'data/log/a/b/c',
      (entries) => [...entries.slice(0, 2), file('data/log/a/b/c'), ...entries.slice(2)],
    ],
    ['a file twice', 'data/store.json', (entries) => [...entries.slice(0, 2), ...entries.slice(1)]],
    [
      'an entry of no backup',
      'etc/passwd',
      (entries) => [...entries.slice(0, 1), file('etc/passwd'), ...entries.slice(1)],
    ],
    ['a symbolic link', 'data/link', (entries) => [...entries.slice(0, 1), link('data/link'), ...entries.slice(1)]],
    ['something behind the end', 'data/store.json2', (entries) => [...entries, file('data/store.json2')]],
    [
      'the manifest in second place',
      'data/store.json',
      ([first, second, ...rest]) => [second, first, ...rest].filter((entry) => entry !== undefined),
    ],
    [
      'a manifest of another format',
      'manifest.json',
      (entries) => [
        { ...file('manifest.json'), body: Buffer.from('{"format":"sceau-backup","version":2}') },
        ...entries.slice(1),
      ],
    ],
  ] satisfies readonly [string, string, (entries: ArchiveEntry[]) => ArchiveEntry[]][])(
    'with %s is refused, naming %s',
    async (_, name, change) => {
      const { refused } = await read(await archiveOf(change(await entriesOf(await written()))));
      expect(refused?.entry).toBe(name);
    },
  );

  describe('that unpacks to more than it may', () => {
    const zeros = (bytes: number) => Buffer.alloc(bytes);
    const bomb = async (entries: readonly ArchiveEntry[]) => {
      const [manifest] = await entriesOf(await written());
      return archiveOf([ensureDefined(manifest), ...entries]);
    };
    /** How it is refused, and how much of its content anybody was given. */
    const refusal = async (archive: Uint8Array, options: Parameters<typeof readArchive>[2]) => {
      let taken = 0;
      const take = async (_: string, content: AsyncIterable<Uint8Array>) => {
        for await (const piece of content) taken += piece.length;
      };
      const error: unknown = await readArchive(pieces(archive), take, options).catch((caught: unknown) => caught);
      if (!(error instanceof BackupTooLargeError)) throw error;
      return { entry: error.entry, bound: error.bound, most: error.most, taken };
    };

    it('V57 is refused before the entry that is too long is read: one file, all files, more files than there are', async () => {
      const archive = await bomb(['a', 'b', 'c'].map((name) => ({ ...file(`data/${name}`), body: zeros(1_000_000) })));
      const limited = (limits: Partial<typeof ARCHIVE_LIMITS>) =>
        refusal(archive, { limits: { ...ARCHIVE_LIMITS, ...limits } });
      expect(await limited({ entryBytes: 999_999 })).toMatchObject({ entry: 'data/a', bound: 'possible', taken: 0 });
      expect(await limited({ totalBytes: 2_500_000 })).toMatchObject({ entry: 'data/c', taken: 2_000_000 });
      expect(await limited({ entries: 3 })).toMatchObject({ entry: 'data/c', most: 3, taken: 2_000_000 });
    });

    it('is refused when the disk has no room for it, at once where it says how much it is', async () => {
      const entries = [{ ...file('data/a'), body: zeros(1_000_000) }];
      expect(await refusal(await bomb(entries), { room: 900_000 })).toMatchObject({ entry: 'data/a', bound: 'disk' });
      const stated = { ...file('manifest.json'), body: Buffer.from(stating(1_000_000)) };
      const archive = await archiveOf([stated, ...entries]);
      expect(await refusal(archive, { room: 900_000 })).toMatchObject({ entry: 'manifest.json', bound: 'disk' });
    });

    it('is refused when it holds more than its manifest says', async () => {
      const stated = { ...file('manifest.json'), body: Buffer.from(stating(1_500_000)) };
      const two = ['a', 'b'].map((name) => ({ ...file(`data/${name}`), body: zeros(1_000_000) }));
      expect(await refusal(await archiveOf([stated, ...two]), {})).toEqual({
        entry: 'data/b',
        bound: 'stated',
        most: 1_500_000,
        taken: 1_000_000,
      });
    });

    it('V57 is refused while an endless header is unpacked, or endless zeros behind the last entry', async () => {
      const size = 64 * 1_048_576;
      const header = Buffer.concat([paxHeader(size), zeros(size)]);
      const untilHere = gunzipSync(await bomb([]));
      const start = untilHere.subarray(0, untilHere.length - 1_024);
      for (const unpacked of [Buffer.concat([start, header]), Buffer.concat([start, zeros(size)])]) {
        const { entry, bound, most } = await refusal(gzipSync(unpacked), {});
        expect({ entry, bound }).toEqual({ entry: 'manifest.json', bound: 'possible' });
        expect(most).toBeLessThan(8 * 1_048_576);
      }
    });
  });

  it('that is something else is refused', async () => {
    for (const bytes of [Buffer.from('no archive at all'), await archiveOf([])]) {
      expect((await read(bytes)).refused).toBeInstanceOf(BackupDamagedError);
    }
  });
});

function stating(bytes: number): string {
  return JSON.stringify({ ...JSON.parse(MANIFEST), bytes });
}

/** The header of an extended header so long, which a reader holds in memory until all of it is there. */
function paxHeader(size: number): Buffer {
  const header = Buffer.alloc(512);
  header.write('PaxHeader', 0);
  header.write('0000600\0', 100);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write('x', 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

function file(name: string): ArchiveEntry {
  return { header: { name, type: 'file' }, body: Buffer.from('root') };
}

function link(name: string): ArchiveEntry {
  return { header: { name, type: 'symlink', linkname: '/etc/passwd' }, body: Buffer.alloc(0) };
}

function edit(name: string) {
  return (entries: ArchiveEntry[]) =>
    entries.map((entry) =>
      entry.header.name === name ? { ...entry, body: Buffer.concat([entry.body, Buffer.from('!')]) } : entry,
    );
}
