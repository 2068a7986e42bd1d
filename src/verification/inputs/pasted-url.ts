import { type InputProblem, nothingToJudge } from './input-problem.js';

export type UrlReading = { readonly kind: 'url'; readonly url: string } | InputProblem;

/** Anything that begins with a scheme, whatever the scheme: `file:`, `javascript:`, `did:` … */
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]{0,30}:\S+$/;
const MAX_LENGTH = 8_192;

/**
 * Reads a pasted address: https with a host, no credentials and nothing a parser would silently change. Whether it may
 * be looked up is for the guarded fetcher to say (threat case V62, S1 to S7); what comes back must be no address again.
 * @returns undefined for text that is no address at all.
 */
export function readPastedUrl(text: string): UrlReading | undefined {
  const trimmed = text.trim();
  if (!SCHEME.test(trimmed)) return undefined;
  return isPlainHttpsUrl(trimmed)
    ? { kind: 'url', url: trimmed }
    : nothingToJudge(422, 'url-not-allowed', { found: trimmed });
}

function isPlainHttpsUrl(text: string): boolean {
  if (!/^https:\/\/[^/?#@\\]/i.test(text) || text.length > MAX_LENGTH || /[\\\p{Cc}]/u.test(text)) return false;
  if (!URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}
