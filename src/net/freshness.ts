import type { IncomingHttpHeaders } from 'node:http';

/**
 * How long a document may be believed, in seconds: what `Cache-Control` and `Age` allow a shared cache, and never longer
 * than `maxSeconds`. A document that says nothing is believed for `defaultSeconds`.
 * @see https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1
 */
export function freshSeconds(
  headers: IncomingHttpHeaders,
  { defaultSeconds, maxSeconds }: { readonly defaultSeconds: number; readonly maxSeconds: number },
): number {
  const directives = (headers['cache-control'] ?? '')
    .toLowerCase()
    .split(',')
    .map((text) => text.trim());
  if (directives.some((directive) => /^(?:no-store|no-cache|private)(?:=|$)/.test(directive))) return 0;
  const stated = secondsOf(directives, 's-maxage') ?? secondsOf(directives, 'max-age');
  const age = /^\d{1,9}$/.test(headers.age ?? '') ? Number(headers.age) : 0;
  return Math.min(maxSeconds, stated === undefined ? defaultSeconds : Math.max(0, stated - age));
}

/** The smallest stated, should a directive stand twice; what is no number counts as 0. */
function secondsOf(directives: readonly string[], name: string): number | undefined {
  const stated = directives
    .filter((directive) => directive === name || directive.startsWith(`${name}=`))
    .map((directive) => /^[a-z-]+="?(\d{1,12})"?$/.exec(directive)?.[1])
    .map((digits) => (digits === undefined ? 0 : Number(digits)));
  return stated.length === 0 ? undefined : Math.min(...stated);
}
