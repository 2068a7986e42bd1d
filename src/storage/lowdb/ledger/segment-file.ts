import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { StoreDamagedError } from '../../../ports/store.js';
import type { Disk, DiskFile } from '../disk.js';
import { writeFileDurably } from '../durable-json-file.js';

/** Chain segments hold record lines, payload segments frames. Both begin with one header line. */
export type SegmentKind = 'chain' | 'payloads';

const zHeader = z.strictObject({
  format: z.enum(['sceau-chain', 'sceau-payloads']),
  version: z.literal(1),
  strand: z.string(),
  segment: z.int().positive(),
});
const FORMATS = { chain: 'sceau-chain', payloads: 'sceau-payloads' } as const;
const LONGEST_HEADER = 512;

/** @param segment counted from 1. */
export function segmentName(kind: SegmentKind, segment: number): string {
  const number = String(segment).padStart(5, '0');
  return kind === 'chain' ? `chain-${number}.jsonl` : `payloads-${number}.bin`;
}

/** The segment number of a file name of this kind, or `undefined` for any other name. */
export function parseSegmentName(kind: SegmentKind, name: string): number | undefined {
  const match = kind === 'chain' ? /^chain-(\d{5,})\.jsonl$/.exec(name) : /^payloads-(\d{5,})\.bin$/.exec(name);
  return match === null ? undefined : Number(match[1]);
}

export interface SegmentIdentity {
  readonly kind: SegmentKind;
  readonly strand: string;
  readonly segment: number;
}

/** Makes a segment that holds its header only; durable, and never seen without its header. */
export async function createSegment(disk: Disk, directory: string, identity: SegmentIdentity): Promise<void> {
  const { kind, strand, segment } = identity;
  const text = JSON.stringify({ format: FORMATS[kind], version: 1, strand, segment });
  const line = `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`;
  await writeFileDurably(disk, join(directory, segmentName(kind, segment)), new TextEncoder().encode(line));
}

/**
 * Reads and checks the header line. @returns its length in bytes, the newline included.
 * @throws {StoreDamagedError} when it is not the header of this segment.
 */
export async function readHeader(file: DiskFile, path: string, identity: SegmentIdentity): Promise<number> {
  const damaged = (message: string, options?: ErrorOptions) => new StoreDamagedError(path, 'header', message, options);
  const bytes = await file.read(0, LONGEST_HEADER);
  const end = bytes.indexOf(0x0a);
  if (end < 0) throw damaged(bytes.length === 0 ? 'the file is empty' : 'it has no header');
  const line = new TextDecoder().decode(bytes.subarray(0, end));
  const text = line.slice(9);
  if (!/^[0-9a-f]{8} $/.test(line.slice(0, 9)) || Number.parseInt(line.slice(0, 8), 16) !== crc32(text)) {
    throw damaged('the check sum does not match');
  }
  const header = zHeader.safeParse(JSON.parse(text));
  if (!header.success) throw damaged('a format this version does not know', { cause: header.error });
  const { format, strand, segment } = header.data;
  if (format !== FORMATS[identity.kind] || strand !== identity.strand || segment !== identity.segment) {
    throw damaged(`it belongs to segment ${segment} of strand ${strand}`);
  }
  return end + 1;
}
