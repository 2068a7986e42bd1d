import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { HttpEnv } from './env.js';

/** The longest a session lasts; it usually ends before, on the server. */
const MAX_AGE_SECONDS = 12 * 60 * 60;

/**
 * The cookie of a session on the holder's pages: out of reach of scripts, never sent over plain http where the house is
 * reached by https (`__Host-` also ties it to this very host), not sent along by forms of other sites.
 */
export interface HolderCookie {
  read(c: Context<HttpEnv>): string | undefined;
  write(c: Context<HttpEnv>, secret: string): void;
  clear(c: Context<HttpEnv>): void;
}

/** @param publicUrl decides whether the cookie is for https only. */
export function createHolderCookie(publicUrl: string): HolderCookie {
  const secure = publicUrl.startsWith('https:');
  const name = secure ? '__Host-sceau-holder' : 'sceau-holder';
  const set = (c: Context<HttpEnv>, value: string, maxAge: number) =>
    setCookie(c, name, value, { path: '/', httpOnly: true, secure, sameSite: 'Lax', maxAge });
  return {
    read: (c) => getCookie(c, name),
    write: (c, secret) => set(c, secret, MAX_AGE_SECONDS),
    clear: (c) => set(c, '', 0),
  };
}
