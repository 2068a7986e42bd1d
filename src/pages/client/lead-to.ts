/**
 * Where a scanned code leads on this site: the path of a badge's page. Undefined for anything else, which goes into the
 * box for the reader to see before anything is asked.
 * @param text what the code holds. @param origin of this site.
 */
export function leadTo(text: string, origin: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.origin !== origin || !/^\/v\/[0-9A-Za-z-]{26,40}$/.test(url.pathname)) return undefined;
  return url.pathname;
}
