import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/ports/json.js';
import { canonize } from '../../src/proof/canonize.js';
import { testContexts } from '../support/contexts.js';
import {
  check,
  fullBadge,
  LIST_URL,
  listAt,
  objectAt,
  problems,
  REPORT_URL,
  sign,
  signatureHolds,
  signWith,
  unsignedList,
  verify,
  withMember,
} from './house.js';
import { vocabularyOf } from './matrix/mutations.js';

const V2 = 'https://www.w3.org/ns/credentials/v2';
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

const EXPIRATION = 'https://w3id.org/security#expiration';
const XSD_DATE_TIME = 'http://www.w3.org/2001/XMLSchema#dateTime';

function contextOf(badge: JsonObject): readonly Json[] {
  return listAt(badge, '@context');
}

/** The badge as its bearer rewrites it: the member goes by its full IRI. */
function renamed(document: JsonObject, member: string, iri: string, value: Json): JsonObject {
  return { ...withMember(document, [member], undefined), [iri]: value };
}

describe('the words of a badge', () => {
  it('V16: an added undefined term is not dropped in silence', async () => {
    const signed = await sign(fullBadge());
    const report = await verify({ ...signed, distinction: 'with honours' });
    expect(check(report, 'proof')).toEqual({ state: 'fail', code: 'unsafe-document' });
    expect(problems(report)).toContain('PROOF_TRANSFORMATION_ERROR');
    expect(report.credential).toBeNull();
  });

  it.each([
    ['id', ['evidence', 0, 'id'], 'rapport.pdf'],
    ['type', ['evidence', 0, 'type', 1], 'Distinction'],
  ] as const)('V17: a relative %s has no base', async (_, path, value) => {
    const report = await verify(withMember(await sign(fullBadge()), path, value));
    expect(problems(report)).toContain('PROOF_TRANSFORMATION_ERROR');
    expect(report.credential).toBeNull();
  });

  it('V18: an inline context is refused even if the signature matches', async () => {
    const badge = fullBadge();
    const inline = { '@context': [...contextOf(badge), { motto: 'https://schema.org/slogan' }] };
    const signed = await signWith({ ...badge, ...inline, motto: 'Ensemble' }, {});
    expect(await signatureHolds(signed)).toBe(true);
    const report = await verify(signed);
    expect(check(report, 'context')).toEqual({ state: 'fail', code: 'untrusted-context' });
    expect(report.outcome).toBe('invalid');
  });

  it('V18: a vocabulary that defines every word is refused', async () => {
    const badge = fullBadge();
    const report = await verify({
      ...(await sign(badge)),
      '@context': [...contextOf(badge), { '@vocab': 'https://evil.test/' }],
    });
    expect(problems(report)).toContain('untrusted-context');
  });

  it('V19: a context that is not pinned is refused, and nobody is asked for it', async () => {
    const asked: string[] = [];
    const badge = fullBadge();
    const report = await verify(
      { ...(await sign(badge)), '@context': [...contextOf(badge), 'https://evil.test/ctx'] },
      { world: { asked } },
    );
    expect(problems(report)).toEqual(['untrusted-context']);
    expect(asked.filter((url) => url.includes('evil.test'))).toEqual([]);
  });

  it.each<[string, Json | undefined, string]>([
    ['in the wrong order', [OB, V2], 'MALFORMED_VALUE_ERROR'],
    ['without the base context', [OB], 'MALFORMED_VALUE_ERROR'],
    ['without Open Badges', [V2], 'MALFORMED_VALUE_ERROR'],
    ['absent', undefined, 'MALFORMED_VALUE_ERROR'],
    ['a text', V2, 'MALFORMED_VALUE_ERROR'],
    ['an object with @import', { '@import': V2 }, 'untrusted-context'],
    ['null', null, 'untrusted-context'],
    ['a list with null', [V2, OB, null], 'untrusted-context'],
    ['a list of 17', [V2, OB, ...Array.from({ length: 15 }, () => OB)], 'too-complex'],
  ])('V20, V21: a context list %s is refused', async (_, context, problem) => {
    const signed = await sign(fullBadge());
    const report = await verify(withMember(signed, ['@context'], context));
    expect(problems(report)).toContain(problem);
    expect(check(report, 'proof').state).toBe('skipped');
  });

  it.each(['@graph', '@included', '@reverse', '@nest', '@index', '@id', '@type'])(
    'V21, V65: the keyword %s is refused wherever it stands',
    async (keyword) => {
      const signed = await sign(fullBadge());
      for (const path of [[keyword], ['credentialSubject', keyword], ['evidence', 0, keyword], ['proof', 0, keyword]]) {
        expect(problems(await verify(withMember(signed, path, 'x')))).toContain('untrusted-context');
      }
    },
  );

  it('V21: a nested context is refused, but for the pinned one of an embedded endorsement', async () => {
    const signed = await sign(fullBadge());
    const nested = withMember(signed, ['credentialSubject', '@context'], [V2]);
    expect(problems(await verify(nested))).toContain('untrusted-context');

    const endorsement = {
      '@context': [V2, OB],
      id: 'https://accrediter.example/endorsements/1',
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: 'Appui',
      issuer: { id: 'https://accrediter.example/', type: ['Profile'], name: 'Accréditeur' },
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: {
        id: 'https://badges.univ.example/credentials/0a1b2c3d4e5f6g7h8j9kamnpqr',
        type: ['EndorsementSubject'],
        endorsementComment: 'Un engagement exemplaire.',
      },
    };
    const report = await verify(await sign({ ...fullBadge(), endorsement: [endorsement] }));
    expect(report.outcome).toBe('valid');
    const foreign = { ...endorsement, '@context': [V2, 'https://evil.test/ctx'] };
    expect(problems(await verify({ ...signed, endorsement: [foreign] }))).toContain('untrusted-context');
  });

  it('V65: @index text leaves the signature intact and is refused all the same', async () => {
    const signed = withMember(await sign(fullBadge()), ['credentialSubject', '@index'], 'mention très bien');
    expect(await signatureHolds(signed)).toBe(true);
    expect(problems(await verify(signed))).toEqual(['untrusted-context']);
  });

  it('V65: null and empty members say nothing, and are not shown', async () => {
    const signed = await sign(fullBadge());
    const padded = {
      ...withMember(signed, ['credentialSubject', 'role'], 'Trésorière'),
      image: null,
      termsOfUse: [],
      evidence: [...listAt(signed, 'evidence'), null],
    };
    const report = await verify(padded);
    expect(report.outcome).toBe('valid');
    expect(report.credential).toEqual((await verify(signed)).credential);
  });

  it('V65: repeated members of a set, and one entry cut in several, are shown once and whole', async () => {
    const signed = await sign(fullBadge());
    const [report, ...others] = listAt(signed, 'evidence');
    const { name, ...unnamed } = objectAt({ report: report ?? null }, 'report');
    const tags = listAt(objectAt(objectAt(signed, 'credentialSubject'), 'achievement'), 'tag');
    const repeated = withMember(
      { ...signed, evidence: [unnamed, ...others, { ...unnamed, name: name ?? null }] },
      ['credentialSubject', 'achievement', 'tag'],
      [...tags, ...tags],
    );
    expect(await signatureHolds(repeated)).toBe(true);
    expect((await verify(repeated)).credential).toEqual((await verify(signed)).credential);
  });

  it('V65: brackets more say nothing: a digest, a status and evidence in them count as before', async () => {
    const signed = await sign(fullBadge());
    const good = await verify(signed);
    const other = { files: { [REPORT_URL]: new TextEncoder().encode('Autre rapport') } };
    for (const member of ['relatedResource', 'evidence', 'credentialStatus']) {
      const bracketed = { ...signed, [member]: [[signed[member] ?? null]] };
      expect(await signatureHolds(bracketed)).toBe(true);
      const report = await verify(bracketed);
      if (report.outcome === 'valid') expect(report.credential).toEqual(good.credential);
      expect((await verify(bracketed, { world: other })).outcome).toBe('invalid');
      const revoked = { lists: { [LIST_URL]: await sign(await unsignedList([94_567])) } };
      expect((await verify(bracketed, { world: revoked })).outcome).toBe('invalid');
    }
    expect((await verify({ ...signed, relatedResource: [signed['relatedResource'] ?? null] })).outcome).toBe('valid');
  });

  it('V65: what is said of one thing in two places is read as said of one thing', async () => {
    const signed = await sign(fullBadge());
    const good = await verify(signed);
    const criteria = ['credentialSubject', 'achievement', 'criteria'] as const;
    const { narrative = null } = objectAt(objectAt(objectAt(signed, 'credentialSubject'), 'achievement'), 'criteria');
    const moved = [
      withMember(
        withMember(signed, [...criteria, 'narrative'], undefined),
        ['credentialSubject', 'achievement', 'narrative'],
        narrative,
      ),
      withMember(
        withMember(signed, ['evidence', 0, 'name'], undefined),
        ['relatedResource', 0, 'name'],
        'Rapport final',
      ),
    ];
    for (const document of moved) {
      if (!(await signatureHolds(document))) continue;
      const report = await verify(document);
      expect(report.outcome).toBe('valid');
      expect(report.credential).toEqual(good.credential);
    }
    expect(await Promise.all(moved.map(signatureHolds))).toContain(true);
  });

  it('V65: the order of sets carries no meaning', async () => {
    const signed = await sign(fullBadge());
    const subject = objectAt(signed, 'credentialSubject');
    const achievement = objectAt(subject, 'achievement');
    const reordered = {
      ...signed,
      type: listAt(signed, 'type').toReversed(),
      evidence: listAt(signed, 'evidence').toReversed(),
      proof: listAt(signed, 'proof').toReversed(),
      credentialSubject: {
        ...subject,
        result: listAt(subject, 'result').toReversed(),
        identifier: listAt(subject, 'identifier').toReversed(),
        achievement: {
          ...achievement,
          tag: listAt(achievement, 'tag').toReversed(),
          resultDescription: listAt(achievement, 'resultDescription')
            .toReversed()
            .map((description) => reversedLevels(description)),
        },
      },
    };
    const report = await verify(reordered);
    expect(report.outcome).toBe('valid');
    expect(report.credential?.levels.map(({ scale, level }) => [...scale, level])).toEqual([
      ['Niveau 1', 'Niveau 2', 'Niveau 2'],
      ['Niveau 1', 'Niveau 2', 'Niveau 2'],
    ]);
  });
});

