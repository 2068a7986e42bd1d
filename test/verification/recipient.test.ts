import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/ports/json.js';
import { recipientMatches } from '../../src/verification/recipient.js';
import { check, crypto, fullBadge, sign, verify } from './house.js';

const sha256 = (text: string) => `sha256$${createHash('sha256').update(text, 'utf8').digest('hex')}`;

function subjectWith(identityType: string, identity: JsonObject): JsonObject {
  return { identifier: [{ type: 'IdentityObject', identityType, ...identity }] };
}

describe('the recipient of a badge', () => {
  it('is found by the address that was hashed with its salt', async () => {
    const subject = subjectWith('emailAddress', {
      hashed: true,
      salt: '00ff',
      identityHash: sha256('zoe.ndiaye@example.org00ff'),
    });
    const match = (email: string) => recipientMatches(subject, { email }, crypto);
    expect(await match('zoe.ndiaye@example.org')).toBe('matches');
    expect(await match(' Zoe.Ndiaye@Example.org ')).toBe('matches');
    expect(await match('zoe.ndiaye@example.com')).toBe('differs');
    expect(await match('')).toBe('differs');
  });

  it('is found whatever the case of the hexadecimal digits', async () => {
    const identityHash = sha256('a@example.org').toUpperCase().replace('SHA256', 'sha256');
    const subject = subjectWith('emailAddress', { hashed: true, identityHash });
    expect(await recipientMatches(subject, { email: 'a@example.org' }, crypto)).toBe('matches');
  });

  it('is not found by a hash that would need no salt when there is one', async () => {
    const subject = subjectWith('emailAddress', { hashed: true, salt: '01', identityHash: sha256('a@example.org') });
    expect(await recipientMatches(subject, { email: 'a@example.org' }, crypto)).toBe('differs');
  });

  it('is found by a plain name in any case and Unicode form', async () => {
    const subject = subjectWith('name', { hashed: false, identityHash: 'Zoé Ndiaye' });
    expect(await recipientMatches(subject, { name: 'ZOÉ  NDIAYE' }, crypto)).toBe('matches');
    expect(await recipientMatches(subject, { name: 'Zoé Ndiaye'.normalize('NFD') }, crypto)).toBe('matches');
    expect(await recipientMatches(subject, { name: 'Zoé N' }, crypto)).toBe('differs');
  });

  it('is never found by showing the hash itself', async () => {
    const identityHash = sha256('a@example.org');
    const subject = subjectWith('emailAddress', { hashed: true, identityHash });
    expect(await recipientMatches(subject, { email: identityHash }, crypto)).toBe('differs');
  });

  it('is not stated when the badge identifies its holder otherwise', async () => {
    const subject = subjectWith('name', { hashed: false, identityHash: 'Zoé Ndiaye' });
    expect(await recipientMatches(subject, { email: 'a@example.org' }, crypto)).toBe('not-stated');
    expect(await recipientMatches(subject, { id: 'did:key:z6Mk' }, crypto)).toBe('not-stated');
    expect(await recipientMatches({ id: 'did:key:z6Mk' }, { id: 'did:key:z6Mk' }, crypto)).toBe('matches');
  });

  it('only warns in the report, and only when it was asked about', async () => {
    const signed = await sign(fullBadge());
    const other = await verify(signed, { recipient: { name: 'Somebody Else' } });
    expect(check(other, 'recipient')).toEqual({ state: 'fail', code: 'recipient-differs' });
    expect(other.outcome).toBe('valid');
    expect(other.warnings.map(({ code }) => code)).toEqual(['recipient-differs']);
    const same = await verify(signed, { recipient: { name: 'Zoé Ndiaye' } });
    expect(same.checks.at(-1)).toMatchObject({ id: 'recipient', state: 'pass' });
    const unasked = await verify(signed);
    expect(unasked.checks.some(({ id }) => id === 'recipient')).toBe(false);
  });
});
