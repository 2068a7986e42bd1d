import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type ChainRecord, isChainRecord } from './chain-record.js';

/**
 * A record in the chain file, one line:
 *
 *     <crc32> <json bytes> <first>-<last> <segment>:<offset>:<length>|- <digest> <json>\n
 *
 * `digest` is the SHA-256 of the JSON and what the next record names as `previous`. What stands before it is not part
 * of the chain, so that records may move to another store as they are: the group commit the record belongs to (first
 * and last sequence) and where its payload frame lies. The check sum covers everything after it, so a flipped bit
 * anywhere is damage; the announced length tells a line that was torn off from one that was altered.
 */
export interface RecordLine {
  readonly record: ChainRecord;
  readonly digest: string;
  readonly group: { readonly first: number; readonly last: number };
  readonly payload: PayloadLocator | undefined;
}

/** Where a payload's frame lies: segment counted from 1, bytes. */
export interface PayloadLocator {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
}

/** The digest of a record's JSON text, hex. */
export function digestOf(text: string | Uint8Array): string {
  return hash('sha256', text, 'hex');
}

function checkSum(bytes: Uint8Array | string): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}

/** @param options.text the record's JSON. @param options.digest {@link digestOf} that text. */
export function encodeLine(options: {
  readonly text: string;
  readonly digest: string;
  readonly group: RecordLine['group'];
  readonly payload: PayloadLocator | undefined;
}): string {
  const { text, digest, group, payload } = options;
  const locator = payload === undefined ? '-' : `${payload.segment}:${payload.offset}:${payload.length}`;
  const rest = `${Buffer.byteLength(text)} ${group.first}-${group.last} ${locator} ${digest} ${text}`;
  return `${checkSum(rest)} ${rest}\n`;
}

/** The line is not what was written. */
export class BrokenLineError extends Error {}

/** What stands before the JSON, taken apart and not yet believed. */
interface Head {
  /** Bytes up to the JSON. */
  readonly length: number;
  readonly checkSum: string;
  /** Bytes of the JSON. */
  readonly jsonLength: number;
  readonly group: RecordLine['group'];
  readonly payload: PayloadLocator | undefined;
  readonly digest: string;
}

const [SPACE, DASH, COLON, ZERO, NINE] = [0x20, 0x2d, 0x3a, 0x30, 0x39];
const CHECK_SUM_LENGTH = 8;
const DIGEST_LENGTH = 64;

/** Reads the head byte by byte: a start does this for every record, and texts to be split would cost the most of it. */
function headOf(line: Buffer): Head | undefined {
  if (line[CHECK_SUM_LENGTH] !== SPACE) return undefined;
  let at = CHECK_SUM_LENGTH + 1;
  /** The number that ends before `end`; NaN when something else stands there. */
  const number = (end: number): number => {
    let value = 0;
    for (const start = at; at < line.length; at += 1) {
      const byte = line[at] ?? 0;
      if (byte === end && at > start) {
        at += 1;
        return value;
      }
      if (byte < ZERO || byte > NINE) return Number.NaN;
      value = value * 10 + byte - ZERO;
    }
    return Number.NaN;
  };
  const jsonLength = number(SPACE);
  const group = { first: number(DASH), last: number(SPACE) };
  let payload: PayloadLocator | undefined;
  if (line[at] === DASH) at += 2;
  else payload = { segment: number(COLON), offset: number(COLON), length: number(SPACE) };
  const end = at + DIGEST_LENGTH;
  const numbers =
    jsonLength + group.first + group.last + (payload?.segment ?? 0) + (payload?.offset ?? 0) + (payload?.length ?? 0);
  if (Number.isNaN(numbers) || line[end] !== SPACE) return undefined;
  return {
    length: end + 1,
    checkSum: line.toString('latin1', 0, CHECK_SUM_LENGTH),
    jsonLength,
    group,
    payload,
    digest: line.toString('latin1', at, end),
  };
}

function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** How many bytes the line takes, its newline included, as its head announces; `undefined` for a broken head. */
export function announcedLength(bytes: Uint8Array): number | undefined {
  const head = headOf(bufferOver(bytes));
  return head === undefined ? undefined : head.length + head.jsonLength + 1;
}

/**
 * Reads one line. @param bytes without the newline.
 * @throws {BrokenLineError} when check sum, length, digest or shape is wrong. Links between records are for the reader
 * of the whole chain to check.
 */
export function decodeLine(bytes: Uint8Array): RecordLine {
  const line = bufferOver(bytes);
  const head = headOf(line);
  if (head === undefined) throw new BrokenLineError('it does not begin like a record');
  if (checkSum(line.subarray(9)) !== head.checkSum) throw new BrokenLineError('the check sum does not match');
  const json = line.subarray(head.length);
  if (json.length !== head.jsonLength) throw new BrokenLineError('the length does not match');
  const digest = digestOf(json);
  if (digest !== head.digest) throw new BrokenLineError('the digest does not match');
  const record = parse(json);
  if (!isChainRecord(record)) throw new BrokenLineError('it is no record this version knows');
  return { record, digest, group: head.group, payload: head.payload };
}

function parse(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString());
  } catch (error) {
    throw new BrokenLineError('it is not JSON', { cause: error });
  }
}
