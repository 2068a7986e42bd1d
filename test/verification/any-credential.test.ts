import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/ports/json.js';
import { lintCredential } from '../../src/verification/lint-credential.js';
import { verifyCredential } from '../../src/verification/verify-credential.js';
import { testContexts } from '../support/contexts.js';
import {
  CREATED,
  check,
  crypto,
  fullBadge,
  honestWorld,
  ISSUER,
  problems,
  resolverOf,
  sign,
  signatureHolds,
  withMember,
} from './house.js';

const V2 = 'https://www.w3.org/ns/credentials/v2';
const SUITE = 'https://w3id.org/security/suites/ed25519-2020/v1';

/** A credential that is no badge, with a context of its own. */
function alumni(
  changes: JsonObject = {},
  context: Json = { alumniOf: 'https://univ.example/terms#alumniOf' },
): JsonObject {
  return {
    '@context': [V2, SUITE, context],
    type: ['VerifiableCredential'],
    issuer: ISSUER,
    credentialSubject: { id: 'did:example:subject', alumniOf: 'Université d’essai' },
    ...changes,
  };
}

async function verifyAny(document: JsonObject, accept: 'credentials' | 'open-badges' = 'credentials') {
  return verifyCredential({
    input: document,
    contexts: await testContexts(),
    crypto,
    resolver: resolverOf(await honestWorld()),
    now: CREATED + 60_000,
    accept,
  });
}

async function lint(document: JsonObject): Promise<string[]> {
  const found = await lintCredential(document, { contexts: await testContexts(), accept: 'credentials' });
  return found.map(({ code }) => code);
}

