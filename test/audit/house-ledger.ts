import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChainRecord } from '../../src/storage/lowdb/ledger/chain-record.js';
import { decodeLine, digestOf, encodeLine, type RecordLine } from '../../src/storage/lowdb/ledger/record-line.js';

/** The chain file of a house that is closed and small enough for one. */
export const chainFile = (folder: string): string => join(folder, 'data', 'ledger', 'chain-00001.jsonl');

async function readChain(path: string): Promise<{ readonly header: string; readonly lines: RecordLine[] }> {
  const [header = '', ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return { header, lines: lines.map((line) => decodeLine(new TextEncoder().encode(line))) };
}

async function writeChain(path: string, header: string, lines: readonly RecordLine[]): Promise<void> {
  const texts = lines.map(({ record, group, payload }) => {
    const text = JSON.stringify(record);
    return encodeLine({ text, digest: digestOf(text), group, payload });
  });
  await writeFile(path, `${header}\n${texts.join('')}`);
}

/** How many records a chain file holds. */
export async function recordsOf(path: string): Promise<number> {
  return (await readChain(path)).lines.length;
}

/** Changes lines of a chain file; check sums are made to fit, the links between records are not. */
export async function tamper(path: string, change: (lines: RecordLine[]) => RecordLine[]): Promise<void> {
  const { header, lines } = await readChain(path);
  await writeChain(path, header, change(lines));
}

/** Changes records and makes every digest and link of the chain fit again: only who knew it before can tell. */
export async function rewrite(path: string, change: (record: ChainRecord) => ChainRecord): Promise<void> {
  const { header, lines } = await readChain(path);
  let previous = lines[0]?.record.previous ?? '';
  const again = lines.map((line) => {
    const record = { ...change(line.record), previous };
    previous = digestOf(JSON.stringify(record));
    return { ...line, record };
  });
  await writeChain(path, header, again);
}

/** Takes away the last group that was written, its payloads too: what is left is a whole, shorter ledger. */
export async function removeLastGroup(folder: string): Promise<void> {
  const path = chainFile(folder);
  const { header, lines } = await readChain(path);
  const first = lines.at(-1)?.group.first ?? 0;
  const removed = lines.filter(({ group }) => group.first === first);
  await writeChain(path, header, lines.slice(0, -removed.length));
  const offset = removed.find(({ payload }) => payload !== undefined)?.payload?.offset;
  if (offset === undefined) return;
  const payloads = join(folder, 'data', 'ledger', 'payloads-00001.bin');
  await writeFile(payloads, (await readFile(payloads)).subarray(0, offset));
}
