import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Scope } from '../../src/access/scope.js';
import { createTokens, TokenRequestError } from '../../src/access/tokens.js';
import { StoreUnavailableError } from '../../src/ports/store.js';
import { memoryDocuments } from './memory-documents.js';

function house() {
  const documents = memoryDocuments();
  const time = { now: Date.UTC(2026, 10, 22, 10) };
  const tokens = createTokens({
    documents,
    clock: { now: () => time.now },
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
  });
  return { documents, tokens, advance: (milliseconds: number) => (time.now += milliseconds) };
}

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('making a token', () => {
  it('answers a secret of 256 bits with the house prefix', async () => {
    const { secret, token } = await house().tokens.create({ scopes: ['issue', 'revoke', 'issue'] });
    expect(secret).toMatch(/^sceau_[A-Za-z0-9_-]{43}$/);
    expect(token).toMatchObject({ issuer: null, scopes: ['issue', 'revoke'], expiresAt: null, lastUsedAt: null });
    expect(secret.startsWith(token.prefix)).toBe(true);
    expect(token.prefix).toHaveLength(10);
  });

  it('stores the SHA-256 of the secret and nothing that leads back to it', async () => {
    const { documents, tokens } = house();
    const { secret } = await tokens.create({ scopes: ['verify'] });
    expect(documents.dump()).toContain(createHash('sha256').update(secret).digest('hex'));
    expect(documents.dump()).not.toContain(secret);
    expect(documents.dump()).not.toContain(secret.slice('sceau_'.length + 4));
  });

  it.each([
    ['no scope', { scopes: [] }],
    ['an unknown scope', { scopes: ['admin' as Scope] }],
    ['no days at all', { scopes: ['issue'] as Scope[], days: 0 }],
    ['half a day', { scopes: ['issue'] as Scope[], days: 0.5 }],
    ['more than ten years', { scopes: ['issue'] as Scope[], days: 4000 }],
  ])('refuses %s', async (_name, request) => {
    const { documents, tokens } = house();
    await expect(tokens.create(request)).rejects.toBeInstanceOf(TokenRequestError);
    expect(documents.writes()).toBe(0);
  });
});

describe('recognising a token', () => {
  it('names the caller, its scopes and, when bound, its issuer', async () => {
    const { tokens } = house();
    const everywhere = await tokens.create({ scopes: ['supplement'] });
    const bound = await tokens.create({ scopes: ['issue'], issuer: 'univ-est' });
    expect(await tokens.authenticate(everywhere.secret)).toEqual({ id: everywhere.token.id, scopes: ['supplement'] });
    expect(await tokens.authenticate(bound.secret)).toEqual({
      id: bound.token.id,
      scopes: ['issue'],
      issuer: 'univ-est',
    });
  });

  it.each([
    ['an unknown secret', `sceau_${'A'.repeat(43)}`],
    ['an empty text', ''],
    ['a digest instead of a secret', 'a'.repeat(64)],
    ['a secret with something after it', `sceau_${'A'.repeat(44)}`],
    ['a very long text', 'sceau_'.repeat(10_000)],
    ['a property name of every object', '__proto__'],
  ])('does not know %s', async (_name, secret) => {
    const { tokens } = house();
    await tokens.create({ scopes: ['issue'] });
    expect(await tokens.authenticate(secret)).toBeUndefined();
  });

  it('stops at the instant of expiry', async () => {
    const { tokens, advance } = house();
    const { secret } = await tokens.create({ scopes: ['issue'], days: 2 });
    advance(2 * DAY - 1);
    expect(await tokens.authenticate(secret)).toBeDefined();
    advance(1);
    expect(await tokens.authenticate(secret)).toBeUndefined();
  });

  it('stops at once when withdrawn, and withdrawing twice says so', async () => {
    const { tokens } = house();
    const kept = await tokens.create({ scopes: ['issue'], issuer: 'univ-est' });
    const { secret, token } = await tokens.create({ scopes: ['issue'], issuer: 'univ-est' });
    expect(await tokens.revoke(token.id)).toBe(true);
    expect(await tokens.authenticate(secret)).toBeUndefined();
    expect(await tokens.authenticate(kept.secret)).toBeDefined();
    expect(await tokens.revoke(token.id)).toBe(false);
  });

  it('writes the last use once a minute at most', async () => {
    const { documents, tokens, advance } = house();
    const { secret } = await tokens.create({ scopes: ['verify'] });
    for (let use = 0; use < 10; use += 1) {
      await tokens.authenticate(secret);
      advance(MINUTE / 10);
    }
    expect(documents.writes()).toBe(2);
    await tokens.authenticate(secret);
    expect(documents.writes()).toBe(3);
    expect((await tokens.list())[0]?.lastUsedAt).toBe('2026-11-22T10:01:00Z');
  });

  it('recognises a caller while the store cannot write', async () => {
    const { documents, tokens } = house();
    const { secret } = await tokens.create({ scopes: ['verify'] });
    documents.transact = () => Promise.reject(new StoreUnavailableError('disk full'));
    expect(await tokens.authenticate(secret)).toBeDefined();
  });
});

it('lists every token of the house with its issuer and without its secret', async () => {
  const { tokens } = house();
  const one = await tokens.create({ scopes: ['issue'], issuer: 'univ-est', days: 1 });
  const two = await tokens.create({ scopes: ['supplement'] });
  const list = await tokens.list();
  expect(list.map(({ id, issuer, expiresAt }) => ({ id, issuer, expiresAt }))).toEqual([
    { id: two.token.id, issuer: null, expiresAt: null },
    { id: one.token.id, issuer: 'univ-est', expiresAt: '2026-11-23T10:00:00Z' },
  ]);
  expect(JSON.stringify(list)).not.toContain(one.secret);
});
