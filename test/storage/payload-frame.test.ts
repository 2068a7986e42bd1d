import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  decodeHead,
  encodeFrame,
  FRAME_HEAD,
  frameHolds,
  payloadOf,
  SALT_BYTES,
} from '../../src/storage/lowdb/ledger/payload-frame.js';

const salt = Uint8Array.from({ length: SALT_BYTES }, (_, place) => place + 1);

describe('a payload frame', () => {
  it('holds salt and text of any length in UTF-8, and stays as it is while others are made', () => {
    const texts = [
      '',
      'é',
      'Zoé Lefèvre-Ñandú 🎓',
      'a'.repeat(5_000),
      '€'.repeat(87_381),
      '€'.repeat(87_382),
      '🎓'.repeat(200_000),
      'x',
    ];
    const made = texts.map((text, number) => {
      const payload = JSON.stringify(text);
      return { text, payload, number, ...encodeFrame({ payload, salt, group: number + 7 }) };
    });
    for (const { text, payload, number, frame, digest } of made) {
      const content = Buffer.concat([salt, Buffer.from(payload)]);
      expect(Buffer.compare(frame.subarray(FRAME_HEAD), content)).toBe(0);
      expect(digest).toBe(createHash('sha256').update(content).digest('hex'));
      expect(decodeHead(frame)).toEqual({ length: frame.length, group: number + 7, digest });
      expect(frameHolds(frame, { digest, group: number + 7 })).toBe(true);
      expect(payloadOf(frame)).toBe(text);
    }
  });
});
