import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/ports/json.js';
import { mutations } from '../proof/mutate.js';
import { check, ISSUER, listAt, problems, sign, signWith, verify, withMember } from './house.js';
import { KEYS, signJwt } from './jwt/keys.js';
import { olderFullBadge, V1, withDataIntegrity } from './older-badge.js';

const signed = (badge: JsonObject = olderFullBadge()) => sign(badge, { suites: ['Ed25519Signature2020'] });
describe('a badge of the 1.1 data model', () => {
  it('is valid, and shown with its own dates', async () => {
    const report = await verify(await signed());
    expect(report).toMatchObject({ outcome: 'valid', problemDetails: [], warnings: [] });
    expect(report.credential).toMatchObject({
      name: 'Engagement étudiant',
      validFrom: '2026-11-22T09:30:15Z',
      validUntil: '2036-11-22T09:30:15Z',
    });
    expect(report.checks.find(({ id }) => id === 'validity')?.pointer).toBe('/issuanceDate');
  });

  it('is valid with eddsa-rdfc-2022 where a context defines such proofs, and unsafe where none does', async () => {
    expect((await verify(await signWith(withDataIntegrity(olderFullBadge()), {}))).outcome).toBe('valid');
    const bare = { ...olderFullBadge(), '@context': listAt(olderFullBadge(), '@context').slice(0, 3) };
    const { proof } = await signWith(withDataIntegrity(olderFullBadge()), {});
    const report = await verify({ ...bare, proof: proof ?? null });
    expect(problems(report)).toContain('PROOF_TRANSFORMATION_ERROR');
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });

  it('V15: is invalid with a signed value changed or removed, dates among them', async () => {
    const badge = await signed();
    const accepted: string[] = [];
    for (const { name, document } of mutations(badge, ['proof', '@context', 'credentialSubject'])) {
      if ((await verify(document)).outcome === 'valid') accepted.push(name);
    }
    expect(accepted).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    ['V44: expired', { expirationDate: '2026-11-22T09:31:14Z' }, 'expired'],
    ['V43: not yet valid', { issuanceDate: '2026-11-23T09:30:15Z' }, 'not-yet-valid'],
    ['V44: of a day that does not exist', { issuanceDate: '2026-02-31T00:00:00Z' }, 'malformed-date'],
    ['V44: ending before it begins', { expirationDate: '2026-11-01T00:00:00Z' }, 'dates-reversed'],
    ['V44: with an end by the name of 2.0', { validUntil: '2036-01-01T00:00:00Z' }, 'malformed-date'],
  ])('%s', async (_, change, code) => {
    const report = await verify(await signed({ ...olderFullBadge(), ...change }));
    expect(check(report, 'validity')).toEqual({ state: 'fail', code });
    expect(report.outcome).toBe('invalid');
  });

  it.each<[string, string, string]>([
    ['a name, which 1.1 asks for', 'name', '"name" is missing from /'],
    ['a date of issue, under its own name', 'issuanceDate', '"issuanceDate" is missing from /'],
  ])('needs %s', async (_, member, words) => {
    const report = await verify(
      await signWith(withMember(withDataIntegrity(olderFullBadge()), [member], undefined), {}),
    );
    expect(check(report, 'schema')).toEqual({ state: 'fail', code: 'schema' });
    expect(report.problemDetails.map(({ detail }) => detail).join()).toContain(words);
    expect(report.outcome).toBe('invalid');
  });

  it('V20: is refused with the contexts of both models, or without that of Open Badges in second place', async () => {
    const [, second = null, ...rest] = listAt(olderFullBadge(), '@context');
    const lists: Json[] = [
      [V1, ...rest, second],
      [second, V1, ...rest],
    ];
    for (const context of lists) {
      const report = await verify({ ...(await signed()), '@context': context });
      expect(problems(report)).toContain('MALFORMED_VALUE_ERROR');
      expect(report).toMatchObject({ outcome: 'invalid', credential: null });
    }
  });

  it('V65: an end behind its full IRI is refused', async () => {
    const { expirationDate = null, ...badge } = await signed();
    const report = await verify({ ...badge, 'https://www.w3.org/2018/credentials#expirationDate': expirationDate });
    expect(problems(report)).toContain('untrusted-context');
    expect(report.credential).toBeNull();
  });

  it('in a JWT lies under vc, and may leave its dates to the claims', async () => {
    const { issuanceDate: _, expirationDate: __, ...badge } = olderFullBadge();
    const id = `${ISSUER}#jwt`;
    const method = { id, type: 'JsonWebKey', controller: ISSUER, publicKeyJwk: KEYS.RS256.jwk };
    const controllers = { [ISSUER]: { id: ISSUER, verificationMethod: [method], assertionMethod: [id] } };
    const nbf = Date.parse('2026-11-22T09:30:15Z') / 1_000;
    const token = (claims: JsonObject) =>
      signJwt(KEYS.RS256, { typ: 'JWT', kid: id }, { iss: ISSUER, nbf, ...claims, vc: badge });
    const report = await verify(token({}), { world: { controllers } });
    expect(report).toMatchObject({ outcome: 'valid', credential: { validFrom: '2026-11-22T09:30:15Z' } });
    const ended = await verify(token({ exp: nbf + 30 }), { world: { controllers } });
    expect(check(ended, 'validity')).toEqual({ state: 'fail', code: 'expired' });
  });
});
