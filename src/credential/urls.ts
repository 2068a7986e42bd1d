import type { Language } from '../text/localized.js';

/** Where an achievement lives: a programme version, and a variant or a pathway of it. */
export interface AchievementPlace {
  readonly programme: string;
  readonly version: string;
  /** Id of the variant or pathway. */
  readonly variant?: string | undefined;
}

/** The document: `<baseUrl>/credentials/<id>`. It is the credential's `id` (decision 8). */
export function credentialUrl(baseUrl: string, id: string): string {
  return `${baseUrl}/credentials/${encodeURIComponent(id)}`;
}

/** The page behind the QR code: `<baseUrl>/v/<id>`. */
export function pageUrl(baseUrl: string, id: string): string {
  return `${baseUrl}/v/${encodeURIComponent(id)}`;
}

/** A status list credential: `<baseUrl>/status/<list>`. */
export function statusListUrl(baseUrl: string, list: string): string {
  return `${baseUrl}/status/${encodeURIComponent(list)}`;
}

/** An issuer's Profile: `<baseUrl>/issuers/<slug>`. */
export function issuerUrl(baseUrl: string, slug: string): string {
  return `${baseUrl}/issuers/${encodeURIComponent(slug)}`;
}

/** An achievement: `<baseUrl>/achievements/<programme>/<version>[/<variant or pathway>]`, one for both languages. */
export function achievementUrl(baseUrl: string, { programme, version, variant }: AchievementPlace): string {
  const segments = [programme, version, ...(variant === undefined ? [] : [variant])];
  return `${baseUrl}/achievements/${segments.map(encodeURIComponent).join('/')}`;
}

/**
 * The picture of an achievement in one language: `<achievement>/image.png?lang=<language>`. One for all who hold its
 * badge, so that whoever loads it does not tell whose badge is being looked at.
 */
export function achievementImageUrl(achievement: string, language: Language): string {
  return `${achievement}/image.png?lang=${language}`;
}

/** The id in one of our credential URLs, lower case; undefined for any other URL. */
export function credentialIdOf(baseUrl: string, url: string): string | undefined {
  return idUnder(`${baseUrl}/credentials/`, url)?.toLowerCase();
}

/** The list's id in one of our status list URLs (with or without a fragment); undefined for any other URL. */
export function statusListIdOf(baseUrl: string, url: string): string | undefined {
  return idUnder(`${baseUrl}/status/`, url.replace(/#.*$/s, ''));
}

function idUnder(prefix: string, url: string): string | undefined {
  if (!url.startsWith(prefix)) return undefined;
  const id = url.slice(prefix.length);
  return /^[0-9A-Za-z_-]+$/.test(id) ? id : undefined;
}
