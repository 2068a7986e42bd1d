import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  composeIssuerProfile,
  composeUnitProfile,
  issuerDid,
  issuerSlug,
  zIssuer,
} from '../../src/credential/issuer.js';
import { issuerOf, loadSample, SAMPLES } from './sample-awards.js';

describe('an issuer’s slug', () => {
  it.each([
    ['Université de Strasbourg', 'universite-de-strasbourg'],
    ['Université Jean Monnet Saint-Étienne', 'universite-jean-monnet-saint-etienne'],
    ['Œuvre des Sœurs & Æsir', 'oeuvre-des-soeurs-aesir'],
    ['  Straße/Łódź — Ørsted  ', 'strasse-lodz-orsted'],
    ['ESCOM', 'escom'],
    ['上海大学', 'issuer'],
    ['', 'issuer'],
  ])('of %j is %s', (name, slug) => {
    expect(issuerSlug(name)).toBe(slug);
  });

  it('is cut at a word boundary within 64 characters', () => {
    const name = 'École délivrant le MS Management Industriel et Systèmes Logistiques';
    expect(issuerSlug(name)).toBe('ecole-delivrant-le-ms-management-industriel-et-systemes');
    expect(issuerSlug('a'.repeat(80))).toBe('a'.repeat(64));
    expect(issuerSlug(`${'a'.repeat(64)} b`)).toBe('a'.repeat(64));
  });

  it('is always one the record accepts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (name) => {
        expect(zIssuer.shape.slug.safeParse(issuerSlug(name)).success).toBe(true);
      }),
    );
  });
});

describe('an issuer’s DID', () => {
  it.each([
    ['https://badges.example.org', true, 'did:web:badges.example.org'],
    ['https://badges.example.org', false, 'did:web:badges.example.org:issuers:escom'],
    ['http://localhost:3000', true, 'did:web:localhost%3A3000'],
    ['http://localhost:3000', false, 'did:web:localhost%3A3000:issuers:escom'],
  ])('under %s, default %s, is %s', (baseUrl, isDefault, did) => {
    expect(issuerDid({ slug: 'escom', baseUrl, isDefault })).toBe(did);
  });
});

describe('an issuer’s record', () => {
  const record = issuerOf(loadSample('engagement-citoyen').programme);

  it.each([
    ['a trailing slash on the base URL', { baseUrl: 'https://badges.example.org/' }],
    ['a country written out', { country: 'France' }],
    ['a URL that is no web address', { url: 'javascript:alert(1)' }],
    ['an unknown member', { nickname: 'E' }],
    ['a slug with capitals', { slug: 'ESCOM' }],
  ])('refuses %s', (_what, change) => {
    expect(zIssuer.safeParse(record).success).toBe(true);
    expect(zIssuer.safeParse({ ...record, ...change }).success).toBe(false);
  });
});

describe('the Profile in a badge', () => {
  it.each(SAMPLES)('of %s is the institution: DID, name, address, country', (name) => {
    const { programme, issuer } = loadSample(name);
    expect(composeIssuerProfile(issuer)).toEqual({
      id: issuer.did,
      type: ['Profile'],
      name: programme.institution.name,
      url: programme.institution.url,
      address: { type: ['Address'], addressCountryCode: programme.institution.country },
    });
  });

  it('shows logo and e-mail address where the record has them', () => {
    const record = issuerOf(loadSample('ecstra').programme);
    const profile = composeIssuerProfile({
      ...record,
      email: 'badges@example.org',
      logo: 'a'.repeat(64),
    });
    expect(profile.email).toBe('badges@example.org');
    expect(profile.image).toEqual({
      id: 'https://badges.example.org/issuers/universite-jean-monnet-saint-etienne/logo',
      type: 'Image',
    });
  });

  it('names the unit as a body of its own, whose parent is the institution', () => {
    const { issuer } = loadSample('missions-professionnelles');
    expect(composeUnitProfile(issuer, 'IDIP')).toEqual({
      id: 'https://badges.example.org/issuers/universite-de-strasbourg#idip',
      type: ['Profile'],
      name: 'IDIP',
      parentOrg: {
        id: `${issuer.baseUrl}/issuers/${issuer.slug}`,
        type: ['Profile'],
        name: 'Université de Strasbourg',
      },
    });
    expect(composeUnitProfile(issuer, '  ')).toBeUndefined();
  });
});
