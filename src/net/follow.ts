import type { FetchAnswer, FetchPurpose, FetchRequest } from '../ports/fetcher.js';
import { refused, unreachable } from './fetch-stop.js';
import type { OutboundUrl } from './outbound-url.js';
import type { Reply } from './request-once.js';

/** What may be had through a redirect: never a did:web document, never a status list (S5). */
const MAY_FOLLOW: ReadonlySet<FetchPurpose> = new Set(['controller', 'credential']);
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const GONE: ReadonlySet<number> = new Set([404, 410]);
/** A header arrives as Latin-1; what is no plain ASCII URL is not guessed at, nor what a parser would repair. */
const PLAIN_LOCATION = /^[!-[\]-~]+$/;

/** How many redirects this request may follow. */
export function allowedRedirects({ purpose, redirects = 0 }: FetchRequest): 0 | 2 {
  return MAY_FOLLOW.has(purpose) ? redirects : 0;
}

/**
 * Asks, and asks again where the answer says so, as often as allowed; every address is checked as the first was.
 * @param ask checks and asks one address. @returns the answer with the last reply, for its headers.
 * @throws {FetchStop}
 */
export async function follow(
  start: OutboundUrl,
  options: {
    readonly redirects: number;
    readonly readUrl: (text: string) => OutboundUrl;
    readonly ask: (url: OutboundUrl) => Promise<Reply>;
  },
): Promise<{ readonly answer: FetchAnswer; readonly reply: Reply }> {
  const { redirects, readUrl, ask } = options;
  let url = start;
  for (let followed = 0; ; followed += 1) {
    const reply = await ask(url);
    if (!REDIRECTS.has(reply.status)) return { answer: answerOf(reply, url), reply };
    const { location } = reply.headers;
    if (redirects === 0 || location === undefined) throw unreachable('redirected');
    if (followed === redirects) throw unreachable('too-many-redirects');
    url = readUrl(absolute(location, url.href));
  }
}

function absolute(location: string, base: string): string {
  if (!PLAIN_LOCATION.test(location) || !URL.canParse(location, base)) throw refused('malformed-url');
  return new URL(location, base).href;
}

function answerOf({ status, headers, bytes }: Reply, { href: finalUrl }: OutboundUrl): FetchAnswer {
  if (bytes !== undefined) return { outcome: 'found', bytes, contentType: headers['content-type'], finalUrl };
  if (GONE.has(status)) return { outcome: 'not-found' };
  throw unreachable('http-status');
}
