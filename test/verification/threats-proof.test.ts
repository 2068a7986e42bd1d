import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../src/ports/json.js';
import { decodeBase58Multibase, encodeBase58Multibase } from '../../src/proof/multibase.js';
import { writeMultikey } from '../../src/proof/multikey.js';
import { fixedKey } from '../proof/badge.js';
import {
  CREATED,
  check,
  controllerDocument,
  fullBadge,
  ISSUER,
  listAt,
  objectAt,
  problems,
  sign,
  signWith,
  verify,
  withMember,
} from './house.js';

const STRANGER = 'did:web:stranger.example';
const METHOD = fixedKey().key.verificationMethod;

async function proofsOf(document: JsonObject): Promise<JsonObject[]> {
  return listAt(document, 'proof').filter(isJsonObject);
}

describe('the proof of a badge', () => {
  it.each<[string, Json | undefined, string]>([
    ['V13: absent', undefined, 'no-proof'],
    ['V14: an empty list', [], 'no-proof'],
    ['V14: null', null, 'no-proof'],
    ['V14: an empty object', {}, 'PROOF_VERIFICATION_ERROR'],
    ['V14: a text', 'signed', 'PROOF_VERIFICATION_ERROR'],
  ])('%s is never "valid but unsigned"', async (_, proof, problem) => {
    const report = await verify(withMember(await sign(fullBadge()), ['proof'], proof));
    expect(report).toMatchObject({ verified: false, outcome: 'invalid', credential: null });
    expect(problems(report)).toContain(problem);
  });

  it('more than ten proofs are too many', async () => {
    const signed = await sign(fullBadge());
    const [proof = null] = listAt(signed, 'proof');
    const report = await verify({ ...signed, proof: Array.from({ length: 11 }, () => proof) });
    expect(problems(report)).toContain('too-complex');
  });

  it('V15: a changed, a removed and an added claim break the signature', async () => {
    const signed = await sign(fullBadge());
    const altered = [
      withMember(signed, ['credentialSubject', 'creditsEarned'], 3),
      withMember(signed, ['credentialSubject', 'role'], undefined),
      withMember(signed, ['credentialSubject', 'licenseNumber'], 'A-1'),
    ];
    for (const document of altered) {
      const report = await verify(document);
      expect(check(report, 'proof')).toEqual({ state: 'fail', code: 'signature-invalid' });
      expect(problems(report)).toEqual(['CRYPTOGRAPHIC_SECURITY_ERROR', 'CRYPTOGRAPHIC_SECURITY_ERROR']);
      expect(report.credential).toBeNull();
      expect(check(report, 'status')).toEqual({ state: 'skipped', code: 'precondition-failed' });
      expect(check(report, 'validity')).toEqual({ state: 'skipped', code: 'precondition-failed' });
    }
  });

  it('V23: a poisoned graph is given up within a second', async () => {
    const nodes = Array.from({ length: 10 }, (_, index) => `_:n${index}`);
    const evidence = nodes.map((id) => ({ id, type: ['Evidence'], image: nodes.filter((other) => other !== id) }));
    const signed = { ...(await sign(fullBadge(), { suites: ['eddsa-rdfc-2022'] })), evidence };
    const started = performance.now();
    const report = await verify(signed);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(check(report, 'proof')).toEqual({ state: 'fail', code: 'proof-too-complex' });
    expect(problems(report)).toContain('too-complex');
  });

  it.each<[string, Json | undefined]>([
    ['unknown', 'eddsa-rdfc-2042'],
    ['in capitals', 'EDDSA-RDFC-2022'],
    ['a list', ['eddsa-rdfc-2022']],
    ['absent', undefined],
  ])('V24: a suite that is %s is not supported', async (_, cryptosuite) => {
    const signed = await sign(fullBadge(), { suites: ['eddsa-rdfc-2022'] });
    const report = await verify(withMember(signed, ['proof', 0, 'cryptosuite'], cryptosuite));
    expect(report.outcome).toBe('invalid');
    expect(check(report, 'proof').state).toBe('fail');
    expect(cryptosuite === undefined || problems(report).includes('unsupported-proof')).toBe(true);
  });

  it.each<[string, string]>([
    ['P-256', 'zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169'],
    ['of 57 bytes', encodeBase58Multibase(Uint8Array.of(0xed, 0x01, ...new Uint8Array(57).fill(7)))],
    ['of small order', writeMultikey('Ed25519', Uint8Array.of(1, ...new Uint8Array(31)))],
    ['not canonical', writeMultikey('Ed25519', new Uint8Array(32).fill(0xff))],
  ])('V25: a key that is %s is refused before verifying', async (_, publicKeyMultibase) => {
    const controller = withMember(
      controllerDocument(),
      ['verificationMethod', 0, 'publicKeyMultibase'],
      publicKeyMultibase,
    );
    const report = await verify(await sign(fullBadge()), { world: { controllers: { [ISSUER]: controller } } });
    expect(check(report, 'key')).toEqual({ state: 'fail', code: 'unusable-key' });
    expect(check(report, 'proof')).toEqual({ state: 'unknown', code: 'key-unavailable' });
    expect(problems(report)).toContain('INVALID_VERIFICATION_METHOD');
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });

  it.each<[string, Json]>([
    ['without its prefix', 'u3yXR'],
    ['in another alphabet', 'z0OIl'],
    ['of 63 bytes', encodeBase58Multibase(new Uint8Array(63).fill(1))],
    ['of 65 bytes', encodeBase58Multibase(new Uint8Array(65).fill(1))],
    ['empty', ''],
    ['a million characters long', `z${'1'.repeat(1_000_000)}`],
    ['a number', 7],
  ])('V26: a proof value %s is malformed', async (_, proofValue) => {
    const signed = await sign(fullBadge());
    const report = await verify(withMember(signed, ['proof', 0, 'proofValue'], proofValue));
    expect(check(report, 'proof')).toEqual({ state: 'fail', code: 'malformed-proof' });
    expect(problems(report)).toContain('PROOF_VERIFICATION_ERROR');
  });

  it('V27: a malleated signature is refused', async () => {
    const signed = await sign(fullBadge(), { suites: ['eddsa-rdfc-2022'] });
    const [proof = {}] = await proofsOf(signed);
    const signature = decodeBase58Multibase(String(proof['proofValue'])) ?? new Uint8Array();
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    let s = signature.subarray(32).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + order;
    for (let index = 32; index < 64; index += 1) {
      signature[index] = Number(s & 255n);
      s >>= 8n;
    }
    const report = await verify(withMember(signed, ['proof', 0, 'proofValue'], encodeBase58Multibase(signature)));
    expect(problems(report)).toEqual(['CRYPTOGRAPHIC_SECURITY_ERROR']);
  });

  it('V28: a proof for authentication says nothing about a badge', async () => {
    const report = await verify(await signWith(fullBadge(), { proofPurpose: 'authentication' }));
    expect(check(report, 'proof')).toEqual({ state: 'fail', code: 'wrong-proof-purpose' });
    expect(problems(report)).toContain('INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD');
  });

  it('V28: a key listed only for authentication may not sign badges', async () => {
    const { assertionMethod, ...rest } = controllerDocument();
    const controller = { ...rest, authentication: assertionMethod ?? [] };
    const report = await verify(await sign(fullBadge()), { world: { controllers: { [ISSUER]: controller } } });
    expect(check(report, 'key')).toEqual({ state: 'fail', code: 'key-not-authorised' });
    expect(problems(report)).toContain('INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD');
    expect(report.credential).toBeNull();
  });

  it('V29: a badge signed by somebody else than its issuer is refused, both being known', async () => {
    const signed = await sign(fullBadge(), { did: STRANGER });
    const controllers = { [ISSUER]: controllerDocument(), [STRANGER]: controllerDocument(STRANGER) };
    const report = await verify(signed, { world: { controllers } });
    expect(check(report, 'proof')).toEqual({ state: 'fail', code: 'issuer-mismatch' });
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });

  it.each<[string, Json | undefined]>([
    ['absent', undefined],
    ['an empty object', {}],
    ['a list', [{ id: ISSUER }]],
    ['javascript:', { id: 'javascript:alert(1)', type: ['Profile'] }],
    ['plain http', { id: 'http://univ.example/', type: ['Profile'] }],
    ['an address with a password', { id: 'https://a:b@univ.example/', type: ['Profile'] }],
  ])('V30: an issuer that is %s is malformed', async (_, issuer) => {
    const report = await verify(withMember(await sign(fullBadge()), ['issuer'], issuer));
    expect(check(report, 'issuer')).toEqual({ state: 'fail', code: 'malformed-issuer' });
    expect(problems(report)).toContain('MALFORMED_VALUE_ERROR');
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });

  it('V31: a proof from the future is refused beyond 300 seconds', async () => {
    const signed = await sign(fullBadge());
    const created = Date.parse('2026-11-22T09:30:15Z');
    const late = await verify(signed, { now: created - 301_000 });
    expect(check(late, 'proof')).toEqual({ state: 'fail', code: 'proof-in-future' });
    expect(problems(late)).toContain('PROOF_VERIFICATION_ERROR');
    expect((await verify(signed, { now: created - 299_000 })).outcome).toBe('valid');
  });

  it('V31: a proof past its end is refused', async () => {
    const signed = await signWith(fullBadge(), { expires: '2026-11-22T10:00:00Z' });
    expect((await verify(signed)).outcome).toBe('valid');
    const report = await verify(signed, { now: Date.parse('2026-11-22T10:00:00Z') });
    expect(check(report, 'proof')).toEqual({ state: 'fail', code: 'proof-expired' });
    expect(problems(report)).toContain('PROOF_VERIFICATION_ERROR');
  });

  it('V32: a good proof of a stranger does not make up for a bad one of the issuer', async () => {
    const badge = fullBadge();
    const [own = {}] = await proofsOf(await sign(badge, { suites: ['eddsa-rdfc-2022'] }));
    const [foreign = {}] = await proofsOf(await sign(badge, { suites: ['eddsa-rdfc-2022'], did: STRANGER }));
    const [bad = {}] = await proofsOf(await sign({ ...badge, name: 'Autre' }, { suites: ['eddsa-rdfc-2022'] }));
    const controllers = { [ISSUER]: controllerDocument(), [STRANGER]: controllerDocument(STRANGER) };
    const world = { controllers };
    expect((await verify({ ...badge, proof: [foreign, bad] }, { world })).outcome).toBe('invalid');
    expect((await verify({ ...badge, proof: [own, bad] }, { world })).outcome).toBe('invalid');
    expect((await verify({ ...badge, proof: [foreign, own] }, { world })).outcome).toBe('valid');
  });

  it('V32: a proof in an unknown suite is a warning beside one that holds', async () => {
    const signed = await sign(fullBadge(), { suites: ['eddsa-rdfc-2022'] });
    const other = { type: 'DataIntegrityProof', cryptosuite: 'bbs-2023', verificationMethod: METHOD };
    const report = await verify({ ...signed, proof: [...listAt(signed, 'proof'), other] });
    expect(report.outcome).toBe('valid');
    expect(report.warnings).toMatchObject([{ code: 'unsupported-proof', pointer: '/proof/1' }]);
  });

  it.each<[string, Json]>([
    ['a proof that is not there', 'urn:uuid:6a1f0000-0000-4000-8000-000000000000'],
    ['itself', 'urn:uuid:11111111-1111-4111-8111-111111111111'],
  ])('V33: a previous proof that is %s is refused', async (_, previousProof) => {
    const signed = await signWith(fullBadge(), { id: 'urn:uuid:11111111-1111-4111-8111-111111111111' });
    expect((await verify(signed)).outcome).toBe('valid');
    const report = await verify(withMember(signed, ['proof', 0, 'previousProof'], previousProof));
    expect(problems(report)).toContain('PROOF_VERIFICATION_ERROR');
  });

  it('a key spelt out in the proof is nobody’s when the issuer does not publish it', async () => {
    const empty = { ...controllerDocument(), verificationMethod: [], assertionMethod: [] };
    const report = await verify(await sign(fullBadge()), { world: { controllers: { [ISSUER]: empty } } });
    expect(check(report, 'key')).toEqual({ state: 'fail', code: 'unknown-key' });
    expect(report.outcome).toBe('invalid');
  });
});

