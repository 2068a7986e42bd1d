import { Hono } from 'hono';
import { z } from 'zod';
import type { Caller } from '../../access/token-record.js';
import { LANGUAGES, type Localized } from '../../text/localized.js';
import { isSlug, requireName } from '../address-part.js';
import { requireScope } from '../authorise.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';
import { readerLanguage } from '../reader.js';

const zQuery = z.object({
  issuer: z.string().refine(isSlug).optional(),
  lang: z.enum(LANGUAGES).optional(),
  format: z.enum(['text', 'html', 'json']).default('json'),
});

const EXPECTED: Readonly<Record<keyof z.infer<typeof zQuery>, Localized>> = {
  issuer: { fr: 'attendu : le nom court d’un émetteur', en: 'expected the slug of an issuer' },
  lang: { fr: 'attendu : fr ou en', en: 'expected fr or en' },
  format: { fr: 'attendu : text, html ou json', en: 'expected text, html or json' },
};

/** The institution's API for diploma supplements. */
export function supplementRoutes(deps: Pick<AppDeps, 'supplements' | 'issuers'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.get('/api/students/:student/supplement', requireScope('supplement'), async (c) => {
    const query = zQuery.safeParse(c.req.query());
    if (!query.success) {
      const refused = new Set(query.error.issues.map((issue) => issue.path[0]));
      const names = zQuery.keyof().options.filter((name) => refused.has(name));
      const errors = names.map((name) => ({ pointer: `/${name}`, detail: EXPECTED[name] }));
      throw new HttpError('query-invalid', { errors });
    }
    const student = requireName(c.req.param('student'));
    const issuer = visibleIssuer(c.get('caller'), query.data.issuer) ?? (await deps.issuers.defaultSlug());
    if (issuer === undefined) throw new HttpError('not-found');
    const language = readerLanguage(c, 'fr');
    const supplement = await deps.supplements.forStudent({ issuer, student, language });
    if (supplement === undefined) throw new HttpError('not-found');
    const headers = {
      'Cache-Control': 'no-store',
      Vary: 'Authorization, Accept-Language',
      'Content-Language': language,
    };
    switch (query.data.format) {
      case 'text':
        return c.text(supplement.text, 200, headers);
      case 'html':
        return c.html(supplement.html, 200, headers);
      case 'json':
        return c.json(supplement.json, 200, headers);
    }
  });

  return app;
}

/**
 * The issuer a caller asks about. A token bound to one issuer asks about that one, named or not.
 * @throws {HttpError} `not-found` for another one: it must not even learn that it exists (A2).
 */
function visibleIssuer(caller: Caller, asked: string | undefined): string | undefined {
  if (caller.issuer !== undefined && asked !== undefined && asked !== caller.issuer) throw new HttpError('not-found');
  return caller.issuer ?? asked;
}
