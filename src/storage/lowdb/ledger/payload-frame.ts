import { createHash, hash } from 'node:crypto';
import type { Json } from '../../../ports/json.js';

/**
 * A payload in the payload file:
 *
 *     0   4  "SPF1"
 *     4   4  length of what follows the head: salt and payload, big-endian
 *     8   8  group commit it belongs to: sequence of that group's first record, big-endian
 *    16  32  SHA-256(salt ‖ payload)
 *    48  16  salt
 *    64   …  payload, JSON in UTF-8
 *
 * The salt keeps the digest in the chain from confirming a guess at a short payload. Erasure overwrites everything
 * from byte 48 with zeros: the frames around it stay where they are.
 */
export const FRAME_HEAD = 48;
export const SALT_BYTES = 16;
const MAGIC = 0x53504631;
/** Bytes that a UTF-16 unit can come to. */
const LONGEST_UTF8 = 3;
/** Room that is kept for the next payload, bytes. */
const MOST_SCRATCH = 262_144;
let scratch = Buffer.alloc(0);

export interface FrameHead {
  /** Bytes of the whole frame. */
  readonly length: number;
  readonly group: number;
  /** Hex. */
  readonly digest: string;
}

/** @param salt 16 unpredictable bytes. @param group sequence of the group's first record. */
export function encodeFrame(options: { readonly payload: string; readonly salt: Uint8Array; readonly group: number }): {
  readonly frame: Uint8Array;
  readonly digest: string;
} {
  const payload = utf8(options.payload);
  const frame = Buffer.allocUnsafe(FRAME_HEAD + SALT_BYTES + payload.length);
  frame.writeUInt32BE(MAGIC, 0);
  frame.writeUInt32BE(frame.length - FRAME_HEAD, 4);
  frame.writeBigUInt64BE(BigInt(options.group), 8);
  frame.set(options.salt, FRAME_HEAD);
  frame.set(payload, FRAME_HEAD + SALT_BYTES);
  const digest = hash('sha256', frame.subarray(FRAME_HEAD), 'buffer');
  frame.set(digest, 16);
  return { frame, digest: digest.toString('hex') };
}

/** Bytes of a text, good until the next is asked for: written once into room for the longest they can be, not counted before. */
function utf8(text: string): Uint8Array {
  const longest = LONGEST_UTF8 * text.length;
  if (longest > MOST_SCRATCH) return Buffer.from(text);
  if (scratch.length < longest) scratch = Buffer.allocUnsafe(longest);
  return scratch.subarray(0, scratch.write(text));
}

/** A frame whose payload was erased elsewhere, of which its digest alone is known. @param options.digest hex. */
export function erasedFrame({ digest, group }: FrameClaim): Uint8Array {
  const frame = Buffer.alloc(FRAME_HEAD + SALT_BYTES);
  frame.writeUInt32BE(MAGIC, 0);
  frame.writeUInt32BE(SALT_BYTES, 4);
  frame.writeBigUInt64BE(BigInt(group), 8);
  frame.write(digest, 16, 'hex');
  return frame;
}

/** Reads the head of a frame; `undefined` when the bytes are no frame. */
export function decodeHead(bytes: Uint8Array): FrameHead | undefined {
  if (bytes.length < FRAME_HEAD) return undefined;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, FRAME_HEAD);
  if (head.readUInt32BE(0) !== MAGIC) return undefined;
  return {
    length: FRAME_HEAD + head.readUInt32BE(4),
    group: Number(head.readBigUInt64BE(8)),
    digest: head.toString('hex', 16, FRAME_HEAD),
  };
}

/** What the chain says of a frame: digest (hex) and group. */
export type FrameClaim = Pick<FrameHead, 'digest' | 'group'>;

function headHolds(frame: Uint8Array, { digest, group }: FrameClaim): boolean {
  const head = decodeHead(frame);
  return head?.length === frame.length && head.digest === digest && head.group === group;
}

/** True when the frame is whole and its content has this digest. */
export function frameHolds(frame: Uint8Array, claim: FrameClaim): boolean {
  if (!headHolds(frame, claim)) return false;
  return createHash('sha256').update(frame.subarray(FRAME_HEAD)).digest('hex') === claim.digest;
}

/** True when the frame's head is in place and its content was overwritten with zeros. */
export function frameIsErased(frame: Uint8Array, claim: FrameClaim): boolean {
  return headHolds(frame, claim) && isZero(frame.subarray(FRAME_HEAD));
}

export function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/** The payload of a frame that {@link frameHolds}. */
export function payloadOf(frame: Uint8Array): Json {
  return JSON.parse(new TextDecoder().decode(frame.subarray(FRAME_HEAD + SALT_BYTES)));
}