describe('the bearer of a signed badge cannot hide', () => {
  const after = Date.parse('2036-12-01T00:00:00Z');

  it('V65: an expiry behind its full IRI', async () => {
    const signed = await sign(fullBadge());
    expect((await verify(signed, { now: after })).outcome).toBe('invalid');
    const hidden = renamed(signed, 'validUntil', 'https://www.w3.org/2018/credentials#validUntil', {
      '@type': XSD_DATE_TIME,
      '@value': '2036-11-22T09:30:15Z',
    });
    expect(await signatureHolds(hidden)).toBe(true);
    const report = await verify(hidden, { now: after });
    expect(report.outcome).toBe('invalid');
    expect(problems(report)).toContain('untrusted-context');
  });

  it('V65: a revocation behind its full IRI', async () => {
    const signed = await sign(fullBadge());
    const revoked = { lists: { [LIST_URL]: await sign(await unsignedList([94_567])) } };
    expect(check(await verify(signed, { world: revoked }), 'status').code).toBe('revoked');
    const hidden = renamed(
      signed,
      'credentialStatus',
      'https://www.w3.org/2018/credentials#credentialStatus',
      objectAt(signed, 'credentialStatus'),
    );
    expect(await signatureHolds(hidden)).toBe(true);
    const report = await verify(hidden, { world: revoked });
    expect(check(report, 'context')).toEqual({ state: 'fail', code: 'member-not-a-term' });
    expect(report.outcome).toBe('invalid');
  });

  it('V65: the end of a proof behind its full IRI', async () => {
    const expires = '2026-11-22T10:00:00Z';
    const signed = await signWith(fullBadge(), { expires });
    expect((await verify(signed)).outcome).toBe('valid');
    const hidden = withMember(withMember(signed, ['proof', 0, 'expires'], undefined), ['proof', 0, EXPIRATION], {
      '@type': XSD_DATE_TIME,
      '@value': expires,
    });
    expect(await signatureHolds(hidden)).toBe(false);
    expect((await verify(hidden, { now: Date.parse('2026-11-23T00:00:00Z') })).outcome).toBe('invalid');
  });

  it('an expiry in another place that carries the id of the badge', async () => {
    const badge = fullBadge();
    const id = badge['id'] ?? null;
    const signed = await sign({
      ...badge,
      evidence: [{ id, type: ['Evidence', 'VerifiableCredential'], genre: 'badge' }],
    });
    const evidence = {
      id,
      type: ['Evidence', 'VerifiableCredential'],
      genre: 'badge',
      validUntil: badge['validUntil'] ?? null,
    };
    const hidden = { ...withMember(signed, ['validUntil'], undefined), evidence: [evidence] };
    expect(await signatureHolds(hidden)).toBe(true);
    const report = await verify(hidden, { now: after });
    expect(check(report, 'context')).toEqual({ state: 'fail', code: 'credential-split' });
    expect(report.outcome).toBe('invalid');
  });

  it('anything the verdict rests on: no pinned context gives it a second name', async () => {
    const contexts = await testContexts();
    const decisive = new Set([
      'https://www.w3.org/2018/credentials#validFrom',
      'https://www.w3.org/2018/credentials#validUntil',
      'https://www.w3.org/2018/credentials#issuanceDate',
      'https://www.w3.org/2018/credentials#expirationDate',
      'https://www.w3.org/2018/credentials#credentialStatus',
      'https://www.w3.org/2018/credentials#relatedResource',
      'https://www.w3.org/2018/credentials#digestSRI',
      'https://www.w3.org/2018/credentials#issuer',
      'https://w3id.org/security#expiration',
    ]);
    const names = new Map<string, Set<string>>();
    for (const url of contexts.urls()) collectNames(contexts.get(url) ?? null, names);
    const found = [...decisive].map((iri) => [iri, [...(names.get(iri) ?? [])]]);
    expect(found.map(([iri, terms]) => `${iri} ${terms}`)).toEqual([
      'https://www.w3.org/2018/credentials#validFrom validFrom',
      'https://www.w3.org/2018/credentials#validUntil validUntil',
      'https://www.w3.org/2018/credentials#issuanceDate issuanceDate',
      'https://www.w3.org/2018/credentials#expirationDate expirationDate',
      'https://www.w3.org/2018/credentials#credentialStatus credentialStatus',
      'https://www.w3.org/2018/credentials#relatedResource relatedResource',
      'https://www.w3.org/2018/credentials#digestSRI digestSRI',
      'https://www.w3.org/2018/credentials#issuer issuer',
      'https://w3id.org/security#expiration expires',
    ]);
  });

  it('V65: a member behind the class of its values, which is all that shares an IRI with another name', async () => {
    const contexts = await testContexts();
    const { terms } = vocabularyOf([...contexts.urls()].map((url) => contexts.get(url) ?? null));
    const shared = [...terms.values()].filter((names) => names.size > 1).map((names) => [...names].sort());
    expect(shared.sort()).toEqual([
      ['Achievement', 'achievement'],
      ['Address', 'address'],
      ['Criteria', 'criteria'],
      ['GeoCoordinates', 'geo'],
      ['Image', 'image'],
      ['Profile', 'creator'],
    ]);
    const badge = withMember(fullBadge(), ['issuer', 'address', 'geo'], {
      type: 'GeoCoordinates',
      latitude: 48.85,
      longitude: 2.35,
    });
    const signed = await sign(badge);
    expect((await verify(signed)).problemDetails).toEqual([]);
    const { geo = null, ...address } = objectAt(objectAt(signed, 'issuer'), 'address');
    const hidden = withMember(signed, ['issuer', 'address'], { ...address, GeoCoordinates: geo });
    expect(await signatureHolds(hidden)).toBe(true);
    const report = await verify(hidden);
    expect(check(report, 'context')).toEqual({ state: 'fail', code: 'member-not-a-term' });
    expect(report.credential).toBeNull();
  });

  it('anything behind a name that differs in the canonical form: the premise of these tests holds', async () => {
    const contexts = await testContexts();
    const badge = fullBadge();
    const other = renamed(badge, 'validUntil', 'https://www.w3.org/2018/credentials#validUntil', {
      '@type': XSD_DATE_TIME,
      '@value': '2036-11-22T09:30:15Z',
    });
    expect(await canonize(other, { contexts })).toBe(await canonize(badge, { contexts }));
  });
});

/** Term → IRI of every definition, with the prefixes the older contexts abbreviate by. */
function collectNames(value: Json, names: Map<string, Set<string>>): void {
  if (Array.isArray(value)) for (const item of value) collectNames(item, names);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
  for (const [term, definition] of Object.entries(value)) {
    const id = typeof definition === 'string' ? definition : (Object(definition) as JsonObject)['@id'];
    if (typeof id === 'string' && !term.startsWith('@')) {
      const iri = id
        .replace(/^cred:/, 'https://www.w3.org/2018/credentials#')
        .replace(/^sec:/, 'https://w3id.org/security#');
      names.set(iri, (names.get(iri) ?? new Set()).add(term));
    }
    collectNames(definition, names);
  }
}

function reversedLevels(description: Json): Json {
  if (description === null || typeof description !== 'object' || Array.isArray(description)) return description;
  const { rubricCriterionLevel: levels, ...rest } = description as JsonObject;
  return Array.isArray(levels) ? { ...rest, rubricCriterionLevel: levels.toReversed() } : description;
}
