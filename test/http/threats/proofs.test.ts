import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/ports/json.js';
import { decodeBase58Multibase, encodeBase58Multibase } from '../../../src/proof/multibase.js';
import { writeMultikey } from '../../../src/proof/multikey.js';
import { FOREIGN_SUITES, signForeign, signSelectively } from '../../proof/foreign-badges.js';
import { publishedFor, theirs } from '../../verification/foreign.js';
import {
  CREATED,
  controllerDocument,
  fullBadge,
  ISSUER,
  listAt,
  objectAt,
  sign,
  signWith,
  withMember,
} from '../../verification/house.js';
import { badgeJwt, publishedWith, unsecured } from '../../verification/jwt/jwt-badge.js';
import { KEYS } from '../../verification/jwt/keys.js';
import { ISSUER_DOCUMENT, STRANGER, serve, withPages } from './served.js';

const served = serve();
const BROKEN = '200 invalid proof/signature-invalid CRYPTOGRAPHIC_SECURITY_ERROR';
const MALFORMED = '200 invalid proof/malformed-proof PROOF_VERIFICATION_ERROR';
const one = (options: JsonObject = {}, badge = fullBadge(), did = ISSUER) => signWith(badge, options, did);
const proofOf = (document: JsonObject): JsonObject =>
  objectAt({ proof: listAt(document, 'proof')[0] ?? null }, 'proof');

/** What is no text where the schema wants one is told by its check as well. */
const withoutSchema = (verdict: string) => verdict.replaceAll(/ schema\/schema| MALFORMED_VALUE_ERROR/g, '');