describe('the controller document of the issuer', () => {
  it.each<[string, (document: JsonObject) => JsonObject, string]>([
    ['is another’s', (document) => ({ ...document, id: STRANGER }), 'foreign-controller-document'],
    [
      'gives the key to another',
      (document) => withMember(document, ['verificationMethod', 0, 'controller'], STRANGER),
      'foreign-key',
    ],
    [
      'revoked the key',
      (document) => withMember(document, ['verificationMethod', 0, 'revoked'], '2026-01-01T00:00:00Z'),
      'key-revoked',
    ],
    [
      'let the key expire',
      (document) => withMember(document, ['verificationMethod', 0, 'expires'], '2026-01-01T00:00:00Z'),
      'key-expired',
    ],
    [
      'states an end that is no date',
      (document) => withMember(document, ['verificationMethod', 0, 'revoked'], 'yesterday'),
      'key-revoked',
    ],
    [
      'names the key twice',
      (document) => ({
        ...document,
        verificationMethod: [...listAt(document, 'verificationMethod'), ...listAt(document, 'verificationMethod')],
      }),
      'unknown-key',
    ],
    [
      'writes the key otherwise',
      (document) => withMember(document, ['verificationMethod', 0, 'type'], 'JsonWebKey'),
      'unusable-key',
    ],
    [
      'holds 10,000 keys',
      (document) => ({
        ...document,
        verificationMethod: Array.from({ length: 10_000 }, (_, index) => ({ id: `#${index}` })),
      }),
      'too-complex',
    ],
  ])('S11: that %s proves nothing', async (_, change, code) => {
    const controllers = { [ISSUER]: change(controllerDocument()) };
    const report = await verify(await sign(fullBadge()), { world: { controllers } });
    expect(check(report, 'key')).toEqual({ state: 'fail', code });
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });

  it.each<[string, (document: JsonObject) => JsonObject]>([
    ['names its key relatively', (document) => relative(document)],
    ['embeds its key under assertionMethod', (document) => embedded(document)],
    [
      'retires the key later',
      (document) => withMember(document, ['verificationMethod', 0, 'expires'], '2030-01-01T00:00:00Z'),
    ],
  ])('that %s proves as much', async (_, change) => {
    const controllers = { [ISSUER]: change(controllerDocument()) };
    expect((await verify(await sign(fullBadge()), { world: { controllers } })).outcome).toBe('valid');
  });

  it('that cannot be had leaves the answer open', async () => {
    const report = await verify(await sign(fullBadge()), { world: { controllers: {} } });
    expect(check(report, 'issuer')).toEqual({ state: 'unknown', code: 'did-unresolved' });
    expect(check(report, 'proof')).toEqual({ state: 'unknown', code: 'key-unavailable' });
    expect(report).toMatchObject({ verified: false, outcome: 'indeterminate', credential: null });
  });

  it('is asked for once', async () => {
    const asked: string[] = [];
    await verify(await sign(fullBadge()), { world: { asked }, now: CREATED });
    expect(asked.filter((id) => id === ISSUER)).toHaveLength(1);
  });
});

