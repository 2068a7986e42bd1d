import { normaliseId } from '../text/public-id.js';

/**
 * Reads a badge's public id as people and scanners write it: in any letter case, with the confusions Crockford's base32
 * allows for (O for 0; I and L for 1) and with hyphens or blanks between groups.
 * @returns the canonical 26 lower-case characters, or undefined for any other text.
 * @see https://www.crockford.com/base32.html
 */
export function parseCredentialId(text: string): string | undefined {
  return text.length > 64 ? undefined : normaliseId(text.replace(/[\s-]/g, ''));
}

/**
 * Reads what somebody pastes to check a badge: its id, or a link to its page or document in this service.
 * @param publicUrl base of this service, no trailing slash.
 */
export function parseBadgeReference(text: string, publicUrl: string): string | undefined {
  const trimmed = text.trim();
  const id = parseCredentialId(trimmed);
  if (id !== undefined || trimmed.length > 2000) return id;
  const address = /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.host !== new URL(publicUrl).host) return undefined;
  const [, room, name] = url.pathname.split('/');
  if (name === undefined || (room !== 'v' && room !== 'credentials')) return undefined;
  return parseCredentialId(name.replace(/\.[a-z]+$/i, ''));
}
