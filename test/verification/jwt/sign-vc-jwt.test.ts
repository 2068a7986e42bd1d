import { compactVerify, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { generateKeyPair } from '../../../src/keys/key-pair.js';
import { createKeySigner } from '../../../src/keys/key-signer.js';
import type { JsonObject } from '../../../src/ports/json.js';
import type { SigningKey } from '../../../src/ports/signer.js';
import { readMultibaseKey } from '../../../src/proof/jwk.js';
import { readCompactJws } from '../../../src/verification/inputs/compact-jws.js';
import { decodeVcJwt } from '../../../src/verification/jwt/decode-vc-jwt.js';
import { signVcJwt } from '../../../src/verification/jwt/sign-vc-jwt.js';
import { verifyJwsSignature } from '../../../src/verification/jwt/verify-jws-signature.js';
import { ISSUER, sampleBadge } from '../../proof/badge.js';
import { withMember } from '../house.js';

const pair = generateKeyPair('ES256');
const signer = createKeySigner((multibase) => (multibase === pair.publicKeyMultibase ? pair : undefined));
const key: SigningKey = {
  issuer: 'test',
  algorithm: 'ES256',
  publicKeyMultibase: pair.publicKeyMultibase,
  verificationMethod: `${ISSUER}#${pair.publicKeyMultibase}`,
};
const HOLDER = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
const bound = withMember(sampleBadge(), ['credentialSubject', 'id'], HOLDER);
const signed = (credential: JsonObject) => signVcJwt({ credential, key, signer });

describe('signing a VC-JWT', () => {
  it('carries the badge and the claims Open Badges asks for, under a header of three members', async () => {
    const reading = readCompactJws(await signed({ ...bound, validUntil: '2036-11-22T09:30:15Z' }));
    if (reading.kind !== 'jws') throw new Error(reading.finding.code);
    const { header, payload } = reading.jws;
    expect(header).toEqual({ alg: 'ES256', typ: 'JWT', kid: key.verificationMethod });
    expect(payload).toEqual({
      ...bound,
      validUntil: '2036-11-22T09:30:15Z',
      iss: ISSUER,
      jti: bound['id'],
      sub: HOLDER,
      nbf: Date.parse('2026-11-22T09:30:15Z') / 1_000,
      exp: Date.parse('2036-11-22T09:30:15Z') / 1_000,
    });
  });

  it('verifies here, and with a library that knows nothing of badges', async () => {
    const compact = await signed(bound);
    const reading = readCompactJws(compact);
    const publicKey = readMultibaseKey(pair.publicKeyMultibase);
    if (reading.kind !== 'jws' || !publicKey.ok) throw new Error('unreadable');
    const decoded = decodeVcJwt(reading.jws);
    expect(decoded).toMatchObject({ ok: true, vcJwt: { credential: bound, key: { id: key.verificationMethod } } });
    const finding = await verifyJwsSignature({ jws: reading.jws, key: publicKey.key, method: key.verificationMethod });
    expect(finding.state).toBe('pass');
    await expect(
      compactVerify(compact, await importJWK({ ...publicKey.key.publicKeyJwk }, 'ES256')),
    ).resolves.toBeDefined();
  });

  it.each([
    ['is bound to nobody', sampleBadge(), 'not-bound'],
    ['has no id', withMember(bound, ['id'], undefined), 'credential'],
    ['has no issuer', withMember(bound, ['issuer'], undefined), 'credential'],
    ['has no date', withMember(bound, ['validFrom'], undefined), 'credential'],
    ['has a date without zone', withMember(bound, ['validFrom'], '2026-11-22T09:30:15'), 'credential'],
    ['ends on no date', withMember(bound, ['validUntil'], 'never'), 'credential'],
    ['brings claims of its own', withMember(bound, ['exp'], 1), 'credential'],
    ['holds another under vc', withMember(bound, ['vc'], {}), 'credential'],
    ['is of VCDM 1.1', withMember(bound, ['@context', 0], 'https://www.w3.org/2018/credentials/v1'), 'credential'],
    ['is of another issuer', withMember(bound, ['issuer', 'id'], 'did:web:other.example'), 'key'],
    ['is nested too deep', withMember(bound, ['name'], JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`)), 'credential'],
  ])('refuses a badge that %s, and asks no signer', async (_, credential, reason) => {
    const never = { ...signer, sign: () => Promise.reject(new Error('asked')) };
    await expect(signVcJwt({ credential, key, signer: never })).rejects.toMatchObject({
      code: 'unsignable-jwt',
      reason,
    });
  });

  it('refuses an Ed25519 key, which other verifiers do not accept in a JWT', async () => {
    await expect(signVcJwt({ credential: bound, key: { ...key, algorithm: 'Ed25519' }, signer })).rejects.toMatchObject(
      { reason: 'key' },
    );
  });
});
