import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../src/pages/verdict.js';
import { REPORTS, report, shownCredential } from './reports.js';

describe('the verdict of a report', () => {
  it.each(Object.entries(REPORTS))('is %s when the report says so', (verdict, given) => {
    expect(verdictOf(given, true)).toBe(verdict);
  });

  it('is altered when the key does not belong to the issuer', () => {
    expect(verdictOf(report({ outcome: 'invalid', credential: null, states: { key: 'fail' } }), true)).toBe('altered');
  });

  it('is altered rather than revoked when both are so: a forger’s status says nothing', () => {
    expect(
      verdictOf(report({ outcome: 'invalid', status: 'revoked', states: { proof: 'fail', status: 'fail' } }), true),
    ).toBe('altered');
  });

  it('is invalid rather than expired when something else is wrong too', () => {
    expect(
      verdictOf(report({ outcome: 'invalid', status: 'expired', states: { schema: 'fail', validity: 'fail' } }), true),
    ).toBe('invalid');
  });

  it('is invalid when a file of evidence was changed', () => {
    expect(verdictOf(report({ outcome: 'invalid', states: { evidence: 'fail' } }), true)).toBe('invalid');
  });

  it('stays valid when only an endorsement fails, which adds a warning', () => {
    expect(verdictOf(report({ states: { endorsements: 'fail' } }), true)).toBe('valid');
  });

  it('of a badge signed with a bare key is not valid but for this house’s own', () => {
    const bare = report({
      credential: { ...shownCredential, issuer: { ...shownCredential.issuer, id: 'did:key:z6Mk' } },
    });
    expect(verdictOf(bare, false)).toBe('unvouched');
    expect(verdictOf(bare, true)).toBe('valid');
    expect(verdictOf(report(), false)).toBe('valid');
  });

  it.each([
    ['the flag denies it', { ...report(), verified: false }],
    ['nothing was read from the signed bytes', report({ credential: null })],
    ['a decisive check failed all the same', report({ states: { issuer: 'fail' } })],
  ])('never is valid when the outcome says so but %s', (_name, contradictory) => {
    expect(verdictOf(contradictory, true)).toBe('unchecked');
  });
});
