import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/ports/json.js';
import { contextsFolder } from '../../support/contexts.js';
import { openTestHouse, removeFolder, temporaryFolder } from '../../support/house.js';
import { endorsement } from '../../verification/endorsement.js';
import { fullBadge, listAt, objectAt, sign, signatureHolds, signWith, withMember } from '../../verification/house.js';
import { badgeJwt, PAYLOAD, publishedWith } from '../../verification/jwt/jwt-badge.js';
import { KEYS } from '../../verification/jwt/keys.js';
import { ISSUER_DOCUMENT, serve, withPages } from './served.js';

const served = serve();
const V2 = 'https://www.w3.org/ns/credentials/v2';
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
const UNTRUSTED = '200 invalid context/untrusted-context untrusted-context';

const contextsOf = (badge: JsonObject): readonly Json[] => listAt(badge, '@context');

describe('the words of a posted badge', () => {
  it('V16 V17 V18 V19 V20 V21 has a twin: pinned contexts and known words are valid', async () => {
    expect(await served.verdict(await sign(fullBadge()))).toBe('200 valid');
    const more = {
      ...fullBadge(),
      '@context': [...contextsOf(fullBadge()), 'https://w3id.org/security/data-integrity/v2'],
    };
    expect(await served.verdict(await signWith(more, {}))).toBe('200 valid');
  });

  it.each<[string, readonly (string | number)[], Json]>([
    ['V16 an undefined word', ['distinction'], 'summa cum laude'],
    ['V16 an undefined word inside the achievement', ['credentialSubject', 'achievement', 'honours'], true],
    ['V16 an undefined word in a result', ['credentialSubject', 'result', 0, 'grade'], 'A'],
    ['V16 an undefined word whose value is an object', ['thesis'], { name: 'Doctorat' }],
    ['V17 a relative id', ['evidence', 0, 'id'], 'rapport.pdf'],
    ['V17 a relative type', ['evidence', 0, 'type', 1], 'Distinction'],
    ['V17 a relative reference', ['credentialSubject', 'achievement', 'image'], { id: 'medal.png', type: 'Image' }],
  ])('%s is not dropped in silence', async (_, path, value) => {
    const verdict = await served.verdict(withMember(await sign(fullBadge()), path, value));
    expect(verdict).toMatch(/^200 invalid .*proof\/unsafe-document.* PROOF_TRANSFORMATION_ERROR/);
  });

  it.each<[string, (contexts: readonly Json[]) => Json]>([
    ['V18 a name for another word', (list) => [...list, { motto: 'https://schema.org/slogan' }]],
    ['V18 name and description exchanged', (list) => [...list, { name: 'https://schema.org/description' }]],
    ['V18 a vocabulary for every word', (list) => [...list, { '@vocab': 'https://evil.example/' }]],
    ['V18 an inline context in the first place', (list) => [{ name: 'https://schema.org/name' }, ...list]],
    ['V19 a context of somebody’s', (list) => [...list, 'https://evil.example/ctx']],
    ['V19 a context of a private host', (list) => [...list, 'https://127.0.0.1/ctx']],
    ['V19 a context by its http name', (list) => list.with(0, 'http://www.w3.org/ns/credentials/v2')],
    ['V19 a context with a query', (list) => list.with(0, `${V2}?x`)],
    ['V20 one imported', () => ({ '@import': V2 })],
    ['V20 one imported in the list', (list) => [...list, { '@import': V2 }]],
    ['V21 null', () => null],
    ['V21 null in the list', (list) => [...list, null]],
  ])('%s is not trusted, and nobody is asked for it', async (_, change) => {
    const badge = await sign(fullBadge());
    expect(await served.verdict({ ...badge, '@context': change(contextsOf(badge)) })).toBe(UNTRUSTED);
    expect(served.internet.requested.filter((url) => !url.includes('univ.example'))).toEqual([]);
    expect([...served.internet.resolved].filter((host) => host !== 'badges.univ.example')).toEqual([]);
  });

  it('V18 is not trusted although the signature matches', async () => {
    const badge = fullBadge();
    const inline = { '@context': [...contextsOf(badge), { motto: 'https://schema.org/slogan' }], motto: 'Ensemble' };
    const signed = await signWith({ ...badge, ...inline }, {});
    expect(await signatureHolds(signed)).toBe(true);
    expect(await served.verdict(signed)).toBe(UNTRUSTED);
    withPages(served, { [ISSUER_DOCUMENT]: publishedWith(KEYS.ES256) });
    expect(await served.verdict(badgeJwt(), 'application/jwt')).toBe('200 valid');
    expect(await served.verdict(badgeJwt({}, { ...PAYLOAD, ...inline }), 'application/jwt')).toBe(UNTRUSTED);
  });

  it.each<[string, Json | undefined]>([
    ['in the wrong order', [OB, V2]],
    ['without the base context', [OB]],
    ['without that of Open Badges', [V2]],
    ['that is absent', undefined],
    ['that is a text', V2],
    ['that is empty', []],
  ])('V20 a context list %s is malformed', async (_, context) => {
    expect(await served.verdict(withMember(await sign(fullBadge()), ['@context'], context))).toBe(
      '200 invalid context/malformed-context MALFORMED_VALUE_ERROR',
    );
  });

  it('V20 a list of 17 contexts is too much', async () => {
    const context = [V2, OB, ...Array.from({ length: 15 }, () => OB)];
    expect(await served.verdict({ ...(await sign(fullBadge())), '@context': context })).toBe(
      '200 invalid context/too-complex too-complex',
    );
  });

  it.each(['@graph', '@included', '@reverse', '@nest', '@id', '@type', '@value', '@language', '@context', '@set'])(
    'V21 %s is not trusted wherever it stands',
    async (keyword) => {
      const signed = await sign(fullBadge());
      const places = [['credentialSubject'], ['credentialSubject', 'achievement'], ['evidence', 0], ['issuer']];
      const values: Json[] = keyword === '@context' ? [[V2], {}, null] : ['x', {}, []];
      for (const path of keyword === '@context' ? places : [[], ...places]) {
        for (const value of values) {
          const verdict = await served.verdict(withMember(signed, [...path, keyword], value));
          expect(verdict, `${path.join('/')} ${JSON.stringify(value)}`).toMatch(/^200 invalid .*untrusted-context$/);
        }
      }
    },
  );

  it('V21 has a twin: an endorsement brings pinned contexts of its own, and no others', async () => {
    const signed = await signWith(endorsement(), {}, 'did:web:accrediter.example');
    expect(await served.verdict(await sign({ ...fullBadge(), endorsement: [signed] }))).toBe('200 valid');
    const inline = await sign({ ...fullBadge(), endorsement: [endorsement()] });
    for (const context of [{ '@vocab': 'https://evil.example/' }, 'https://evil.example/ctx', null]) {
      const changed = withMember(inline, ['endorsement', 0, '@context'], [V2, OB, context]);
      expect(await served.verdict(changed)).toBe(UNTRUSTED);
    }
  });

  it('V22 does not open for anybody with a context that was changed on disk', async () => {
    const folder = await temporaryFolder();
    const copy = join(folder, 'contexts');
    await cp(contextsFolder, copy, { recursive: true });
    const twin = await openTestHouse(folder, {}, { contextsFolder: copy });
    expect((await twin.app.request('/verify', { method: 'POST', body: '' })).status).toBe(400);
    await twin.close();
    const file = join(copy, 'open-badges-3.0.3.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('achievedLevel', 'achievedLeveI'));
    await expect(openTestHouse(folder, {}, { contextsFolder: copy })).rejects.toMatchObject({
      code: 'context-changed',
    });
    await removeFolder(folder);
  });
});

describe('a graph that takes for ever', () => {
  /** Nodes without names in one another's images, as the pairs say. */
  const graph = (pairs: readonly (readonly [number, number])[]): Json => {
    const nodes = [...new Set(pairs.flat())];
    return nodes.map((node) => ({
      id: `_:n${node}`,
      type: ['Evidence'],
      image: pairs.filter(([from]) => from === node).map(([, to]) => `_:n${to}`),
    }));
  };
  const range = (length: number) => Array.from({ length }, (_, index) => index);
  const clique = (size: number) =>
    range(size).flatMap((from) => range(size).flatMap((to) => (from === to ? [] : [[from, to] as const])));
  const cycles = (count: number, size: number) =>
    range(count).flatMap((cycle) =>
      range(size).map((step) => [cycle * size + step, cycle * size + ((step + 1) % size)] as const),
    );

  it.each([
    ['V23 ten nodes that all know one another', graph(clique(10))],
    ['V23 thirty nodes that all know one another', graph(clique(30))],
    ['V23 twenty rings of five', graph(cycles(20, 5))],
    ['V23 two rings of a hundred', graph(cycles(2, 100))],
  ])('%s is given up', async (_, evidence) => {
    const signed = await sign(fullBadge());
    const verdict = await served.verdict({ ...signed, evidence });
    expect(verdict).toMatch(/^200 invalid .*proof\/(?:proof-too-complex|signature-invalid).*/);
    expect(verdict).toMatch(/too-complex|CRYPTOGRAPHIC_SECURITY_ERROR/);
  });

  it('V23 has a twin: while many are given up, good badges and other pages are answered', async () => {
    const signed = await sign(fullBadge());
    const poisoned = range(8).map(() => served.verdict({ ...signed, evidence: graph(clique(10)) }));
    const health = await served.house.app.request('/healthz');
    expect(health.status).toBe(200);
    expect(await served.verdict(signed)).toBe('200 valid');
    for (const verdict of await Promise.all(poisoned)) expect(verdict).toContain('proof/proof-too-complex');
  });
});

describe('what leaves the signature of a posted badge intact', () => {
  it.each<[string, readonly (string | number)[], Json]>([
    ['V65 text under @index', ['credentialSubject', '@index'], 'mention très bien'],
    ['V65 text under @index of an achievement', ['credentialSubject', 'achievement', '@index'], 'Doctorat'],
    ['V65 an index map in place of a list', ['evidence'], { '@index': 'x' }],
  ])('%s is not trusted', async (_, path, value) => {
    expect(await served.verdict(withMember(await sign(fullBadge()), path, value))).toMatch(
      /^200 invalid .*context\/untrusted-context.* untrusted-context/,
    );
  });

  it('V65 a signed fact behind another spelling of its name is not trusted', async () => {
    const { validUntil = null, ...rest } = await sign(fullBadge());
    const hidden = {
      ...rest,
      'https://www.w3.org/2018/credentials#validUntil': {
        '@type': 'http://www.w3.org/2001/XMLSchema#dateTime',
        '@value': validUntil,
      },
    };
    expect(await signatureHolds(hidden)).toBe(true);
    expect(await served.verdict(hidden)).toMatch(/^200 invalid context\/\S+ untrusted-context$/);
  });

  it('V65 a label for what has no name says nothing, and is not shown', async () => {
    const signed = await sign(fullBadge());
    const { credential } = await served.report(signed);
    for (const path of [['credentialSubject'], ['evidence', 2], ['credentialSubject', 'result', 0]]) {
      const labelled = withMember(signed, [...path, 'id'], '_:https://evil.example/Doctorat');
      expect(await signatureHolds(labelled)).toBe(true);
      expect(await served.verdict(labelled)).toBe('200 valid');
      expect((await served.report(labelled)).credential).toEqual(credential);
    }
  });

  it('V65 null and empty members, order and repetition say nothing: the same badge is shown', async () => {
    const signed = await sign(fullBadge());
    const { credential } = await served.report(signed);
    const tags = listAt(objectAt(objectAt(signed, 'credentialSubject'), 'achievement'), 'tag');
    const same: JsonObject[] = [
      { ...signed, image: null, termsOfUse: [], evidence: [...listAt(signed, 'evidence'), null] },
      withMember(signed, ['credentialSubject', 'achievement', 'tag'], [...tags, ...tags.toReversed()]),
      { ...signed, type: listAt(signed, 'type').toReversed(), proof: listAt(signed, 'proof').toReversed() },
      Object.fromEntries(Object.entries(signed).toReversed()),
      withMember(signed, ['credentialSubject', 'licenseNumber'], null),
      withMember(signed, ['credentialSubject', 'achievement', 'alignment'], []),
    ];
    for (const document of same) {
      expect(await served.verdict(document)).toBe('200 valid');
      expect((await served.report(document)).credential).toEqual(credential);
    }
  });
});
