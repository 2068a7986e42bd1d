import { createPublicKey, verify } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readTransitPublicKey, readTransitSignature, zSigned, zTransitKey } from '../../src/keys/transit/answers.js';
import { createAskTransit } from '../../src/keys/transit/request.js';
import { createTransitKeys } from '../../src/keys/transit/transit-keys.js';
import { createNodeCrypto } from '../../src/platform/node-crypto.js';
import { SignerError } from '../../src/ports/signer.js';
import { readMultikey } from '../../src/proof/multikey.js';
import { startTransit, type Transit } from '../support/transit.js';

const DID = 'did:web:badges.example.org:issuers:univ';
const methodOf = (publicKeyMultibase: string) => `${DID}#${publicKeyMultibase}`;
const messages = Array.from({ length: 450 }, (_, number) => new TextEncoder().encode(`message ${number}`));

describe('keys in a key service', () => {
  let transit: Transit;
  beforeAll(async () => {
    transit = await startTransit();
  });
  afterEach(async () => {
    await transit.fault('none');
  });
  afterAll(() => transit.stop());

  /** A process that knows nothing yet, as after a restart. */
  function open(changes: Partial<Parameters<typeof createAskTransit>[0]> = {}, prefix = 'sceau-') {
    const { url, tokenFile, ca } = transit;
    const ask = createAskTransit({ url, tokenFile, ca, timeoutMilliseconds: 5_000, ...changes });
    return createTransitKeys({ ask, prefix, issuers: async () => ['ecole', 'univ'] });
  }

  it('signs with Ed25519, many messages in the order given, and finds its key again after a restart', async () => {
    const { publicKeyMultibase } = await open().create('univ', 'Ed25519');
    const { signer } = open();
    const signatures = await signer.sign({ verificationMethod: methodOf(publicKeyMultibase), messages });
    const key = readMultikey(publicKeyMultibase);
    if (!key.ok) throw new Error(key.detail);
    const crypto = createNodeCrypto();
    expect(signatures).toHaveLength(messages.length);
    for (const [index, message] of messages.entries()) {
      expect(await crypto.verifyEd25519(key.publicKey, signatures[index] ?? new Uint8Array(), message)).toBe(true);
    }
    expect(await signer.canSign(methodOf(publicKeyMultibase))).toBe(true);
  });

  it('signs with P-256 as JWS wants it: r and s, 64 bytes', async () => {
    const keys = open();
    const { publicKeyMultibase } = await keys.create('univ', 'ES256');
    expect(publicKeyMultibase).toMatch(/^zDn/);
    const [signature = new Uint8Array()] = await open().signer.sign({
      verificationMethod: methodOf(publicKeyMultibase),
      messages: [messages[0] ?? new Uint8Array()],
    });
    expect(signature).toHaveLength(64);
  });

  it('K4 pins the version: a key made later signs as itself, and the one before still as itself', async () => {
    const keys = open();
    const first = await keys.create('univ', 'Ed25519');
    const second = await keys.create('univ', 'Ed25519');
    expect(second).not.toEqual(first);
    for (const { publicKeyMultibase } of [first, second]) {
      const verificationMethod = methodOf(publicKeyMultibase);
      expect(await open().signer.sign({ verificationMethod, messages: messages.slice(0, 3) })).toHaveLength(3);
    }
  });

  it('keeps the keys of another house apart, which shares the service', async () => {
    const { publicKeyMultibase } = await open({}, 'autre-').create('univ', 'Ed25519');
    const verificationMethod = methodOf(publicKeyMultibase);
    expect(await open().signer.canSign(verificationMethod)).toBe(false);
    await expect(open().signer.sign({ verificationMethod, messages: messages.slice(0, 1) })).rejects.toThrow(
      SignerError,
    );
  });

  it.each([
    ['down', /cannot be reached/],
    ['slow', /did not answer in time/],
    ['sealed', /status 503/],
    ['redirect', /status 307/],
    ['wrong', /does not hold: nothing is signed/],
    ['half', /does not hold: nothing is signed/],
  ] as const)('signs nothing while the service is %s, and signs again afterwards', async (fault, words) => {
    const keys = open({ timeoutMilliseconds: fault === 'slow' ? 300 : 5_000 });
    const { publicKeyMultibase } = await open().create('univ', 'Ed25519');
    const request = { verificationMethod: methodOf(publicKeyMultibase), messages: messages.slice(0, 5) };
    expect(await open().signer.canSign(request.verificationMethod)).toBe(true);
    await transit.fault(fault);
    if (fault === 'wrong' || fault === 'half') await expect(keys.signer.sign(request)).rejects.toThrow(words);
    else {
      await expect(keys.signer.sign(request)).rejects.toThrow(words);
      expect(await keys.signer.canSign(request.verificationMethod)).toBe(false);
      await expect(keys.create('univ', 'Ed25519')).rejects.toThrow(words);
    }
    await transit.fault('none');
    expect(await keys.signer.sign(request)).toHaveLength(5);
  });

  it('speaks to nobody whose certificate it cannot check, and not without the right token', async () => {
    const { publicKeyMultibase } = await open().create('univ', 'Ed25519');
    const request = { verificationMethod: methodOf(publicKeyMultibase), messages: messages.slice(0, 1) };
    await expect(open({ ca: undefined }).signer.sign(request)).rejects.toThrow(SignerError);
    const other = `${transit.tokenFile}.other`;
    await writeFile(other, 'another');
    const refused = await open({ tokenFile: other })
      .signer.sign(request)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'signer-unavailable', message: expect.stringContaining('403') });
    expect(JSON.stringify(refused)).not.toContain('another');
    await rm(other);
    await expect(open({ tokenFile: other }).signer.sign(request)).rejects.toThrow(SignerError);
  });

  it('asks once more where a connection it kept was closed in that moment', async () => {
    const keys = open();
    const { publicKeyMultibase } = await keys.create('univ', 'Ed25519');
    await transit.fault('hangs-up-once');
    const request = { verificationMethod: methodOf(publicKeyMultibase), messages: messages.slice(0, 2) };
    expect(await keys.signer.sign(request)).toHaveLength(2);
  });

  it('takes a token renewed meanwhile', async () => {
    const keys = open({ tokenFile: `${transit.tokenFile}.renewed` });
    await writeFile(`${transit.tokenFile}.renewed`, 'old');
    await expect(keys.create('univ', 'Ed25519')).rejects.toThrow(/403/);
    await writeFile(`${transit.tokenFile}.renewed`, 'hvs.only-for-this-test');
    await keys.create('univ', 'Ed25519');
  });
});

