import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../src/ports/store.js';
import { compareCodePoints } from '../../src/storage/lowdb/code-points.js';
import { FileCache } from '../../src/storage/lowdb/file-cache.js';
import { fileNameFor } from '../../src/storage/lowdb/file-name.js';
import { packRef, unpackRef } from '../../src/storage/lowdb/ledger/packed-ref.js';
import { LowFile } from '../../src/storage/lowdb/low-file.js';
import { MemoryDisk } from './memory-disk.js';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', 'A', 'b', '.', '/', '\\', '~', 'u', '0', '\u0000', 'é', '\ud800', ' ') }),
  fc.string({ minLength: 100, maxLength: 300 }),
);

describe('names of files', () => {
  it('are safe on any file system', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = fileNameFor(text);
        expect(name).toMatch(/^[a-z0-9_~-][a-z0-9_.~-]*$/);
        expect(name.endsWith('.')).toBe(false);
        expect(name.length).toBeLessThanOrEqual(120);
      }),
    );
  });

  it('differ when the texts differ, and say plain names plainly', () => {
    fc.assert(
      fc.property(anyText, anyText, (left, right) => {
        expect(fileNameFor(left) === fileNameFor(right)).toBe(left === right);
      }),
    );
    expect(fileNameFor('missions-professionnelles.2025-2026')).toBe('missions-professionnelles.2025-2026');
    expect(fileNameFor('../Étudiants')).toBe('~2e.~2f~c9tudiants');
  });
});

describe('small parts', () => {
  it('order texts as their UTF-8 bytes are ordered', () => {
    const wellFormed = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(wellFormed, wellFormed, (left, right) => {
        const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
        expect(Math.sign(compareCodePoints(left, right))).toBe(bytes);
      }),
    );
  });

  it('give a packed ref back, a different one for each', () => {
    const aRef = fc.oneof(
      fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex')),
      fc.string({ unit: fc.constantFrom('\u0000', '\u0001', 'a') }),
    );
    fc.assert(
      fc.property(aRef, aRef, (left, right) => {
        expect(unpackRef(packRef(left))).toBe(left);
        expect(packRef(left) === packRef(right)).toBe(left === right);
      }),
    );
  });
});

describe('files in memory', () => {
  const LIMIT = 50_000;

  async function disk(): Promise<MemoryDisk> {
    const made = new MemoryDisk();
    await made.makeDirectory('/data');
    return made;
  }
  const open = (on: MemoryDisk) => (path: string) =>
    LowFile.open<string>({ disk: on, path, parse: String, initial: '' });

  it('never exceed the limit, however many are used', async () => {
    const on = await disk();
    const cache = new FileCache<string>({ limit: LIMIT, open: open(on) });
    for (let number = 0; number < 200; number += 1) {
      const file = await cache.get(`/data/${number}`);
      await file.replace('x'.repeat(4_000));
      cache.keep(file);
      expect(cache.weight).toBeLessThanOrEqual(LIMIT);
    }
    for (let number = 0; number < 200; number += 1) {
      expect((await cache.get(`/data/${number}`)).data).toHaveLength(4_000);
      expect(cache.weight).toBeLessThanOrEqual(LIMIT);
    }
    expect(cache.weight).toBeGreaterThan(LIMIT / 2);
    // One that does not exist costs something too: asking for many is no way around the limit.
    for (let number = 0; number < 200; number += 1) await cache.get(`/data/none-${number}`);
    expect(cache.weight).toBeLessThanOrEqual(LIMIT);
  });

  it('hold what they held when a write failed, and stay until the disk agrees with them', async () => {
    const on = await disk();
    const cache = new FileCache<string>({ limit: LIMIT, open: open(on) });
    const file = await cache.get('/data/a');
    await file.replace('old');
    on.before = (operation) => {
      if (operation === 'syncDirectory') throw new Error('EIO');
    };
    await expect(file.replace('new')).rejects.toBeInstanceOf(StoreUnavailableError);
    expect([file.data, file.settled]).toEqual(['old', false]);
    await expect(cache.get('/data/a')).rejects.toBeInstanceOf(StoreUnavailableError);
    for (let number = 0; number < 100; number += 1) await cache.get(`/data/${number}`);
    on.before = () => undefined;
    expect(await cache.get('/data/a')).toBe(file);
    expect([file.data, file.settled]).toEqual(['old', true]);
    expect((await open(on)('/data/a')).data).toBe('old');
  });
});
