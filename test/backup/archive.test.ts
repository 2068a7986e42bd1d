import { describe, expect, it } from 'vitest';
import { BackupDamagedError } from '../../src/backup/archive-format.js';
import { readArchive } from '../../src/backup/read-archive.js';
import { writeArchive } from '../../src/backup/write-archive.js';
import type { SnapshotFile } from '../../src/ports/store-snapshot.js';
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

  it('that is something else is refused', async () => {
    for (const bytes of [Buffer.from('no archive at all'), await archiveOf([])]) {
      expect((await read(bytes)).refused).toBeInstanceOf(BackupDamagedError);
    }
  });
});

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