function relative(document: JsonObject): JsonObject {
  const [method = null] = listAt(document, 'verificationMethod');
  const id = METHOD.slice(ISSUER.length);
  return { ...document, verificationMethod: [{ ...(isJsonObject(method) ? method : {}), id }], assertionMethod: [id] };
}

function embedded(document: JsonObject): JsonObject {
  const [method = null] = listAt(document, 'verificationMethod');
  return { ...document, verificationMethod: [], assertionMethod: [method] };
}

describe('the subject', () => {
  it('needs an id or an identifier, which the schema does not ask for', async () => {
    const badge = fullBadge();
    const report = await verify(await sign(withMember(badge, ['credentialSubject', 'identifier'], undefined)));
    expect(check(report, 'schema').state).toBe('pass');
    expect(check(report, 'subject')).toEqual({ state: 'fail', code: 'no-recipient' });
    const wallet = withMember(
      withMember(badge, ['credentialSubject', 'identifier'], undefined),
      ['credentialSubject', 'id'],
      'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH',
    );
    expect((await verify(await sign(wallet))).outcome).toBe('valid');
  });

  it.each<[string, readonly (string | number)[], Json, string]>([
    [
      'a result of no description',
      ['credentialSubject', 'result', 0, 'resultDescription'],
      'urn:none',
      'unknown-reference',
    ],
    ['a level of no description', ['credentialSubject', 'result', 0, 'achievedLevel'], 'urn:none', 'unknown-reference'],
    ['a value beyond the scale', ['credentialSubject', 'result', 2, 'value'], '301', 'value-out-of-range'],
    ['a value that is no number', ['credentialSubject', 'result', 2, 'value'], 'many', 'value-out-of-range'],
    [
      'a required level of no description',
      ['credentialSubject', 'achievement', 'resultDescription', 0, 'requiredLevel'],
      'urn:none',
      'unknown-reference',
    ],
    [
      'a value that is not provided for',
      ['credentialSubject', 'achievement', 'resultDescription', 2, 'allowedValue'],
      ['10', '20'],
      'value-not-allowed',
    ],
    [
      'a status that is not stated',
      ['credentialSubject', 'achievement', 'resultDescription', 2, 'resultType'],
      'Status',
      'missing-result-status',
    ],
  ])('%s is refused although the signature holds', async (_, path, value, code) => {
    const report = await verify(await sign(withMember(fullBadge(), path, value)));
    expect(check(report, 'proof').state).toBe('pass');
    expect(check(report, 'subject')).toEqual({ state: 'fail', code });
    expect(report.outcome).toBe('invalid');
  });

  it.each(['0', '300', '62,5', '-0'])('a value on the scale, %s, passes', async (value) => {
    const badge = withMember(fullBadge(), ['credentialSubject', 'result', 2, 'value'], value);
    expect((await verify(await sign(badge))).outcome).toBe('valid');
  });

  it('two descriptions of one id are refused', async () => {
    const badge = fullBadge();
    const first = objectAt(objectAt(badge, 'credentialSubject'), 'achievement');
    const [description = null] = listAt(first, 'resultDescription');
    const again = [...listAt(first, 'resultDescription'), description];
    const path = ['credentialSubject', 'achievement', 'resultDescription'];
    expect(check(await verify(await sign(withMember(badge, path, again))), 'subject').code).toBe('ambiguous-reference');
  });

  it('more credits than the activity is worth are a warning', async () => {
    const report = await verify(await sign(withMember(fullBadge(), ['credentialSubject', 'creditsEarned'], 4)));
    expect(report.outcome).toBe('valid');
    expect(report.warnings.map(({ code }) => code)).toEqual(['credits-exceed']);
  });
});

