import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { crc32, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { generateKeyPair } from '../../src/keys/key-pair.js';
import { createKeySigner } from '../../src/keys/key-signer.js';
import { createBrowserCrypto } from '../../src/platform/browser-crypto.js';
import { createNodeCrypto } from '../../src/platform/node-crypto.js';
import { readMultikey } from '../../src/proof/multikey.js';

const adapters = [
  ['node', createNodeCrypto()],
  ['browser', createBrowserCrypto()],
] as const;

const bytes = (text: string) => new TextEncoder().encode(text);

describe.each(adapters)('the Crypto port over %s', (_, crypto) => {
  it('computes the digests everybody computes', async () => {
    const data = bytes('Sceau – « sceau »');
    expect(Buffer.from(await crypto.sha256(data))).toEqual(createHash('sha256').update(data).digest());
    expect(Buffer.from(await crypto.sha384(data))).toEqual(createHash('sha384').update(data).digest());
    expect(Buffer.from(await crypto.sha512(data))).toEqual(createHash('sha512').update(data).digest());
    // A text is its bytes in UTF-8; half of a surrogate pair has none, and counts as U+FFFD everywhere.
    for (const text of ['Sceau – « sceau »', '', 'half\ud800', '\udc00half']) {
      expect(await crypto.sha256(text)).toEqual(await crypto.sha256(bytes(text)));
      expect(await crypto.sha384(text)).toEqual(await crypto.sha384(bytes(text)));
      expect(await crypto.sha512(text)).toEqual(await crypto.sha512(bytes(text)));
    }
    const mac = createHmac('sha256', 'key').update(data).digest();
    expect(Buffer.from(await crypto.hmacSha256(bytes('key'), data))).toEqual(mac);
  });

  it('verifies what the key signer signs, and nothing else', async () => {
    const pair = generateKeyPair('Ed25519');
    const signer = createKeySigner(() => pair);
    const verificationMethod = `did:web:univ.example#${pair.publicKeyMultibase}`;
    const [signature = new Uint8Array()] = await signer.sign({ verificationMethod, messages: [bytes('message')] });
    const reading = readMultikey(pair.publicKeyMultibase);
    const key = reading.ok ? reading.publicKey : new Uint8Array();
    expect(await crypto.verifyEd25519(key, signature, bytes('message'))).toBe(true);
    expect(await crypto.verifyEd25519(key, signature, bytes('messagE'))).toBe(false);
    expect(await crypto.verifyEd25519(key, signature.slice(1), bytes('message'))).toBe(false);
    expect(await crypto.verifyEd25519(key.slice(1), signature, bytes('message'))).toBe(false);
  });

  it.each([
    ['P-256', 'sha256'],
    ['P-384', 'sha384'],
  ] as const)('verifies ECDSA over %s, and nothing else', async (curve, hash) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
    const { x, y } = publicKey.export({ format: 'jwk' });
    const point = Uint8Array.of(4, ...Buffer.from(x ?? '', 'base64url'), ...Buffer.from(y ?? '', 'base64url'));
    const data = bytes('message');
    const signature = new Uint8Array(sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
    expect(await crypto.verifyEcdsa(curve, point, signature, data)).toBe(true);
    expect(await crypto.verifyEcdsa(curve, point, signature, bytes('messagE'))).toBe(false);
    expect(await crypto.verifyEcdsa(curve, point, signature.slice(1), data)).toBe(false);
    expect(await crypto.verifyEcdsa(curve, point.slice(1), signature, data)).toBe(false);
    expect(await crypto.verifyEcdsa(curve === 'P-256' ? 'P-384' : 'P-256', point, signature, data)).toBe(false);
    const otherHash = new Uint8Array(sign('sha512', data, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
    expect(await crypto.verifyEcdsa(curve, point, otherHash, data)).toBe(false);
  });

  it('writes GZIP that others read, and reads back any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (data) => {
        const zipped = await crypto.gzip(data);
        expect(new Uint8Array(gunzipSync(zipped))).toEqual(data);
        expect(await crypto.gunzip(zipped, 5000)).toEqual(data);
      }),
      { numRuns: 30 },
    );
  });

  it('gives exactly as many bytes as allowed, and not one more', async () => {
    const zipped = await crypto.gzip(new Uint8Array(1000));
    expect(await crypto.gunzip(zipped, 1000)).toHaveLength(1000);
    await expect(crypto.gunzip(zipped, 999)).rejects.toMatchObject({ name: 'InflateError', reason: 'too-large' });
  });

  it('refuses damage: cut, altered, raw deflate, empty, no GZIP at all', async () => {
    const zipped = await crypto.gzip(bytes('some text, some text, some text'));
    const wrongSum = zipped.slice();
    wrongSum[wrongSum.length - 6] = (wrongSum.at(-6) ?? 0) ^ 1;
    const damaged = [
      zipped.slice(0, -1),
      zipped.slice(0, 12),
      wrongSum,
      new Uint8Array(deflateRawSync('text')),
      new Uint8Array(),
      bytes('PK not gzip, certainly not'),
    ];
    for (const data of damaged) {
      await expect(crypto.gunzip(data, 1000)).rejects.toMatchObject({ name: 'InflateError', reason: 'damaged' });
    }
  });

  it('stops a bomb of 256 MiB at the cap, in little memory (V57)', async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(256 * 1024 * 1024), { level: 9 }));
    expect(bomb.length).toBeLessThan(300_000);
    const before = process.memoryUsage().rss;
    await expect(crypto.gunzip(bomb, 16 * 1024 * 1024)).rejects.toMatchObject({ reason: 'too-large' });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('the Crypto port over node', () => {
  const crypto = createNodeCrypto();

  it('refuses what follows the member: a byte, another member, its own trailer again (V55)', async () => {
    const zipped = await crypto.gzip(bytes('text'));
    for (const more of [Uint8Array.of(0), zipped, zipped.slice(-8)]) {
      await expect(crypto.gunzip(Uint8Array.of(...zipped, ...more), 1000)).rejects.toMatchObject({ reason: 'damaged' });
    }
  });

  it('reads a header with every optional field', async () => {
    const data = bytes('text');
    const header = [
      0x1f,
      0x8b,
      8,
      0b11110,
      0,
      0,
      0,
      0,
      0,
      3,
      2,
      0,
      9,
      9,
      ...bytes('name'),
      0,
      ...bytes('note'),
      0,
      7,
      7,
    ];
    const trailer = new DataView(new ArrayBuffer(8));
    trailer.setUint32(0, crc32(data), true);
    trailer.setUint32(4, data.length, true);
    const member = Uint8Array.of(...header, ...deflateRawSync(data), ...new Uint8Array(trailer.buffer));
    expect(await crypto.gunzip(member, 10)).toEqual(data);
    for (const length of [4, 11, 14, 17, 22]) {
      await expect(crypto.gunzip(member.slice(0, length), 10)).rejects.toMatchObject({ reason: 'damaged' });
    }
  });

  it('writes the same bytes each time, without a time and without the name of a system', async () => {
    const zipped = await crypto.gzip(bytes('text'));
    expect(await crypto.gzip(bytes('text'))).toEqual(zipped);
    expect([...zipped.slice(3, 8)]).toEqual([0, 0, 0, 0, 0]);
    expect(zipped[9]).toBe(255);
  });

  it('keeps verifying with more keys than it keeps', async () => {
    for (let round = 0; round < 300; round++) {
      const pair = generateKeyPair('Ed25519');
      const reading = readMultikey(pair.publicKeyMultibase);
      const verificationMethod = `did:web:univ.example#${pair.publicKeyMultibase}`;
      const [signature = new Uint8Array()] = await createKeySigner(() => pair).sign({
        verificationMethod,
        messages: [bytes('m')],
      });
      expect(reading.ok && (await crypto.verifyEd25519(reading.publicKey, signature, bytes('m')))).toBe(true);
    }
  });
});

