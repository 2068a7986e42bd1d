import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Logger } from '../../../ports/logger.js';
import type { Instant } from '../../../text/instant.js';
import type { Disk } from '../disk.js';
import { writeFileDurably } from '../durable-json-file.js';
import { ChainBytes } from './chain-bytes.js';
import { LedgerIndex, type SavedIndex } from './ledger-index.js';
import { digestOf } from './record-line.js';
import type { Strand } from './strand.js';

/**
 * The index as it was after some record, so that a start need not work it out from every record again:
 *
 *     sceau-index 1 <SHA-256 of the body>\n<body>
 *
 * The chain stays the truth. The file counts only while the chain begins, byte for byte, with what it was made from:
 * a start reads all of these bytes and compares their digest, so that damage anywhere in the chain still shows, and
 * what was appended since is replayed. A file that is missing, damaged, of another version or of another chain is
 * passed over. A check of the ledger (`sceau audit check`) works the index out anew and compares the one in use with it.
 */
export interface IndexFileContent {
  readonly strand: string;
  /** Bytes of each chain segment up to there. */
  readonly segments: readonly number[];
  /** Of these bytes, behind the headers. */
  readonly digest: string;
  readonly records: number;
  readonly head: string;
  readonly lastAt: Instant | undefined;
  /** Where the payloads end, by payload segment. */
  readonly payloadEnds: ReadonlyMap<number, number>;
  readonly index: SavedIndex;
}

/** Where the index file of a strand lies. */
export interface IndexFilePlace {
  readonly disk: Disk;
  readonly directory: string;
}

const NAME = 'index.bin';
const HEAD = 'sceau-index 1 ';
const HEAD_LENGTH = HEAD.length + 64 + 1;

/** Writes the file; the store does without it when that fails. */
export async function writeIndexFile(
  { disk, directory }: IndexFilePlace,
  content: IndexFileContent,
  logger: Logger | undefined,
): Promise<void> {
  try {
    const body = serialize(content);
    const head = `${HEAD}${digestOf(body)}\n`;
    await writeFileDurably(disk, join(directory, NAME), Buffer.concat([Buffer.from(head), body]));
  } catch (error) {
    logger?.error('storage.index-not-written', error);
  }
}

/** An index that the chain on the disk bears out, and the digest of the chain so far to go on with. */
export interface KeptIndex {
  readonly content: IndexFileContent;
  readonly index: LedgerIndex;
  readonly bytes: ChainBytes;
}

/** Reads the file, if it is one that counts. */
export async function readIndexFile(
  { disk, directory }: IndexFilePlace,
  strand: Strand,
  logger: Logger | undefined,
): Promise<KeptIndex | undefined> {
  try {
    const content = decode(await disk.readFile(join(directory, NAME)));
    if (content === undefined || content.strand !== strand.name) return undefined;
    const bytes = await chainUpTo(strand, content.segments);
    if (bytes?.digest() !== content.digest) return undefined;
    const index = new LedgerIndex();
    index.restore(content.index);
    return { content, index, bytes };
  } catch (error) {
    logger?.error('storage.index-not-read', error);
    return undefined;
  }
}

function decode(file: Uint8Array | undefined): IndexFileContent | undefined {
  if (file === undefined) return undefined;
  const body = file.subarray(HEAD_LENGTH);
  if (new TextDecoder().decode(file.subarray(0, HEAD_LENGTH)) !== `${HEAD}${digestOf(body)}\n`) return undefined;
  // Ours, as the digest says: only what an older version wrote may have other members.
  const content = deserialize(body) as IndexFileContent;
  return isLike(content.index, new LedgerIndex().saved()) ? content : undefined;
}

/** Have both the same members, of the same kinds? Lists and maps are not looked into. */
function isLike(found: unknown, expected: unknown): boolean {
  if (expected === null || typeof expected !== 'object') return true;
  if (found === null || typeof found !== 'object' || found.constructor !== expected.constructor) return false;
  if (expected.constructor !== Object) return true;
  const members = Object.entries(expected);
  return (
    Object.keys(found).length === members.length &&
    members.every(([name, member]) => isLike(Reflect.get(found, name), member))
  );
}

/** Reads the chain up to there; undefined when it has other segments. */
async function chainUpTo(strand: Strand, segments: readonly number[]): Promise<ChainBytes | undefined> {
  const { chain } = strand;
  const last = segments.length;
  const end = segments[last - 1];
  if (end === undefined || last > chain.count || (await chain.fileSize(last)) < end) return undefined;
  for (const [before, size] of segments.slice(0, -1).entries()) {
    if ((await chain.fileSize(before + 1)) !== size) return undefined;
  }
  const bytes = new ChainBytes();
  await bytes.read(strand, undefined, { segment: last, size: end });
  return bytes;
}
