import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECK_CODES, PASS_MESSAGES, quoted } from '../../src/text/check-messages.js';
import { assembleReport, outcomeOf, resultOf } from '../../src/verification/assemble-report.js';
import { type Finding, fail, pass, skipped, unknown, warning } from '../../src/verification/finding.js';
import { problemTitle, problemType } from '../../src/verification/problem-types.js';
import { CHECK_IDS, type CheckId } from '../../src/verification/report.js';
import { verifyCredential } from '../../src/verification/verify-credential.js';
import { testContexts } from '../support/contexts.js';
import { CREATED, crypto, fullBadge, resolverOf, sign, verify } from './house.js';

const FINDINGS: readonly Finding[] = [
  pass('/x'),
  fail('revoked', '/x'),
  unknown('key-unavailable', '/x'),
  skipped('nothing-to-check', null),
  warning('refresh-available', '/x'),
];

describe('the report', () => {
  it('is decided by the rule, whatever the checks found', () => {
    const findings = fc.array(fc.constantFrom(...FINDINGS), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.tuple(...CHECK_IDS.map(() => findings)), (found) => {
        const checks = CHECK_IDS.map((id, index) => ({ id, findings: found[index] ?? [] }));
        const report = assembleReport({ checks, credential: null, now: 0, language: 'en' });
        const states = (last: CheckId) => report.checks.slice(0, CHECK_IDS.indexOf(last) + 1).map(({ state }) => state);
        const failed = states('evidence').includes('fail');
        const open = states('validity').includes('unknown');
        expect(report.outcome).toBe(failed ? 'invalid' : open ? 'indeterminate' : 'valid');
        expect(report.verified).toBe(report.outcome === 'valid');
        expect(report.problemDetails.length > 0).toBe(!report.verified);
        expect(report.problemDetails.length).toBeLessThanOrEqual(20);
      }),
      { numRuns: 200 },
    );
  });

  it('shows the worst of what a check found', () => {
    const state = (...findings: Finding[]) => resultOf({ id: 'status', findings }).state;
    expect(state(pass(), unknown('key-unavailable', null), fail('revoked', null))).toBe('fail');
    expect(state(pass(), unknown('key-unavailable', null))).toBe('unknown');
    expect(state(skipped('nothing-to-check', null), pass())).toBe('pass');
    expect(state(pass(), warning('refresh-available', null))).toBe('pass');
  });

  it('an unknown about endorsements or evidence leaves a badge valid', () => {
    expect(
      outcomeOf([
        { id: 'endorsements', state: 'fail' },
        { id: 'evidence', state: 'unknown' },
      ]),
    ).toBe('valid');
  });

  it('names problems in the language asked for', async () => {
    const report = await verifyCredential({
      input: '[]',
      contexts: await testContexts(),
      crypto,
      resolver: resolverOf({}),
      now: CREATED,
      language: 'fr',
    });
    expect(report.problemDetails[0]?.detail).toContain('un badge est un objet JSON');
  });

  it('is plain JSON', async () => {
    const report = await verify(await sign(fullBadge()));
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('what verification says', () => {
  it('has an absolute type and a title for every code', () => {
    for (const code of CHECK_CODES) {
      expect(URL.canParse(problemType(code))).toBe(true);
      expect(problemTitle(code)).toMatch(/^[A-Z][a-z0-9 -]+$/);
    }
  });

  it('says of every check what it means that it passed', () => {
    for (const id of CHECK_IDS) {
      expect(PASS_MESSAGES[id].fr).toMatch(/\.$/);
      expect(PASS_MESSAGES[id].en).not.toBe(PASS_MESSAGES[id].fr);
    }
  });

  it('quotes nothing that misleads: no control, no direction mark, no more than 120 characters', () => {
    expect(quoted('a\u202Eb\u0000')).toBe('a\\u{202e}b\\u{0}');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(quoted(text)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(quoted(text).length).toBeLessThan(120 * 9);
      }),
    );
  });
});
