import type { Context } from 'hono';
import type { HttpEnv } from './env.js';
import { HttpError } from './http-error.js';

/**
 * Refuses a form that another site sends with this reader's cookie (A7): a browser says in `Sec-Fetch-Site` and `Origin`
 * where a request comes from. One that says neither is no browser with a form of ours in it. `Origin: null` alone proves
 * nothing either way (our pages send no referrer, and browsers then write it): the form's own token decides.
 * @throws {HttpError} `form-not-yours`
 * @see https://fetch.spec.whatwg.org/#origin-header
 */
export function refuseForeignForm(c: Context<HttpEnv>, publicUrl: string): void {
  const site = c.req.header('Sec-Fetch-Site');
  const origin = c.req.header('Origin');
  const isForeignSite = site !== undefined && site !== 'same-origin';
  const isForeignOrigin = origin !== undefined && origin !== 'null' && !isOurs(origin, c, publicUrl);
  if (isForeignSite || isForeignOrigin || (site === undefined && origin === undefined)) {
    throw new HttpError('form-not-yours');
  }
  const mediaType = c.req.header('Content-Type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== 'application/x-www-form-urlencoded') throw new HttpError('form-not-yours');
}

/** The public address, or the one the reader reached us under: no page can make a browser lie about `Host`. */
function isOurs(origin: string, c: Context<HttpEnv>, publicUrl: string): boolean {
  if (origin === new URL(publicUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === c.req.header('Host');
}
