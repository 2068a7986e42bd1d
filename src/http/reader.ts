import type { Context } from 'hono';
import type { PageFrame } from '../pages/document.js';
import { type Language, zLanguage } from '../text/localized.js';
import type { HttpEnv } from './env.js';
import { preferredLanguage } from './negotiation.js';

/** The language to answer in: `?lang`, then `Accept-Language`, then the given one (decision 13). */
export function readerLanguage(c: Context<HttpEnv>, otherwise: Language = 'en'): Language {
  const asked = zLanguage.safeParse(c.req.query('lang'));
  return asked.success ? asked.data : (preferredLanguage(c.req.header('Accept-Language')) ?? otherwise);
}

/** What a page needs to know of its request. The path never begins with two slashes: a browser would read a host there. */
export function frameOf(c: Context<HttpEnv>, language: Language): PageFrame {
  return { language, path: c.req.path.replace(/^\/+/, '/') };
}
