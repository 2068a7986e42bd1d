import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/ports/json.js';
import { deriveControllerDocument } from '../../src/verification/controllers/derived-document.js';
import { fixedKey } from '../proof/badge.js';
import { FOREIGN_SUITES, MANDATORY, SHOWN, signForeign, signSelectively } from '../proof/foreign-badges.js';
import { publishedFor, theirs } from './foreign.js';
import { check, controllerDocument, ISSUER, problems, signWith, verify, withMember } from './house.js';

const world = (document: JsonObject, did = ISSUER) => ({ world: { controllers: { [did]: document } } });

describe.each(FOREIGN_SUITES)('a badge signed elsewhere with %s', (suite) => {
  it.each(['Multikey', 'JsonWebKey'] as const)('is valid under a key published as %s', async (form) => {
    const badge = await signForeign(theirs(), suite, ISSUER);
    const report = await verify(badge.document, world(publishedFor(badge, form)));
    expect(report).toMatchObject({ outcome: 'valid', problemDetails: [] });
    // Of a derived proof, what the holder left out cannot be seen.
    expect(report.warnings.map(({ code }) => code)).toEqual(suite === 'ecdsa-sd-2023' ? ['shown-in-part'] : []);
    expect(report.credential).toMatchObject({ name: 'Engagement étudiant', issuer: { id: ISSUER } });
  });

  it('V15: is invalid once a word is changed, and shows nothing', async () => {
    const badge = await signForeign(theirs(), suite, ISSUER);
    const changed = withMember(badge.document, ['name'], 'Doctorat');
    const report = await verify(changed, world(publishedFor(badge, 'Multikey')));
    expect(check(report, 'proof')).toEqual({ state: 'fail', code: 'signature-invalid' });
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });

  it('V25: is invalid under a key of another kind in the place of its own', async () => {
    const badge = await signForeign(theirs(), suite, ISSUER);
    const other = await signForeign(
      theirs(),
      suite.startsWith('eddsa') ? 'ecdsa-rdfc-2019 with P-256' : 'eddsa-rdfc-2022',
    );
    const substituted = publishedFor({ ...badge, publicKeyMultibase: other.publicKeyMultibase }, 'Multikey');
    const report = await verify(badge.document, world(substituted));
    expect(check(report, 'key')).toEqual({ state: 'fail', code: 'unusable-key' });
    expect(problems(report)).toContain('INVALID_VERIFICATION_METHOD');
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });
});

describe('a key of an older type', () => {
  it('verifies Ed25519 as Ed25519VerificationKey2020', async () => {
    const badge = await signForeign(theirs(), 'eddsa-rdfc-2022', ISSUER);
    const report = await verify(badge.document, world(publishedFor(badge, 'Ed25519VerificationKey2020')));
    expect(report.outcome).toBe('valid');
  });

  it('V25: is refused where the type is not for that kind of key', async () => {
    const badge = await signForeign(theirs(), 'ecdsa-rdfc-2019 with P-256', ISSUER);
    const report = await verify(badge.document, world(publishedFor(badge, 'Ed25519VerificationKey2020')));
    expect(check(report, 'key')).toEqual({ state: 'fail', code: 'unusable-key' });
    expect(report.outcome).toBe('invalid');
  });
});

describe('an issuer that is its own key', () => {
  it('is verified under the document its did:key stands for', async () => {
    const did = `did:key:${fixedKey().key.publicKeyMultibase}`;
    const badge = withMember(withMember(theirs(), ['issuer', 'id'], did), ['credentialStatus'], undefined);
    const signed = await signWith(badge, {}, did);
    expect((await verify(signed, world(deriveControllerDocument(did) ?? {}, did))).outcome).toBe('valid');
    expect((await verify(signed, world(controllerDocument(), did))).outcome).toBe('invalid');
  });
});

describe('a badge its holder shows in part', () => {
  it('shows what the holder chose, and nothing of what stays hidden', async () => {
    const badge = await signForeign(theirs(), 'ecdsa-sd-2023', ISSUER);
    const { credential } = await verify(badge.document, world(publishedFor(badge, 'Multikey')));
    expect([...MANDATORY, ...SHOWN]).not.toContain('/credentialSubject/role');
    expect(credential).toMatchObject({ credits: 2.5, role: null, term: null });
  });

  it('V24: a base proof, which is for its holder only, is an unsupported proof', async () => {
    const base = await signSelectively(theirs(), ISSUER);
    const report = await verify(base.document, world(publishedFor(base, 'Multikey')));
    expect(problems(report)).toContain('unsupported-proof');
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });
});
