import { describe, expect, it } from 'vitest';
import { CHECK_IDS } from '../../src/verification/report.js';
import { check, fullBadge, REPORT_URL, sign, verify } from './house.js';

describe('an honest badge', () => {
  it('is valid, with every check in its order', async () => {
    const report = await verify(await sign(fullBadge()));
    expect(report).toMatchObject({ verified: true, outcome: 'valid', problemDetails: [], warnings: [] });
    expect(report.checks.map(({ id }) => id)).toEqual(CHECK_IDS.filter((id) => id !== 'recipient'));
    expect(report.checks.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'parse pass',
      'context pass',
      'type pass',
      'schema pass',
      'subject pass',
      'issuer pass',
      'proof pass',
      'key pass',
      'status pass',
      'validity pass',
      'evidence pass',
      'endorsements skipped',
      'refresh skipped',
    ]);
    expect(report.checkedAt).toBe('2026-11-22T09:31:15Z');
  });

  it.each(['eddsa-rdfc-2022', 'Ed25519Signature2020'] as const)('is valid with %s alone', async (suite) => {
    expect((await verify(await sign(fullBadge(), { suites: [suite] }))).outcome).toBe('valid');
  });

  it('is read the same from bytes, from text and from parsed JSON', async () => {
    const signed = await sign(fullBadge());
    const text = JSON.stringify(signed, null, 2);
    const fromJson = await verify(signed);
    expect(await verify(text)).toEqual(fromJson);
    expect(await verify(new TextEncoder().encode(text))).toEqual(fromJson);
    expect(await verify(new TextEncoder().encode(`\uFEFF${text}`))).toEqual(fromJson);
  });

  it('stays valid when a single proof stands without brackets', async () => {
    const signed = await sign(fullBadge(), { suites: ['eddsa-rdfc-2022'] });
    const [proof = null] = Array.isArray(signed['proof']) ? signed['proof'] : [];
    expect((await verify({ ...signed, proof })).outcome).toBe('valid');
  });

  it('shows what was signed', async () => {
    const { credential } = await verify(await sign(fullBadge()));
    expect(credential).toMatchObject({
      id: 'https://badges.univ.example/credentials/0a1b2c3d4e5f6g7h8j9kamnpqr',
      language: 'fr',
      issuer: { name: 'Université d’essai', parent: 'Université d’essai', country: 'FR' },
      holder: { id: null, name: 'Zoé Ndiaye', nameHashed: false, emailHashed: true },
      achievement: { type: 'MicroCredential', creditsAvailable: 3, tags: ['engagement', 'bénévolat'] },
      results: [{ name: 'Heures', value: '62.5', min: '0', max: '300' }],
      credits: 2.5,
      role: 'Trésorière',
      term: '2025-2026',
      validUntil: '2036-11-22T09:30:15Z',
      status: 'active',
    });
    expect(credential?.levels[0]).toEqual({
      competence: 'Compétence 1',
      level: 'Niveau 2',
      confirmedBy: [],
      levelNumber: 2,
      description: 'Indicateurs observés au niveau 2 : « autonomie », qualité, régularité.',
      scale: ['Niveau 1', 'Niveau 2'],
      alignments: [{ name: 'ESCO 1', url: 'http://data.europa.eu/esco/skill/00000001', framework: 'ESCO', code: null }],
    });
    expect(credential?.evidence.map(({ url, digest }) => [url, digest])).toEqual([
      [REPORT_URL, 'matches'],
      ['https://depot.example/rapport.pdf', null],
      [null, null],
    ]);
  });

  it('does not follow a refresh service, and an endorsement nobody can read is a warning', async () => {
    const badge = { ...fullBadge(), endorsementJwt: ['eyJh.eyJi.c2ln'] };
    const report = await verify(
      await sign({
        ...badge,
        refreshService: { id: 'https://badges.univ.example/refresh', type: '1EdTechCredentialRefresh' },
      }),
    );
    expect(check(report, 'endorsements')).toEqual({ state: 'fail', code: 'endorsement-not-authentic' });
    expect(check(report, 'refresh')).toEqual({ state: 'skipped', code: 'refresh-not-followed' });
    expect(report.outcome).toBe('valid');
    expect(report.warnings.map(({ code }) => code)).toEqual(['endorsement-not-authentic']);
  });
});
