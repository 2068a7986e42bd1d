/** Queries a kept answer may have been asked with: others would fill the memory with copies of one page. */
const KEPT_TARGET = /^\/[^?#\s]{0,400}(?:\?(?:lang=(?:en|fr)|format=json))?$/;
const LONGEST_HEADER = 512;

/** What of a request its public answer depends on. */
export interface Asked {
  /** Path and query as sent. */
  readonly target: string | undefined;
  readonly accept: string | undefined;
  readonly acceptLanguage: string | undefined;
  /** Somebody in particular asks: a token, a session. */
  readonly isSomebody: boolean;
}

/** The text an answer is kept under; undefined for a request whose answer is its own. */
export function questionOf({ target, accept = '', acceptLanguage = '', isSomebody }: Asked): string | undefined {
  if (isSomebody || target === undefined || accept.length + acceptLanguage.length > LONGEST_HEADER) return undefined;
  return KEPT_TARGET.test(target) ? `${target}\n${accept}\n${acceptLanguage}` : undefined;
}

/** Request headers a question holds, as `Vary` names them. */
export const ASKED_HEADERS: readonly string[] = ['accept', 'accept-language'];
