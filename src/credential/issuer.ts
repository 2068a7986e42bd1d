import { z } from 'zod';
import type { Profile } from './open-badge.js';
import { presentMembers } from './present-members.js';
import { issuerUrl } from './urls.js';

const SLUG_LENGTH = 64;
const zSlug = z
  .string()
  .max(SLUG_LENGTH)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const zHttpUrl = z.url({ protocol: /^https?$/ });
const zColour = z.string().regex(/^#[0-9a-f]{6}$/i);

/**
 * An institution that signs, as stored. Slug, DID and base URL are settled when it is made and signed into its badges;
 * the rest may change.
 */
export const zIssuer = z.strictObject({
  slug: zSlug,
  did: z.string().regex(/^did:(web|key):[A-Za-z0-9._:%-]+$/),
  /** Public URL of the house, without a trailing slash. */
  baseUrl: zHttpUrl.regex(/[^/]$/),
  name: z.string().trim().min(1),
  /** The office to turn to; what assessed an award is the programme's own unit. */
  unit: z.string().trim().min(1).optional(),
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  url: zHttpUrl,
  email: z.email().optional(),
  /** How to reach the issuer, for people: an address, a page, opening hours. */
  contact: z.string().trim().min(1).optional(),
  /** SHA-256 of its logo, hex; the file is held and served by this house. */
  logo: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  colours: z.strictObject({ primary: zColour, accent: zColour.optional() }).optional(),
  linkedInOrganizationId: z.string().regex(/^\d+$/).optional(),
  /** The one made by `init`: its DID is that of the host itself. */
  isDefault: z.boolean(),
});
export type Issuer = z.infer<typeof zIssuer>;

/** Letters that Unicode does not decompose into a base letter and a mark. */
const LIGATURES: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** A name in `[a-z0-9-]`: accents stripped, every other run of characters a hyphen. Empty when no Latin letter is left. */
function plainSlug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[œæßøłđðþı]/g, (letter) => LIGATURES[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/**
 * The slug of an institution's name, at most 64 characters, cut at a word boundary where there is one.
 * @returns `issuer` for a name without any Latin letter or digit.
 */
export function issuerSlug(name: string): string {
  const slug = plainSlug(name);
  if (slug === '') return 'issuer';
  if (slug.length <= SLUG_LENGTH) return slug;
  const boundary = slug.lastIndexOf('-', SLUG_LENGTH);
  return slug.slice(0, boundary > 0 ? boundary : SLUG_LENGTH);
}

/**
 * The did:web of an issuer (decision 7): `did:web:host` for the default one, `did:web:host:issuers:slug` for any other.
 * A port's colon is percent-encoded; segments of a base URL's path become parts of the DID.
 * @see https://w3c-ccg.github.io/did-method-web/#method-specific-identifier
 */
export function issuerDid({ slug, baseUrl, isDefault }: Pick<Issuer, 'slug' | 'baseUrl' | 'isDefault'>): string {
  const { host, pathname } = new URL(baseUrl);
  const path = pathname.split('/').filter((segment) => segment !== '');
  return ['did:web', encodeURIComponent(host), ...path, ...(isDefault ? [] : ['issuers', slug])].join(':');
}

/** Where an issuer's logo is served, whatever it looks like today. */
export function issuerLogoUrl(baseUrl: string, slug: string): string {
  return `${issuerUrl(baseUrl, slug)}/logo`;
}

/**
 * The `issuer` of every badge of an institution: the body people trust, whose DID signs. The unit that assessed stands
 * in `credentialSubject.source`, see {@link composeUnitProfile}.
 * @see https://www.imsglobal.org/spec/ob/v3p0#profile
 */
export function composeIssuerProfile(issuer: Issuer): Profile {
  return presentMembers<Profile>({
    id: issuer.did,
    type: ['Profile'],
    name: issuer.name,
    url: issuer.url,
    email: issuer.email,
    image: issuer.logo === undefined ? undefined : { id: issuerLogoUrl(issuer.baseUrl, issuer.slug), type: 'Image' },
    address: issuer.country === undefined ? undefined : { type: ['Address'], addressCountryCode: issuer.country },
  });
}

/**
 * The unit that assessed on the institution's behalf, for `credentialSubject.source`. The DID names the institution, and
 * one institution has many units, so the unit is not the issuer: it is a Profile of its own. Its parent is named by the
 * institution's page, not by the DID: statements about one node count once in the signed form, so a second mention of
 * the issuer's DID would let somebody take `issuer.name` away unnoticed.
 */
export function composeUnitProfile(issuer: Issuer, unit: string): Profile | undefined {
  if (unit.trim() === '') return undefined;
  return {
    id: `${issuerUrl(issuer.baseUrl, issuer.slug)}#${plainSlug(unit) || 'unit'}`,
    type: ['Profile'],
    name: unit.trim(),
    parentOrg: { id: issuerUrl(issuer.baseUrl, issuer.slug), type: ['Profile'], name: issuer.name },
  };
}
