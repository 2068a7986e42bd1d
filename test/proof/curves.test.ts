import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCanonicalEd25519Signature } from '../../src/proof/curves.js';
import { bigEndianBytes, littleEndian } from '../../src/proof/modular.js';

/** Order of the base point, RFC 8032 section 5.1. */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

function signatureWith(s: bigint): Uint8Array {
  const signature = new Uint8Array(64).fill(255, 0, 32);
  signature.set(bigEndianBytes(s, 32).reverse(), 32);
  return signature;
}

describe('V27: a signature of Ed25519', () => {
  it.each([0n, 1n, 2n ** 252n, ORDER - 256n, ORDER - 1n])('is canonical with S = %s', (s) => {
    expect(isCanonicalEd25519Signature(signatureWith(s))).toBe(true);
  });

  it.each([ORDER, ORDER + 1n, ORDER + 256n, 2n * ORDER, 2n ** 253n, 2n ** 256n - 1n])('is not with S = %s', (s) => {
    expect(isCanonicalEd25519Signature(signatureWith(s))).toBe(false);
  });

  it('is canonical exactly when S, as a number, lies below the order', () => {
    const nearOrder = fc.bigInt(-(2n ** 130n), 2n ** 130n).map((away) => ORDER + away);
    fc.assert(
      fc.property(fc.oneof(nearOrder, fc.bigInt(0n, 2n ** 256n - 1n)), (s) => {
        const signature = signatureWith(s);
        expect(isCanonicalEd25519Signature(signature)).toBe(littleEndian(signature.subarray(32)) < ORDER);
      }),
      { numRuns: 200 },
    );
  });

  it('has 64 bytes', () => {
    for (const length of [0, 32, 63, 65]) expect(isCanonicalEd25519Signature(new Uint8Array(length))).toBe(false);
  });
});
