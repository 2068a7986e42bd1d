import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/ports/json.js';
import { check, fullBadge, listAt, problems, sign, verify } from './house.js';
import { KEYS, signJwt } from './jwt/keys.js';

const ASSERTION: JsonObject = {
  '@context': 'https://w3id.org/openbadges/v2',
  type: 'Assertion',
  id: 'https://badges.example/assertions/123',
  recipient: { type: 'email', hashed: true, salt: 'sel', identity: 'sha256$0123' },
  badge: 'https://badges.example/classes/engagement',
  verification: { type: 'HostedBadge' },
  issuedOn: '2019-06-24T14:00:00Z',
};

describe('an assertion of Open Badges 2.0', () => {
  it.each<[string, JsonObject | string | Uint8Array]>([
    ['as JSON', ASSERTION],
    ['as text', JSON.stringify(ASSERTION)],
    ['as bytes', new TextEncoder().encode(JSON.stringify(ASSERTION))],
    ['with several contexts', { ...ASSERTION, '@context': ['https://w3id.org/openbadges/v2', 'https://w3id.org/x'] }],
    ['signed as a JWS', signJwt(KEYS.RS256, {}, ASSERTION)],
  ])('%s is told for what it is, neither valid nor invalid, and nobody is asked', async (_, input) => {
    const asked: string[] = [];
    const report = await verify(input, { world: { asked } });
    expect(report).toMatchObject({ verified: false, outcome: 'indeterminate', credential: null });
    expect(check(report, 'parse')).toEqual({ state: 'unknown', code: 'open-badges-2' });
    expect(problems(report)).toEqual(['open-badges-2']);
    expect(asked).toEqual([]);
    const { message } = report.checks[0] ?? {};
    expect(message?.en).toContain('Open Badges 2.0');
    expect(message?.fr).toContain('https://badges.example/assertions/123');
  });

  it('V19: its context in a badge of 3.0 does not make a bad badge uncertain', async () => {
    const signed = await sign(fullBadge());
    const report = await verify({
      ...signed,
      '@context': [...listAt(signed, '@context'), 'https://w3id.org/openbadges/v2'],
    });
    expect(problems(report)).toContain('untrusted-context');
    expect(report.outcome).toBe('invalid');
  });
});