describe('the schema', () => {
  it.each<[string, readonly (string | number)[], Json | undefined]>([
    ['an achievement without a name', ['credentialSubject', 'achievement', 'name'], undefined],
    ['a status list of two entries', ['credentialStatus'], []],
    ['an image written as a text', ['image'], 'https://badges.univ.example/image.png'],
    ['a day instead of a moment', ['awardedDate'], '2026-06-24'],
    ['one evidence piece without its list', ['evidence'], { type: ['Evidence'], name: 'Rapport' }],
  ])('refuses %s', async (_, path, value) => {
    const badge = fullBadge();
    const status = objectAt(badge, 'credentialStatus');
    const signed = await sign(
      withMember(badge, path, path[0] === 'credentialStatus' ? [status, { ...status, id: `${status['id']}2` }] : value),
    );
    const report = await verify(signed);
    expect(check(report, 'schema')).toEqual({ state: 'fail', code: 'schema' });
    expect(report.outcome).toBe('invalid');
  });

  it('knows the forms that later versions of the standard allow', async () => {
    const badge = withMember(fullBadge(), ['credentialStatus', 'id'], undefined);
    const compact = withMember(
      withMember(badge, ['credentialSubject', 'type'], 'AchievementSubject'),
      ['credentialSchema'],
      listAt(badge, 'credentialSchema')[0],
    );
    const report = await verify(await sign(compact));
    expect(check(report, 'schema')).toEqual({ state: 'pass', code: null });
    expect(report.outcome).toBe('valid');
  });

  it('does not take another credential for a badge', async () => {
    const report = await verify(
      await sign({ ...fullBadge(), type: ['VerifiableCredential', 'EndorsementCredential'] }),
    );
    expect(check(report, 'type')).toEqual({ state: 'fail', code: 'missing-type' });
    expect(report.outcome).toBe('invalid');
  });
});