/** Answers as the pages about the Transit engine show them. @see https://openbao.org/api-docs/secret/transit/ */
describe('what a key service answers', () => {
  it('is read as documented: a batch with an item that failed', () => {
    const answer = {
      data: {
        batch_results: [
          {
            signature:
              'vault:v1:+R3cxAy6j4KriYzAyExU6p1glnyT/eLDSaUZO7gr8a8kgi/zSynNbOBSDJcGaAfLD1OF2hGupYBYTjmZMNoVAA==',
            publickey: '2fQIaaem7+EhSGs3jUebAS/8qP2+sUrmxOmgqZIZc0c=',
          },
          { error: 'missing input' },
        ],
      },
    };
    const [first, second] = zSigned.parse(answer).data.batch_results;
    expect(readTransitSignature(first?.signature, 1)).toHaveLength(64);
    expect(readTransitSignature(first?.signature, 2)).toBeUndefined();
    expect(readTransitSignature(second?.signature, 1)).toBeUndefined();
    expect(readTransitSignature('vault:v1:not base64!', 1)).toBeUndefined();
  });

  it('is read as documented: a key of a kind that cannot sign has no public half', () => {
    const { data } = zTransitKey.parse({
      data: {
        type: 'aes256-gcm96',
        keys: { '1': 1_442_851_412 },
        latest_version: 1,
        min_decryption_version: 1,
        min_encryption_version: 0,
        name: 'foo',
        supports_signing: false,
      },
    });
    expect(data.keys).toEqual({ '1': undefined });
  });

  it('holds a public key in base64 or in PEM', () => {
    const raw = '2fQIaaem7+EhSGs3jUebAS/8qP2+sUrmxOmgqZIZc0c=';
    const key = readTransitPublicKey(raw);
    expect(key?.asymmetricKeyType).toBe('ed25519');
    const pem = key?.export({ format: 'pem', type: 'spki' });
    expect(readTransitPublicKey(String(pem))?.equals(createPublicKey(String(pem)))).toBe(true);
    expect(readTransitPublicKey('AAAA')).toBeUndefined();
    expect(key === undefined ? true : verify(null, new Uint8Array(1), key, new Uint8Array(64))).toBe(false);
  });
});
