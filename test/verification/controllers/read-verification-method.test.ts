import { generateKeyPairSync } from 'node:crypto';
import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { generateKeyPair } from '../../../src/keys/key-pair.js';
import { isJsonObject, type Json, type JsonObject } from '../../../src/ports/json.js';
import { writeJwk } from '../../../src/proof/jwk.js';
import { readMultikey, writeMultikey } from '../../../src/proof/multikey.js';
import { deriveControllerDocument } from '../../../src/verification/controllers/derived-document.js';
import {
  type MethodReading,
  readVerificationMethod,
} from '../../../src/verification/controllers/read-verification-method.js';

const CONTROLLER = 'did:web:univ.example';
const ID = `${CONTROLLER}#key-1`;
const AT = Date.parse('2026-11-22T12:00:00Z');
const MULTIBASE = generateKeyPair('Ed25519').publicKeyMultibase;
const P256 = generateKeyPair('ES256').publicKeyMultibase;

const method = (members: JsonObject = {}): JsonObject => ({
  id: ID,
  type: 'Multikey',
  controller: CONTROLLER,
  publicKeyMultibase: MULTIBASE,
  ...members,
});
const documentWith = (key: JsonObject, members: JsonObject = {}): JsonObject => ({
  id: CONTROLLER,
  verificationMethod: [key],
  assertionMethod: [ID],
  ...members,
});

function read(document: JsonObject, id = ID, controller = CONTROLLER): MethodReading {
  return readVerificationMethod(document, id, { controller, purpose: 'assertionMethod', at: AT });
}

const answer = (reading: MethodReading) => (reading.ok ? 'ok' : `${reading.reason} ${reading.code}`);
const INVALID = 'INVALID_VERIFICATION_METHOD';

/** Raw bytes of a Multikey. */
function rawKey(multibase: string): Uint8Array {
  const reading = readMultikey(multibase);
  if (!reading.ok) throw new Error(reading.detail);
  return reading.publicKey;
}