describe('the proof of a posted badge', () => {
  it.each([...FOREIGN_SUITES])('V13 V15 V24 V26 has a twin: %s is valid', async (suite) => {
    const badge = await signForeign(theirs(), suite, ISSUER);
    for (const form of ['Multikey', 'JsonWebKey'] as const) {
      withPages(served, { [ISSUER_DOCUMENT]: publishedFor(badge, form) });
      // Of a derived proof, what the holder left out cannot be seen.
      const expected = suite === 'ecdsa-sd-2023' ? '200 valid +shown-in-part' : '200 valid';
      expect(await served.verdict(badge.document)).toBe(expected);
    }
    expect(await served.verdict({ ...badge.document, name: 'Doctorat' })).toBe(BROKEN);
  });

  it.each<[string, Json | undefined, string]>([
    ['V13 absent', undefined, '200 invalid proof/no-proof no-proof'],
    ['V14 an empty list', [], '200 invalid proof/no-proof no-proof'],
    ['V14 null', null, '200 invalid proof/no-proof no-proof'],
    ['V14 a list of null', [null], MALFORMED],
    ['V14 an empty object', {}, MALFORMED],
    ['V14 a text', 'signed', MALFORMED],
    ['V14 a list in a list', [[{}]], MALFORMED],
  ])('%s is never valid but unsigned', async (_, proof, expected) => {
    const verdict = await served.verdict(withMember(await sign(fullBadge()), ['proof'], proof));
    expect(withoutSchema(verdict)).toBe(expected);
  });

  it('V13 an unsecured JWT is no better', async () => {
    withPages(served, { [ISSUER_DOCUMENT]: publishedWith(KEYS.ES256) });
    expect(await served.verdict(badgeJwt(), 'application/jwt')).toBe('200 valid');
    const verdict = await served.verdict(`${unsecured({ alg: 'none' })}.`, 'application/jwt');
    expect(verdict).toMatch(/^200 invalid proof\/jwt-algorithm .* no-proof$/);
  });

  it.each<[string, readonly (string | number)[], Json | undefined]>([
    ['V15 a changed claim', ['credentialSubject', 'creditsEarned'], 3],
    ['V15 a changed holder', ['credentialSubject', 'identifier', 1, 'identityHash'], 'Zoé Autre'],
    ['V15 a changed issuer name', ['issuer', 'name'], 'Université de Paris'],
    ['V15 a later end', ['validUntil'], '2046-11-22T09:30:15Z'],
    ['V15 a removed claim', ['credentialSubject', 'role'], undefined],
    ['V15 a removed status', ['credentialStatus'], undefined],
    ['V15 an added known claim', ['credentialSubject', 'licenseNumber'], 'A-1'],
    ['V15 an added end of the activity', ['credentialSubject', 'achievement', 'fieldOfStudy'], 'Médecine'],
  ])('%s breaks it, and nothing is shown', async (_, path, value) => {
    const changed = withMember(await sign(fullBadge()), path, value);
    expect(await served.verdict(changed)).toBe(BROKEN);
    const report = await served.report(changed);
    expect(report.credential).toBeNull();
    const after = report.checks.filter(({ id }) => ['status', 'validity', 'evidence'].includes(id));
    expect(after.map(({ state }) => state)).toEqual(['skipped', 'skipped', 'skipped']);
  });

  it.each<[string, JsonObject]>([
    ['unknown', { cryptosuite: 'eddsa-rdfc-2042' }],
    ['in capitals', { cryptosuite: 'EDDSA-RDFC-2022' }],
    ['in a list', { cryptosuite: ['eddsa-rdfc-2022'] }],
    ['null', { cryptosuite: null }],
    ['of an older name', { type: 'RsaSignature2018', cryptosuite: null }],
    ['of a name for something else', { type: '__proto__', cryptosuite: null }],
  ])('V24 a suite that is %s is not supported', async (_, change) => {
    const signed = await one();
    const verdict = await served.verdict({ ...signed, proof: [{ ...proofOf(signed), ...change }] });
    expect(withoutSchema(verdict)).toBe('200 invalid proof/unsupported-proof unsupported-proof');
  });

  it('V24 a suite that is missing is not guessed', async () => {
    const verdict = await served.verdict(withMember(await one(), ['proof', 0, 'cryptosuite'], undefined));
    expect(verdict).toBe('200 invalid proof/unsupported-proof unsupported-proof');
  });

  it('V24 a base proof, meant for its holder only, and an older type with a key not of its kind', async () => {
    const base = await signSelectively(theirs(), ISSUER);
    withPages(served, { [ISSUER_DOCUMENT]: publishedFor(base) });
    expect(await served.verdict(base.document)).toBe('200 invalid proof/unsupported-proof unsupported-proof');
    const p256 = await signForeign(theirs(), 'ecdsa-rdfc-2019 with P-256', ISSUER);
    withPages(served, { [ISSUER_DOCUMENT]: publishedFor(p256) });
    const { cryptosuite: _, ...proof } = p256.proof;
    const older = { ...p256.document, proof: { ...proof, type: 'Ed25519Signature2020' } };
    expect(await served.verdict(older)).toMatch(/^200 invalid .*key\/unusable-key.* INVALID_VERIFICATION_METHOD$/);
  });

  it.each<[string, string]>([
    ['P-256', 'zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169'],
    ['of 57 bytes', encodeBase58Multibase(Uint8Array.of(0xed, 0x01, ...new Uint8Array(57).fill(7)))],
    ['of small order', writeMultikey('Ed25519', Uint8Array.of(1, ...new Uint8Array(31)))],
    ['the neutral point in its other form', writeMultikey('Ed25519', Uint8Array.of(1, ...new Uint8Array(30), 0x80))],
    ['not canonical', writeMultikey('Ed25519', new Uint8Array(32).fill(0xff))],
  ])('V25 a key that is %s is refused before verifying', async (_, publicKeyMultibase) => {
    const controller = withMember(
      controllerDocument(),
      ['verificationMethod', 0, 'publicKeyMultibase'],
      publicKeyMultibase,
    );
    withPages(served, { [ISSUER_DOCUMENT]: controller });
    expect(await served.verdict(await sign(fullBadge()))).toMatch(
      /^200 invalid proof\/key-unavailable key\/unusable-key \S+ INVALID_VERIFICATION_METHOD$/,
    );
  });

  it.each<[string, Json]>([
    ['without its prefix', 'u3yXR'],
    ['in another alphabet', 'z0OIl'],
    ['of 63 bytes', encodeBase58Multibase(new Uint8Array(63).fill(1))],
    ['of 65 bytes', encodeBase58Multibase(new Uint8Array(65).fill(1))],
    ['empty', ''],
    ['a million characters long', `z${'1'.repeat(1_000_000)}`],
    ['a number', 7],
    ['in a list', ['z']],
  ])('V26 a proof value %s is malformed', async (_, proofValue) => {
    const verdict = await served.verdict(withMember(await one(), ['proof', 0, 'proofValue'], proofValue));
    expect(withoutSchema(verdict)).toBe(MALFORMED);
  });

  it('V27 a malleated signature is refused', async () => {
    const signed = await one();
    const signature = decodeBase58Multibase(String(proofOf(signed)['proofValue'])) ?? new Uint8Array();
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    let s = signature.subarray(32).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + order;
    for (let index = 32; index < 64; index += 1) {
      signature[index] = Number(s & 255n);
      s >>= 8n;
    }
    const malleated = withMember(signed, ['proof', 0, 'proofValue'], encodeBase58Multibase(signature));
    expect(await served.verdict(signed)).toBe('200 valid');
    expect(await served.verdict(malleated)).toBe(BROKEN);
  });

  it('V28 a proof made for authentication, and a key that may do nothing else, say nothing about a badge', async () => {
    expect(await served.verdict(await one({ proofPurpose: 'authentication' }))).toBe(
      '200 invalid proof/wrong-proof-purpose INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD',
    );
    const { assertionMethod = [], ...rest } = controllerDocument();
    withPages(served, { [ISSUER_DOCUMENT]: { ...rest, authentication: assertionMethod } });
    expect(await served.verdict(await one())).toMatch(
      /^200 invalid .*key\/key-not-authorised .*INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD$/,
    );
  });

  it('V29 a stranger’s good signature under the issuer’s name is refused, both being known', async () => {
    expect(await served.verdict(await one({}, fullBadge(), STRANGER))).toBe(
      '200 invalid proof/issuer-mismatch issuer-mismatch',
    );
    const { credentialStatus: _, ...badge } = fullBadge();
    const own = { ...badge, issuer: { id: STRANGER, type: ['Profile'], name: 'Autre' } };
    expect(await served.verdict(await one({}, own, STRANGER))).toBe('200 valid');
  });

  it.each<[string, Json | undefined]>([
    ['absent', undefined],
    ['null', null],
    ['an empty object', {}],
    ['a list', [{ id: ISSUER, type: ['Profile'] }]],
    ['javascript:', { id: 'javascript:alert(1)', type: ['Profile'] }],
    ['plain http', { id: 'http://univ.example/', type: ['Profile'] }],
    ['an address with a password', { id: 'https://a:b@univ.example/', type: ['Profile'] }],
    ['a number', 7],
  ])('V30 an issuer that is %s is malformed', async (_, issuer) => {
    const verdict = await served.verdict(withMember(await one(), ['issuer'], issuer));
    expect(verdict).toMatch(/^200 invalid .*issuer\/malformed-issuer.* MALFORMED_VALUE_ERROR/);
    expect(served.internet.dialled).toEqual([]);
  });

  it('V31 a proof from the future, or past its end, is refused; within the skew it is not', async () => {
    const signed = await one();
    served.clock.advanceSeconds(-60 - 299);
    expect(await served.verdict(signed)).toBe('200 valid');
    served.clock.advanceSeconds(-2);
    expect(await served.verdict(signed)).toMatch(/^200 invalid proof\/proof-in-future .*PROOF_VERIFICATION_ERROR/);
    served.clock.advanceSeconds(60 + 301);
    const ending = await one({ expires: '2026-11-22T10:00:00Z' });
    expect(await served.verdict(ending)).toBe('200 valid');
    served.clock.advanceSeconds((Date.parse('2026-11-22T10:00:00Z') - served.clock.now()) / 1000);
    expect(await served.verdict(ending)).toBe('200 invalid proof/proof-expired PROOF_VERIFICATION_ERROR');
  });

  it('V32 of several proofs, one of the issuer’s must hold and none may fail', async () => {
    const badge = fullBadge();
    const own = proofOf(await one());
    const foreign = proofOf(await one({}, badge, STRANGER));
    const bad = proofOf(await one({}, { ...badge, name: 'Autre' }));
    const unknown = { ...own, cryptosuite: 'bbs-2023', proofValue: 'u2V0' };
    const cases: [readonly JsonObject[], string][] = [
      [[foreign, bad], BROKEN],
      [[own, bad], BROKEN],
      [[bad, own], BROKEN],
      [[foreign], '200 invalid proof/issuer-mismatch issuer-mismatch'],
      [[foreign, own], '200 valid'],
      [[own, unknown], '200 valid +unsupported-proof'],
      [[unknown, foreign], '200 invalid proof/unsupported-proof unsupported-proof'],
      [Array.from({ length: 11 }, () => own), '200 invalid proof/too-complex too-complex'],
    ];
    for (const [proof, expected] of cases) {
      const verdict = await served.verdict({ ...badge, proof });
      expect(verdict.replace(/ key\/\S+/, '')).toBe(expected);
    }
  });

  it.each<[string, Json]>([
    ['V33 a previous proof that is not there', 'urn:uuid:6a1f0000-0000-4000-8000-000000000000'],
    ['V33 itself as previous proof', 'urn:uuid:11111111-1111-4111-8111-111111111111'],
    ['V33 a previous proof without a name', ''],
    ['V33 a previous proof that is none', { id: 'urn:uuid:11111111-1111-4111-8111-111111111111' }],
  ])('%s is refused', async (_, previousProof) => {
    const signed = await one({ id: 'urn:uuid:11111111-1111-4111-8111-111111111111' });
    expect(await served.verdict(signed)).toBe('200 valid');
    const verdict = await served.verdict(withMember(signed, ['proof', 0, 'previousProof'], previousProof));
    expect(verdict).toMatch(/^200 invalid proof\/\S+ PROOF_VERIFICATION_ERROR$/);
  });

  it('V33 two proofs that each follow the other are refused', async () => {
    const [first, second] = ['urn:uuid:1', 'urn:uuid:2'];
    const [one_, two] = [
      proofOf(await one({ id: first, previousProof: second })),
      proofOf(await one({ id: second, previousProof: first })),
    ];
    expect(await served.verdict({ ...fullBadge(), proof: [one_, two] })).toMatch(
      /^200 invalid proof\/\S+ PROOF_VERIFICATION_ERROR$/,
    );
  });

  it('V34 a domain or a challenge that was not signed breaks the proof, one that was is the issuer’s own affair', async () => {
    const signed = await one();
    for (const member of ['domain', 'challenge', 'nonce']) {
      expect(await served.verdict(withMember(signed, ['proof', 0, member], 'evil.example'))).toBe(BROKEN);
      expect(await served.verdict(await one({ [member]: 'univ.example' }))).toBe('200 valid');
    }
  });

  it('knows when the badges of these tests were signed', () => {
    expect(served.clock.now()).toBe(CREATED + 60_000);
  });
});
