import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateKeyPair } from '../../src/keys/key-pair.js';
import { isCanonicalEd25519Signature } from '../../src/proof/curves.js';
import { decodeBase58Multibase, encodeBase58Multibase } from '../../src/proof/multibase.js';
import { readMultikey, writeMultikey } from '../../src/proof/multikey.js';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const readEd25519 = (hex: string) => readMultikey(writeMultikey('Ed25519', bytes(hex)));

describe('multibase base58-btc', () => {
  it('gives back any bytes of up to 64, zeros at the front included', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (data) => {
        expect(decodeBase58Multibase(encodeBase58Multibase(data))).toEqual(data);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a multikey', () => {
  it.each(['Ed25519', 'ES256'] as const)('of a fresh %s key is read back', (algorithm) => {
    for (let round = 0; round < 20; round++) {
      const { publicKeyMultibase } = generateKeyPair(algorithm);
      expect(publicKeyMultibase).toMatch(algorithm === 'Ed25519' ? /^z6Mk/ : /^zDn/);
      const reading = readMultikey(publicKeyMultibase);
      expect(reading).toMatchObject({ ok: true, algorithm });
      expect(reading.ok && writeMultikey(algorithm, reading.publicKey)).toBe(publicKeyMultibase);
    }
  });

  it('is refused with another prefix, another base, a missing or a spare byte', () => {
    const { publicKeyMultibase } = generateKeyPair('Ed25519');
    const decoded = decodeBase58Multibase(publicKeyMultibase) ?? new Uint8Array();
    const refused = [
      encodeBase58Multibase(Uint8Array.of(0xec, ...decoded.slice(1))),
      encodeBase58Multibase(decoded.slice(0, -1)),
      encodeBase58Multibase(Uint8Array.of(...decoded, 0)),
      `u${Buffer.from(decoded).toString('base64url')}`,
      publicKeyMultibase.slice(1),
      ` ${publicKeyMultibase}`,
      `${publicKeyMultibase}\n`,
    ];
    for (const text of refused) expect(readMultikey(text).ok, text).toBe(false);
  });

  it.each([
    ['order 1', '0100000000000000000000000000000000000000000000000000000000000000'],
    ['order 2', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['order 4', '0000000000000000000000000000000000000000000000000000000000000000'],
    ['order 4, other sign', '0000000000000000000000000000000000000000000000000000000000000080'],
    ['order 8', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
    ['order 8, other sign', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'],
    ['order 8, second', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['order 8, second, other sign', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'],
    ['order 1, sign of zero', '0100000000000000000000000000000000000000000000000000000000000080'],
    ['order 2, sign of zero', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'],
    ['y = p', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['y = p + 1', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['y = 2^255 - 1', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'],
    ['no point of the curve', '0200000000000000000000000000000000000000000000000000000000000000'],
  ])('of an Ed25519 point to distrust is refused: %s (V25)', (_, hex) => {
    expect(readEd25519(hex).ok).toBe(false);
  });

  it('refuses the key under which some platforms take one signature for every message (V25)', () => {
    const weak = Buffer.alloc(32);
    weak[0] = 1;
    expect(readEd25519(weak.toString('hex'))).toEqual({ ok: false, detail: expect.stringContaining('small order') });
  });

  it('takes the public keys of RFC 8032', () => {
    for (const hex of [
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    ]) {
      expect(readEd25519(hex)).toMatchObject({ ok: true, algorithm: 'Ed25519' });
    }
  });

  it('of a P-256 point to distrust is refused: uncompressed form, x ≥ p, not on the curve', () => {
    const good = readMultikey(generateKeyPair('ES256').publicKeyMultibase);
    const x = good.ok ? good.publicKey.slice(1) : new Uint8Array();
    const refused = [
      Uint8Array.of(4, ...x),
      Uint8Array.of(2, ...new Uint8Array(32).fill(255)),
      Uint8Array.of(2, ...x.slice(1)),
    ];
    // Half of all x are no point: one among these is not.
    const offCurve = [1, 2, 3, 4, 5, 6].map((last) => Uint8Array.of(2, ...new Uint8Array(31), last));
    for (const point of refused) expect(readMultikey(writeMultikey('ES256', point)).ok).toBe(false);
    const kept = offCurve.filter((point) => readMultikey(writeMultikey('ES256', point)).ok);
    const known = offCurve.filter((point) => onCurveByNode(point));
    expect(kept).toEqual(known);
    expect(kept.length).toBeLessThan(offCurve.length);
  });
});

describe('an Ed25519 signature', () => {
  it('is canonical only below the order of the base point (V27)', () => {
    const order = 'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010';
    const below = `ec${order.slice(2)}`;
    expect(isCanonicalEd25519Signature(bytes('00'.repeat(32) + order))).toBe(false);
    expect(isCanonicalEd25519Signature(bytes('00'.repeat(32) + below))).toBe(true);
    expect(isCanonicalEd25519Signature(bytes('00'.repeat(32) + 'ff'.repeat(32)))).toBe(false);
    expect(isCanonicalEd25519Signature(bytes('00'.repeat(63)))).toBe(false);
  });
});

/** OpenSSL's opinion on a compressed point. */
function onCurveByNode(point: Uint8Array): boolean {
  const spki = Buffer.concat([Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex'), point]);
  try {
    createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return true;
  } catch {
    return false;
  }
}
