import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compressedPointProblem,
  compressPoint,
  isEcdsaSignature,
  uncompressPoint,
} from '../../src/proof/nist-curves.js';

const CURVES = [
  ['P-256', 32],
  ['P-384', 48],
] as const;

const bytesOf = (text: string | undefined) => new Uint8Array(Buffer.from(text ?? '', 'base64url'));

describe.each(CURVES)('a point of %s', (curve, size) => {
  it('comes back from its compressed form as the platform made it', () => {
    for (let count = 0; count < 20; count++) {
      const { x, y } = generateKeyPairSync('ec', { namedCurve: curve }).publicKey.export({ format: 'jwk' });
      const compressed = compressPoint(curve, bytesOf(x), bytesOf(y)) ?? new Uint8Array();
      expect(compressed).toHaveLength(size + 1);
      expect(compressedPointProblem(curve, compressed)).toBeUndefined();
      expect(uncompressPoint(curve, compressed)).toEqual(Uint8Array.of(4, ...bytesOf(x), ...bytesOf(y)));
    }
  });

  it('is one for us exactly when it is one for the platform', () => {
    const isPoint = (x: Uint8Array, y: Uint8Array) => {
      const written = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
      try {
        createPublicKey({ key: { kty: 'EC', crv: curve, x: written(x), y: written(y) }, format: 'jwk' });
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.uint8Array({ minLength: size, maxLength: size }), fc.constantFrom(2, 3), (x, parity) => {
        const compressed = Uint8Array.of(parity, ...x);
        if (compressedPointProblem(curve, compressed) !== undefined) return;
        const y = uncompressPoint(curve, compressed).subarray(1 + size);
        expect(isPoint(x, y)).toBe(true);
        const off = Uint8Array.of(...y.subarray(0, -1), (y.at(-1) ?? 0) ^ 2);
        expect(isPoint(x, off)).toBe(false);
        expect(compressPoint(curve, x, off)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it('is refused in another form, length or above the prime (V25)', () => {
    const { x } = generateKeyPairSync('ec', { namedCurve: curve }).publicKey.export({ format: 'jwk' });
    const good = Uint8Array.of(2, ...bytesOf(x));
    for (const prefix of [0, 1, 4, 5, 6, 7]) {
      expect(compressedPointProblem(curve, Uint8Array.of(prefix, ...bytesOf(x)))).toMatch(/compressed form/);
    }
    expect(compressedPointProblem(curve, good.slice(1))).toMatch(/bytes/);
    expect(compressedPointProblem(curve, Uint8Array.of(...good, 0))).toMatch(/bytes/);
    expect(compressedPointProblem(curve, new Uint8Array(size + 1).fill(0xff, 1).fill(2, 0, 1))).toMatch(/canonical/);
    expect(() => uncompressPoint(curve, notOnTheCurve(curve, size))).toThrow(RangeError);
  });

  it('signs with numbers from 1 to the order less one', () => {
    const signature = (r: number, s: number) => {
      const bytes = new Uint8Array(2 * size);
      bytes[size - 1] = r;
      bytes[2 * size - 1] = s;
      return bytes;
    };
    expect(isEcdsaSignature(curve, signature(1, 1))).toBe(true);
    expect(isEcdsaSignature(curve, signature(0, 1))).toBe(false);
    expect(isEcdsaSignature(curve, signature(1, 0))).toBe(false);
    expect(isEcdsaSignature(curve, new Uint8Array(2 * size).fill(0xff))).toBe(false);
    expect(isEcdsaSignature(curve, signature(1, 1).slice(1))).toBe(false);
  });
});

/** The smallest x that belongs to no point. */
function notOnTheCurve(curve: 'P-256' | 'P-384', size: number): Uint8Array {
  for (let x = 0; x < 100; x++) {
    const bytes = new Uint8Array(size + 1);
    bytes[0] = 2;
    bytes[size] = x;
    if (compressedPointProblem(curve, bytes) !== undefined) return bytes;
  }
  throw new Error('every x has a point');
}