describe('a verification method', () => {
  const ed25519Jwk = writeJwk('Ed25519', rawKey(MULTIBASE));
  const p256Jwk = writeJwk('ES256', rawKey(P256));
  const kinds: [string, JsonObject, string][] = [
    ['Multikey', method(), 'Ed25519'],
    ['Multikey with P-256', method({ publicKeyMultibase: P256 }), 'ES256'],
    ['Ed25519VerificationKey2020', method({ type: 'Ed25519VerificationKey2020' }), 'Ed25519'],
    ['JsonWebKey', { id: ID, type: 'JsonWebKey', controller: CONTROLLER, publicKeyJwk: p256Jwk }, 'ES256'],
    ['JsonWebKey2020', { id: ID, type: 'JsonWebKey2020', controller: CONTROLLER, publicKeyJwk: ed25519Jwk }, 'Ed25519'],
    [
      'Ed25519VerificationKey2018',
      {
        id: ID,
        type: 'Ed25519VerificationKey2018',
        controller: CONTROLLER,
        publicKeyBase58: base58.encode(rawKey(MULTIBASE)),
      },
      'Ed25519',
    ],
  ];

  it.each(kinds)('of type %s is read', (_, key, algorithm) => {
    const reading = read(documentWith(key));
    expect(reading).toMatchObject({ ok: true, key: { algorithm } });
    if (reading.ok && algorithm === 'Ed25519') {
      expect(reading.key).toEqual({ algorithm, publicKeyMultibase: MULTIBASE, publicKeyJwk: ed25519Jwk });
    }
  });

  it('may be embedded where it is authorised, or described in both places alike', () => {
    expect(answer(read({ id: CONTROLLER, assertionMethod: [method()] }))).toBe('ok');
    expect(answer(read({ id: CONTROLLER, assertionMethod: method() }))).toBe('ok');
    expect(answer(read(documentWith(method(), { assertionMethod: [method()] })))).toBe('ok');
    const other = method({ publicKeyMultibase: P256 });
    expect(answer(read(documentWith(method(), { assertionMethod: [other] })))).toBe(`unknown-key ${INVALID}`);
    expect(answer(read({ ...documentWith(method()), verificationMethod: [method(), other] }))).toBe(
      `unknown-key ${INVALID}`,
    );
  });

  it('may be named relative to its document', () => {
    expect(answer(read(documentWith(method({ id: '#key-1' }), { assertionMethod: ['#key-1'] })))).toBe('ok');
  });

  it('counts only if it is listed for the purpose (V28)', () => {
    const refused = 'key-not-authorised INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD';
    const { assertionMethod: _, ...unlisted } = documentWith(method());
    expect(answer(read(unlisted))).toBe(refused);
    expect(answer(read({ ...unlisted, authentication: [ID] }))).toBe(refused);
    expect(answer(read({ ...unlisted, assertionMethod: [`${CONTROLLER}#key-2`, 7, null] }))).toBe(refused);
    const authentication = { ...unlisted, authentication: [ID] };
    const question = { controller: CONTROLLER, purpose: 'authentication', at: AT } as const;
    expect(answer(readVerificationMethod(authentication, ID, question))).toBe('ok');
  });

  it('is nobody’s unless the document is its controller’s own (V29, S11)', () => {
    expect(answer(read({ ...documentWith(method()), id: 'did:web:other.example' }))).toBe(
      `foreign-controller-document ${INVALID}`,
    );
    const { id: _, ...nameless } = documentWith(method());
    expect(answer(read(nameless))).toBe(`foreign-controller-document ${INVALID}`);
    for (const controller of ['did:web:other.example', [CONTROLLER], null]) {
      expect(answer(read(documentWith(method({ controller }))))).toBe(`foreign-key ${INVALID}`);
    }
    const { controller: __, ...uncontrolled } = method();
    expect(answer(read(documentWith(uncontrolled)))).toBe(`foreign-key ${INVALID}`);
  });

  it('counts only while it is in force (S11)', () => {
    expect(answer(read(documentWith(method({ expires: '2026-11-22T12:00:01Z' }))))).toBe('ok');
    expect(answer(read(documentWith(method({ revoked: '2026-11-22T12:00:01Z' }))))).toBe('ok');
    for (const time of ['2026-11-22T12:00:00Z', '2020-01-01T00:00:00Z', '2026-02-31T00:00:00Z', 'soon', 0, null]) {
      expect(answer(read(documentWith(method({ expires: time }))))).toBe(`key-expired ${INVALID}`);
      expect(answer(read(documentWith(method({ revoked: time }))))).toBe(`key-revoked ${INVALID}`);
    }
  });

  it('is not looked for among ten thousand (S11)', () => {
    const methods = Array.from({ length: 10_000 }, (_, index) => method({ id: `${CONTROLLER}#key-${index}` }));
    expect(answer(read({ ...documentWith(method()), verificationMethod: methods }))).toBe('too-complex too-complex');
    expect(answer(read({ ...documentWith(method()), assertionMethod: methods }))).toBe('too-complex too-complex');
    const hundred = methods.slice(0, 100);
    expect(answer(read({ ...documentWith(method()), verificationMethod: hundred }))).toBe('ok');
  });

  it('is never what its id merely spells out, nor what a strange id points to (V38)', () => {
    const document = documentWith(method());
    const strange = [
      `${CONTROLLER}#${MULTIBASE}`,
      `https://univ.example/#${MULTIBASE}`,
      `did:key:${MULTIBASE}#${MULTIBASE}`,
      `did:key:${MULTIBASE}`,
      CONTROLLER,
      '#key-1',
      'key-1',
      '',
      '../../etc/passwd',
      "' OR 1=1--",
      `${ID}${'a'.repeat(10_000)}`,
      '__proto__',
    ];
    for (const id of strange) expect(answer(read(document, id)), id.slice(0, 60)).toBe(`unknown-key ${INVALID}`);
  });

  it('is unusable when its key is not the one kind its type announces (V25)', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
    const small = writeMultikey('Ed25519', Uint8Array.of(1, ...new Uint8Array(31)));
    const unusable: Json[] = [
      method({ type: 'multikey' }),
      method({ type: ['Multikey'] }),
      method({ type: 'Bls12381G2Key2020' }),
      method({ type: 'Ed25519VerificationKey2020', publicKeyMultibase: P256 }),
      method({ type: 'JsonWebKey' }),
      method({ publicKeyMultibase: small }),
      method({ publicKeyMultibase: MULTIBASE.slice(0, -1) }),
      method({ publicKeyMultibase: [MULTIBASE] }),
      method({ publicKeyJwk: ed25519Jwk }),
      method({ secretKeyMultibase: 'z3u2' }),
      { id: ID, type: 'JsonWebKey', controller: CONTROLLER, publicKeyJwk: { ...ed25519Jwk, d: 'AA' } },
      { id: ID, type: 'JsonWebKey', controller: CONTROLLER, publicKeyJwk: { kty: 'RSA', n: rsa.n ?? '', e: 'AQAB' } },
      { id: ID, type: 'JsonWebKey', controller: CONTROLLER },
      { id: ID, type: 'Ed25519VerificationKey2018', controller: CONTROLLER, publicKeyBase58: MULTIBASE.slice(1) },
    ];
    for (const key of unusable) {
      expect(answer(read(documentWith(isJsonObject(key) ? key : {}))), JSON.stringify(key)).toBe(
        `unusable-key ${INVALID}`,
      );
    }
  });

  it('is not found in a document of any other shape', () => {
    for (const verificationMethod of [null, 7, 'key', {}, [null, 7, 'key', []], [{ id: 7 }]]) {
      expect(answer(read({ id: CONTROLLER, verificationMethod, assertionMethod: [ID] }))).toBe(
        `unknown-key ${INVALID}`,
      );
    }
  });
});