describe('the Crypto port in a browser whose Web Crypto has no Ed25519', () => {
  const subtle = globalThis.crypto.subtle;
  const refuse = (name: string) => vi.spyOn(subtle, 'importKey').mockRejectedValue(new DOMException('no', name));
  afterEach(() => vi.restoreAllMocks());

  it('answers as one that has it', async () => {
    const pair = generateKeyPair('Ed25519');
    const verificationMethod = `did:web:univ.example#${pair.publicKeyMultibase}`;
    const signer = createKeySigner(() => pair);
    const [signature = new Uint8Array()] = await signer.sign({ verificationMethod, messages: [bytes('message')] });
    const reading = readMultikey(pair.publicKeyMultibase);
    const key = reading.ok ? reading.publicKey : new Uint8Array();
    const refused = refuse('NotSupportedError');
    const crypto = createBrowserCrypto();
    expect(await crypto.verifyEd25519(key, signature, bytes('message'))).toBe(true);
    expect(await crypto.verifyEd25519(key, signature, bytes('messagE'))).toBe(false);
    expect(await crypto.verifyEd25519(key, signature.toReversed(), bytes('message'))).toBe(false);
    expect(refused).toHaveBeenCalledTimes(3);
  });

  it('does not take another refusal for that', async () => {
    refuse('DataError');
    await expect(
      createBrowserCrypto().verifyEd25519(new Uint8Array(32), new Uint8Array(64), bytes('message')),
    ).rejects.toThrow(DOMException);
  });
});