describe('any verifiable credential, where any is accepted', () => {
  it('verifies by the same checks, with words of its own and without a beginning', async () => {
    const signed = await sign(alumni());
    const report = await verifyAny(signed);
    expect(report.problemDetails).toEqual([]);
    expect(report.outcome).toBe('valid');
    expect(report.checks.find(({ id }) => id === 'type')?.message.en).toBe('It is a verifiable credential.');
  });

  it('V18 is refused where only badges are', async () => {
    const report = await verifyAny(await sign(alumni()), 'open-badges');
    expect(check(report, 'context')).toEqual({ state: 'fail', code: 'untrusted-context' });
    expect(check(report, 'type').state).toBe('fail');
  });

  it('V15 V13 fails when altered or not signed', async () => {
    const signed = await sign(alumni());
    const altered = withMember(signed, ['credentialSubject', 'alumniOf'], 'Elsewhere');
    expect(problems(await verifyAny(altered))).toContain('CRYPTOGRAPHIC_SECURITY_ERROR');
    expect(problems(await verifyAny(withMember(signed, ['proof'], undefined)))).toContain('no-proof');
  });

  it('is still held to the schema where it says it is a badge', async () => {
    const badge = await sign(fullBadge());
    expect((await verifyAny(badge)).outcome).toBe('valid');
    const lacking = await sign(withMember(fullBadge(), ['credentialSubject', 'achievement', 'criteria'], undefined));
    expect(check(await verifyAny(lacking), 'schema').state).toBe('fail');
  });

  it('V18 V65 cannot hide that it has expired behind a word of its own', async () => {
    const signed = await sign(fullBadge());
    const { '@context': contexts, validUntil, ...rest } = signed;
    const official = 'https://www.w3.org/2018/credentials#';
    const definitions: Json[] = [
      { until: { '@id': `${official}validUntil`, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' } },
      {
        w3: 'https://www.w3.org/2018/',
        until: { '@id': 'w3:credentials#validUntil', '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
      },
    ];
    for (const definition of definitions) {
      const disguised = {
        ...rest,
        '@context': [...(Array.isArray(contexts) ? contexts : []), definition],
        until: validUntil ?? null,
      };
      expect(await signatureHolds(disguised)).toBe(true);
      const report = await verifyAny(disguised);
      expect(report.outcome).toBe('invalid');
      expect(problems(report)).toContain('untrusted-context');
    }
  });

  it.each<[string, Json]>([
    ['an alias of a keyword', { kind: '@type' }],
    ['an alias of an official word', { until: 'https://www.w3.org/2018/credentials#validUntil' }],
    ['an alias by a prefix of its own', { c: 'https://www.w3.org/2018/', until: 'c:credentials#validUntil' }],
    ['an alias of a word by its name', { until: { '@id': 'validUntil' } }],
    ['an alias of the type', { kind: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' }],
    ['a vocabulary that is the official one', { '@vocab': 'https://www.w3.org/2018/credentials#' }],
    ['a vocabulary that an official one begins with', { '@vocab': 'https://www.w3.org/2018/' }],
    ['an import', { '@import': 'https://evil.test/context' }],
    ['a base', { '@base': 'https://evil.test/' }],
    ['a language', { '@language': 'fr' }],
    ['a context within a term', { own: { '@id': 'https://univ.example/own', '@context': {} } }],
    ['a reverse term', { own: { '@reverse': 'https://univ.example/own' } }],
    ['a term for nothing', { own: null }],
    ['an index', { own: { '@id': 'https://univ.example/own', '@container': '@index' } }],
    ['an address with a space', { own: 'https ://univ.example/own' }],
    ['a term that is an address', { 'https://univ.example/own': 'https://univ.example/other' }],
    ['a term with a hash', { 'a#b': 'https://univ.example/own' }],
  ])('V18 does not take a context with %s, before and after signing', async (_name, context) => {
    expect(await lint(alumni({}, context))).toContain('inline-context');
    const report = await verifyAny({ ...(await sign(alumni())), '@context': [V2, SUITE, context] });
    expect(check(report, 'context').state).toBe('fail');
  });

  it('takes plain words, prefixes, a vocabulary of its own and language', async () => {
    const contexts: Json[] = [
      { '@vocab': 'https://univ.example/terms#' },
      { ex: 'https://univ.example/terms#', alumniOf: 'ex:alumniOf' },
      { alumniOf: { '@id': 'https://univ.example/terms#alumniOf', '@container': '@set' } },
      { '@version': 1.1, '@protected': true, alumniOf: 'urn:example:alumniOf' },
    ];
    for (const context of contexts) {
      const document = alumni({ name: { '@value': 'Alumni', '@language': 'en' } }, context);
      expect(await lint(document), JSON.stringify(context)).toEqual([]);
      expect((await verifyAny(await sign(document))).outcome).toBe('valid');
    }
  });

  it.each<[string, JsonObject]>([
    ['a subject that is a text', { credentialSubject: 'did:example:subject' }],
    ['an empty subject', { credentialSubject: {} }],
    ['no subject at all', { credentialSubject: [] }],
    ['one empty subject of two', { credentialSubject: [{ id: 'did:example:a' }, {}] }],
    ['an id that is no URL', { id: 'not a url' }],
    ['two ids', { id: ['urn:a:b', 'urn:a:c'] }],
    ['a status without a type', { credentialStatus: { id: 'https://univ.example/status' } }],
    ['a schema without a type', { credentialSchema: { id: 'https://univ.example/schema' } }],
    ['a schema without an id', { credentialSchema: { type: 'JsonSchema' } }],
    ['terms of use without a type', { termsOfUse: { id: 'https://univ.example/terms' } }],
    ['evidence without a type', { evidence: [{ id: 'https://univ.example/evidence' }] }],
    ['a refresh service that is a text', { refreshService: 'https://univ.example/refresh' }],
    ['a related resource that is a text', { relatedResource: ['https://univ.example/a'] }],
    ['a related resource without a digest', { relatedResource: [{ id: 'https://univ.example/a' }] }],
    [
      'one related resource twice',
      {
        relatedResource: [
          { id: 'https://univ.example/a', digestSRI: 'sha256-AAAA' },
          { id: 'https://univ.example/a', digestSRI: 'sha256-AAAA' },
        ],
      },
    ],
    ['a name that is a number', { name: 7 }],
    ['a name with more than its language', { name: { '@value': 'x', '@language': 'en', url: 'https://x.example/' } }],
  ])('is refused with %s', async (_name, changes) => {
    expect(await lint(alumni(changes))).toContain('data-model');
  });

  it.each<[string, JsonObject, string]>([
    ['V44 a date without a zone', { validFrom: '2026-01-01T00:00:00' }, 'malformed-date'],
    ['V44 a day that does not exist', { validUntil: '2026-02-31T00:00:00Z' }, 'malformed-date'],
    [
      'V44 an end before the beginning',
      { validFrom: '2027-01-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' },
      'dates-reversed',
    ],
    ['V30 no issuer', { issuer: {} }, 'malformed-issuer'],
    ['V16 a word nobody defines', { nobody: 'knows' }, 'unsafe-document'],
    ['another type', { type: ['Thing'] }, 'not-a-credential'],
  ])('is not signed with %s', async (_name, changes, code) => {
    expect(await lint(alumni(changes))).toContain(code);
  });
});
