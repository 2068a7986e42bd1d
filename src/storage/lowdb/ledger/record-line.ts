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

const LINE = /^([0-9a-f]{8}) (\d{1,9}) (\d{1,15})-(\d{1,15}) (?:-|(\d{1,6}):(\d{1,13}):(\d{1,10})) ([0-9a-f]{64}) $/;
/** No head is longer than this. */
const LONGEST_HEAD = 192;

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

/** How many bytes the line takes, its newline included, as its head announces; `undefined` for a broken head. */
export function announcedLength(bytes: Uint8Array): number | undefined {
  const head = headOf(bytes);
  return head === undefined ? undefined : head.text.length + Number(head.fields[2]) + 1;
}

function headOf(bytes: Uint8Array): { readonly text: string; readonly fields: RegExpExecArray } | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, LONGEST_HEAD)).toString('latin1');
  // The JSON begins at the first brace: nothing before it has one.
  const brace = start.indexOf('{');
  const text = brace < 0 ? start : start.slice(0, brace);
  const fields = LINE.exec(text);
  return fields === null ? undefined : { text, fields };
}

/**
 * Reads one line. @param bytes without the newline.
 * @throws {BrokenLineError} when check sum, length, digest or shape is wrong. Links between records are for the reader
 * of the whole chain to check.
 */
export function decodeLine(bytes: Uint8Array): RecordLine {
  const head = headOf(bytes);
  if (head === undefined) throw new BrokenLineError('it does not begin like a record');
  const { text, fields } = head;
  if (checkSum(bytes.subarray(9)) !== fields[1]) throw new BrokenLineError('the check sum does not match');
  const json = bytes.subarray(text.length);
  if (json.length !== Number(fields[2])) throw new BrokenLineError('the length does not match');
  const digest = digestOf(json);
  if (digest !== fields[8]) throw new BrokenLineError('the digest does not match');
  const record = parse(json);
  if (!isChainRecord(record)) throw new BrokenLineError('it is no record this version knows');
  return {
    record,
    digest,
    group: { first: Number(fields[3]), last: Number(fields[4]) },
    payload:
      fields[5] === undefined
        ? undefined
        : { segment: Number(fields[5]), offset: Number(fields[6]), length: Number(fields[7]) },
  };
}

function parse(json: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.length).toString());
  } catch (error) {
    throw new BrokenLineError('it is not JSON', { cause: error });
  }
}
