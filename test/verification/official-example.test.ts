import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/ports/json.js';
import { check, objectAt, verify, withMember } from './house.js';

const file = new URL('../vectors/open-badges/linked-data-proof-ob.signed-credential.json', import.meta.url);
const badge: JsonObject = JSON.parse(readFileSync(file, 'utf8'));
const issuer = String(objectAt(badge, 'issuer')['id']);
const method = String(objectAt(badge, 'proof')['verificationMethod']);

/** What the example's issuer would publish for its key. */
const published: JsonObject = {
  id: issuer,
  verificationMethod: [
    { id: method, type: 'Multikey', controller: issuer, publicKeyMultibase: method.slice(issuer.length + 1) },
  ],
  assertionMethod: [method],
};

describe('the signed example of the Open Badges implementation guide', () => {
  it('is valid when its issuer publishes the key', async () => {
    const report = await verify(badge, { world: { controllers: { [issuer]: published } } });
    expect(report.outcome).toBe('valid');
    expect(report.credential).toMatchObject({ name: 'Teamwork Badge', issuer: { name: 'Example Corp' }, levels: [] });
    expect(check(report, 'status')).toEqual({ state: 'skipped', code: 'nothing-to-check' });
  });

  it('is uncertain when nobody publishes the key that its proof spells out', async () => {
    const report = await verify(badge);
    expect(report).toMatchObject({ verified: false, outcome: 'indeterminate', credential: null });
  });

  it('is invalid once a word of it is changed', async () => {
    const changed = withMember(badge, ['credentialSubject', 'achievement', 'name'], 'Leadership');
    const report = await verify(changed, { world: { controllers: { [issuer]: published } } });
    expect(check(report, 'proof')).toEqual({ state: 'fail', code: 'signature-invalid' });
  });
});
