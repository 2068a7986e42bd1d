import { describe, expect, it } from 'vitest';
import { composeCredential } from '../../src/credential/compose.js';
import type { Json } from '../../src/ports/json.js';
import { lintCredential } from '../../src/verification/lint-credential.js';
import { issuedInputs } from '../credential/sample-awards.js';
import { testContexts } from '../support/contexts.js';
import { fullBadge, listAt, withMember } from './house.js';

async function codes(document: Parameters<typeof lintCredential>[0]): Promise<string[]> {
  return (await lintCredential(document, { contexts: await testContexts() })).map(({ code }) => code);
}

describe('a badge about to be signed', () => {
  it('that is as it should be has no problem', async () => {
    expect(await lintCredential(fullBadge(), { contexts: await testContexts() })).toEqual([]);
  });

  it('that was composed from any verdict of the five sample cohorts has no problem', async () => {
    const contexts = await testContexts();
    for (const [engagement, input] of issuedInputs()) {
      expect([engagement, await lintCredential(composeCredential(input), { contexts })]).toEqual([engagement, []]);
    }
  });

  it.each<[string, readonly (string | number)[], Json | undefined, string]>([
    ['a null', ['description'], null, 'empty-member'],
    ['an empty list', ['evidence'], [], 'empty-member'],
    ['an empty text', ['credentialSubject', 'role'], '', 'empty-member'],
    ['a missing name of the achievement', ['credentialSubject', 'achievement', 'name'], undefined, 'schema'],
    ['a type without its list', ['credentialSubject', 'type'], 'AchievementSubject', 'schema'],
    ['a status without an id', ['credentialStatus', 'id'], undefined, 'schema'],
    ['an undefined term', ['distinction'], 'x', 'unsafe-document'],
    ['a relative address', ['evidence', 0, 'id'], 'rapport.pdf', 'unsafe-document'],
    ['a number RDF writes as another', ['credentialSubject', 'creditsEarned'], 1e-7, 'unsafe-value'],
    ['a context that is not pinned', ['@context', 2], 'https://evil.test/ctx', 'untrusted-context'],
    ['a level nobody describes', ['credentialSubject', 'result', 0, 'achievedLevel'], 'urn:x', 'unknown-reference'],
    ['nobody it is for', ['credentialSubject', 'identifier'], undefined, 'no-recipient'],
    ['no criteria', ['credentialSubject', 'achievement', 'criteria'], {}, 'no-criteria'],
    ['an issuer written as its id', ['issuer'], 'did:web:univ.example', 'malformed-issuer'],
    ['a day that does not exist', ['awardedDate'], '2026-02-31T00:00:00Z', 'malformed-date'],
    ['a member under its IRI', ['https://schema.org/name'], 'x', 'member-not-a-term'],
  ])('may not hold %s', async (_, path, value, code) => {
    expect(await codes(withMember(fullBadge(), path, value))).toContain(code);
  });

  it('may grant more credits than the activity states: verifiers are warned, the jury decides', async () => {
    expect(await codes(withMember(fullBadge(), ['credentialSubject', 'creditsEarned'], 4))).toEqual([]);
  });

  it('is told every mistake at once, in both languages, each with its place', async () => {
    const badge = withMember(
      withMember(fullBadge(), ['description'], null),
      ['credentialSubject', 'identifier'],
      undefined,
    );
    const problems = await lintCredential(badge, { contexts: await testContexts() });
    expect(problems.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'schema /description',
      'empty-member /description',
      'no-recipient /credentialSubject',
    ]);
    for (const { message } of problems) expect(message.fr).not.toBe(message.en);
    expect(listAt(badge, '@context').length).toBe(4);
  });
});
