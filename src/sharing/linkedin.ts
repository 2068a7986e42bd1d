import { createZoneClock, type Instant } from '../text/instant.js';

/** Whose page LinkedIn shows with a certification: the one of a number, with its logo, else the name as text. */
export type LinkedInOrganization = { readonly id: string } | { readonly name: string };

/** What a badge says on a LinkedIn profile. The name of its holder is no part of it: the profile has one. */
export interface LinkedInCertification {
  /** Title of the badge. */
  readonly name: string;
  readonly organization: LinkedInOrganization;
  readonly issued: Instant;
  /** Left out for a badge that does not end. */
  readonly expires?: Instant;
  /** IANA time zone of the institution: a badge of the night to 1 January belongs to the new year there. */
  readonly timeZone: string;
  /** The badge's public page. */
  readonly pageUrl: string;
  /** The badge's public id, as printed under its QR code. */
  readonly badgeId: string;
}

const ADD_TO_PROFILE = 'https://www.linkedin.com/profile/add';
const SHARE = 'https://www.linkedin.com/sharing/share-offsite/';

/**
 * The link that opens LinkedIn's form for a certification, filled in. Values are percent-encoded: how LinkedIn reads a
 * `+` is not documented. The parameters are a practice of many years; LinkedIn publishes no reference for them.
 */
export function addToProfileUrl(certification: LinkedInCertification): string {
  const { name, organization, issued, expires, timeZone, pageUrl, badgeId } = certification;
  const { dayOf } = createZoneClock(timeZone);
  const [issueYear, issueMonth] = yearAndMonth(dayOf(issued));
  const [expirationYear, expirationMonth] = expires === undefined ? [] : yearAndMonth(dayOf(expires));
  return withQuery(ADD_TO_PROFILE, {
    startTask: 'CERTIFICATION_NAME',
    name,
    organizationId: 'id' in organization ? organization.id : undefined,
    organizationName: 'name' in organization ? organization.name : undefined,
    issueYear,
    issueMonth,
    expirationYear,
    expirationMonth,
    certUrl: pageUrl,
    certId: badgeId,
  });
}

/** The link that opens a LinkedIn post about a page. Title, text and picture come from the page's own tags. */
export function sharePostUrl(pageUrl: string): string {
  return withQuery(SHARE, { url: pageUrl });
}

/** `2026-06-24` → `['2026', '6']`. */
function yearAndMonth(day: string): readonly [year: string, month: string] {
  return [String(Number(day.slice(0, 4))), String(Number(day.slice(5, 7)))];
}

function withQuery(base: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encoded(value)}`],
  );
  return `${base}?${pairs.join('&')}`;
}

/** Percent-encoded down to the unreserved characters; half a surrogate pair, which has no encoding, becomes U+FFFD. */
function encoded(value: string): string {
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
