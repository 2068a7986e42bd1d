import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { FETCH_ROWS, VERIFY_ROWS } from './rows.js';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const SELF = 'rows.test.ts';
/** The name of a test, or of a row of its table, begins with the rows it is about. */
const NAME = /['"`]((?:[VSXRKC]\d+ )+)/g;

/** Row → files whose tests name it. */
const places = new Map<string, Set<string>>();

beforeAll(async () => {
  for (const file of await readdir(FOLDER)) {
    if (!file.endsWith('.test.ts') || file === SELF) continue;
    for (const [, ids = ''] of (await readFile(FOLDER + file, 'utf8')).matchAll(NAME)) {
      for (const id of ids.trim().split(' ')) places.set(id, (places.get(id) ?? new Set()).add(file));
    }
  }
});

describe('the rows of the threat model', () => {
  it.each([...VERIFY_ROWS, ...FETCH_ROWS])('%s has a test through POST /verify', (row) => {
    expect([...(places.get(row) ?? [])]).not.toEqual([]);
  });

  it('are printed with their files when asked for', () => {
    const table = [...places].map(([row, files]) => `${row.padEnd(4)} ${[...files].join(', ')}`);
    if (process.env['THREAT_ROWS'] !== undefined) process.stdout.write(`${table.sort(byRow).join('\n')}\n`);
    expect(table.length).toBeGreaterThanOrEqual(VERIFY_ROWS.length + FETCH_ROWS.length);
  });
});

function byRow(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