describe('a did:key', () => {
  const p384 = () => {
    const { x, y } = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' });
    const parity = (Buffer.from(y ?? '', 'base64url').at(-1) ?? 0) & 1;
    return writeMultikey('ES384', Uint8Array.of(2 + parity, ...Buffer.from(x ?? '', 'base64url')));
  };

  it.each([
    ['Ed25519', MULTIBASE],
    ['ES256', P256],
    ['ES384', p384()],
  ])('stands for a document with its one key: %s', (algorithm, multibase) => {
    const did = `did:key:${multibase}`;
    const document = deriveControllerDocument(did) ?? {};
    const named = read(document, `${did}#${multibase}`, did);
    expect(named).toMatchObject({ ok: true, key: { algorithm, publicKeyMultibase: multibase } });
    // Some issuers leave the fragment out.
    expect(read(document, did, did)).toEqual(named);
  });

  it('without its fragment speaks for itself only', () => {
    const did = `did:key:${MULTIBASE}`;
    const other = `did:key:${P256}`;
    const document = deriveControllerDocument(other) ?? {};
    expect(answer(read(document, did, other))).toBe(`unknown-key ${INVALID}`);
    expect(answer(read(deriveControllerDocument(did) ?? {}, did, other))).toBe(
      `foreign-controller-document ${INVALID}`,
    );
    expect(answer(read(deriveControllerDocument(did) ?? {}, `${did}#${P256}`, did))).toBe(`unknown-key ${INVALID}`);
    const two = { ...documentWith(method()), id: did, verificationMethod: [{}, {}] };
    expect(answer(read(two, did, did))).toBe(`unknown-key ${INVALID}`);
  });

  it('stands for nothing when its key is none, or not to be trusted (V25)', () => {
    const small = writeMultikey('Ed25519', Uint8Array.of(1, ...new Uint8Array(31)));
    for (const text of [
      '',
      'z',
      MULTIBASE.slice(1),
      `${MULTIBASE}0`,
      `${MULTIBASE}#x`,
      small,
      'z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc',
    ]) {
      expect(deriveControllerDocument(`did:key:${text}`), text).toBeUndefined();
    }
    expect(deriveControllerDocument(`DID:KEY:${MULTIBASE}`)).toBeUndefined();
    expect(deriveControllerDocument('did:web:univ.example')).toBeUndefined();
  });
});

describe('a did:jwk', () => {
  const didOf = (text: string) => `did:jwk:${Buffer.from(text).toString('base64url')}`;
  const p256 = JSON.stringify(writeJwk('ES256', rawKey(P256)));

  it('stands for a document with its one key, #0', () => {
    const did = didOf(p256);
    expect(read(deriveControllerDocument(did) ?? {}, `${did}#0`, did)).toMatchObject({
      ok: true,
      key: { algorithm: 'ES256', publicKeyMultibase: P256 },
    });
    expect(answer(read(deriveControllerDocument(did) ?? {}, did, did))).toBe(`unknown-key ${INVALID}`);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
    const rsaDid = didOf(JSON.stringify(rsa));
    expect(read(deriveControllerDocument(rsaDid) ?? {}, `${rsaDid}#0`, rsaDid)).toMatchObject({
      ok: true,
      key: { algorithm: 'RS256', publicKeyMultibase: undefined },
    });
  });

  it('stands for nothing when its text is no strict JSON Web Key', () => {
    const bad = [
      didOf(''),
      didOf('[]'),
      didOf(`${p256}x`),
      didOf(p256.replace('{', '{"kty":"OKP",')),
      didOf(p256.replace('}', ',"use":"enc"}')),
      didOf(p256.replace('}', ',"d":"AA"}')),
      didOf(p256.replace('}', ',"__proto__":{}}')),
      didOf(`${'['.repeat(1_000)}${']'.repeat(1_000)}`),
      `${didOf(p256)}=`,
      `did:jwk:${Buffer.from(p256).toString('base64').replaceAll('=', '')}+`,
      `did:jwk:${Buffer.from([0xff, 0xfe, 0x7b]).toString('base64url')}`,
      didOf(p256.replace('}', `,"x5c":"${'A'.repeat(5_000)}"}`)),
    ];
    for (const did of bad) expect(deriveControllerDocument(did), did.slice(0, 60)).toBeUndefined();
  });
});
