import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/ports/json.js';
import type { Resolver } from '../../src/ports/resolver.js';
import { verifyCredential } from '../../src/verification/verify-credential.js';
import { testContexts } from '../support/contexts.js';
import {
  CREATED,
  check,
  crypto,
  fullBadge,
  honestWorld,
  LIST_URL,
  objectAt,
  problems,
  resolverOf,
  sign,
  verify,
  withMember,
} from './house.js';

/** Never answers, and ends the time of the verification as soon as it is asked. */
const stuck = (stop: AbortController) => () => {
  stop.abort();
  return new Promise<never>(() => undefined);
};

async function verifyUntil(signal: AbortSignal, resolver: Partial<Resolver>) {
  return verifyCredential({
    input: await sign({
      ...fullBadge(),
      credentialStatus: {
        id: `${LIST_URL}#1`,
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '1',
        statusListCredential: LIST_URL,
      },
    }),
    contexts: await testContexts(),
    crypto,
    resolver: { ...resolverOf(await honestWorld()), ...resolver },
    now: CREATED + 60_000,
    signal,
  });
}

describe('a verification whose time is up', () => {
  it.each([
    ['the issuer’s keys', 'controllerDocument', 'issuer'],
    ['the status list', 'statusList', 'status'],
  ] as const)('does not wait for %s, and is indeterminate', async (_, question, id) => {
    const stop = new AbortController();
    const report = await verifyUntil(stop.signal, { [question]: stuck(stop) });
    expect(report.outcome).toBe('indeterminate');
    expect(check(report, id)).toEqual({ state: 'unknown', code: 'out-of-time' });
    expect(problems(report)).toContain('out-of-time');
  });

  it('leaves the verdict as it was when only evidence was still to be read', async () => {
    const stop = new AbortController();
    const report = await verifyUntil(stop.signal, { evidence: stuck(stop) });
    expect(report).toMatchObject({ outcome: 'valid', credential: { status: 'active' } });
    expect(check(report, 'evidence')).toEqual({ state: 'unknown', code: 'out-of-time' });
  });

  it('still tells what nobody needs to be asked for', async () => {
    const stop = new AbortController();
    const report = await verifyUntil(stop.signal, { statusList: stuck(stop) });
    expect(check(report, 'validity')).toEqual({ state: 'pass', code: null });
  });
});

describe('a report', () => {
  it('repeats no description for thousands of results', async () => {
    const badge = fullBadge();
    const subject = objectAt(badge, 'credentialSubject');
    const id = 'https://badges.univ.example/achievements/demo/1#wide';
    const description: JsonObject = {
      id,
      type: ['ResultDescription'],
      name: 'Large',
      resultType: 'RubricCriterionLevel',
      rubricCriterionLevel: Array.from({ length: 150 }, (_, level) => ({
        id: `${id}-${level}`,
        type: ['RubricCriterionLevel'],
        name: 'x'.repeat(200),
        level: String(level),
      })),
    };
    const wide = (results: number): JsonObject => ({
      ...badge,
      credentialSubject: {
        ...subject,
        achievement: { ...objectAt(subject, 'achievement'), resultDescription: [description] },
        result: Array.from({ length: results }, (_, index) => ({
          type: ['Result'],
          resultDescription: id,
          achievedLevel: `${id}-${index % 150}`,
        })),
      },
    });
    const report = await verify(await sign(wide(400)));
    expect(check(report, 'subject')).toEqual({ state: 'fail', code: 'too-complex' });
    expect(report.credential?.levels).toEqual([]);
    const few = await verify(await sign(wide(20)));
    expect(few.outcome).toBe('valid');
    expect(few.credential?.levels).toHaveLength(20);
  });

  it('is small for a badge of mistakes in places with long names', async () => {
    const mistakes = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`@${index}`, 1]));
    const report = await verify(withMember(fullBadge(), ['a'.repeat(100_000)], { ['b'.repeat(100_000)]: mistakes }));
    expect(report.outcome).toBe('invalid');
    expect(check(report, 'context').code).toBe('untrusted-context');
    expect(JSON.stringify(report).length).toBeLessThan(64 * 1024);
  });

  it('names some mistakes of shape of a badge that has twenty thousand', async () => {
    const report = await verify({ ...fullBadge(), evidence: Array.from({ length: 19_000 }, () => 'x') });
    expect(check(report, 'schema')).toEqual({ state: 'fail', code: 'schema' });
    expect(report.problemDetails.length).toBeLessThanOrEqual(20);
  });
});
