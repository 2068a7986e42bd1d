import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIds, systemRandom } from '../../src/platform/system.js';
import { formatPublicId, normaliseId } from '../../src/text/public-id.js';

describe('a public id', () => {
  it('is 26 lower-case characters that hold all 128 bits', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const id = formatPublicId(bytes);
        expect(id).toMatch(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/);
        expect(normaliseId(id)).toBe(id);
        const value = [...id].reduce(
          (sum, digit) => sum * 32n + BigInt('0123456789abcdefghjkmnpqrstvwxyz'.indexOf(digit)),
          0n,
        );
        expect(value.toString(16).padStart(32, '0')).toBe(Buffer.from(bytes).toString('hex'));
      }),
      { numRuns: 200 },
    );
  });

  it('is drawn anew each time', () => {
    const ids = createIds(systemRandom);
    expect(new Set(Array.from({ length: 1000 }, () => ids.next())).size).toBe(1000);
  });

  it('is read in either case and with I, L and O for 1 and 0', () => {
    expect(normaliseId('01ARZ3NDEKTSV4RRFFQ69G5FAV')).toBe('01arz3ndektsv4rrffq69g5fav');
    expect(normaliseId('OIarz3ndektsv4rrffq69g5faL')).toBe('01arz3ndektsv4rrffq69g5fa1');
  });

  it.each([
    ['too short', '01arz3ndektsv4rrffq69g5fa'],
    ['too long', '01arz3ndektsv4rrffq69g5favv'],
    ['more than 128 bits', '81arz3ndektsv4rrffq69g5fav'],
    ['U, which the alphabet leaves out', '01arz3ndektsv4rrffq69g5fau'],
    ['a path', '../arz3ndektsv4rrffq69g5fa'],
    ['a letter that becomes two when lowered', '01arz3ndektsv4rrffq69g5faİ'],
    ['empty', ''],
  ])('is not: %s', (_, text) => {
    expect(normaliseId(text)).toBeUndefined();
  });
});

describe('bytes of the system', () => {
  it('are never handed out twice, few or many, and belong to whoever asked', () => {
    const lengths = [16, 32, 64, 65, 1_000];
    const seen = new Set<string>();
    for (let round = 0; round < 400; round += 1) {
      for (const length of lengths) {
        const bytes = systemRandom.bytes(length);
        expect(bytes).toHaveLength(length);
        expect(bytes.buffer.byteLength).toBe(length);
        seen.add(bytes.join());
        bytes.fill(0);
      }
    }
    expect(seen.size).toBe(400 * lengths.length);
    expect(systemRandom.bytes(0)).toHaveLength(0);
  });
});
