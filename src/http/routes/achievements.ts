import type { Context } from 'hono';
import { Hono } from 'hono';
import { achievementPage } from '../../pages/achievement-page.js';
import { zAchievementView } from '../../pages/achievement-view.js';
import { requireName, requireSlug } from '../address-part.js';
import type { Keeping } from '../answers/answer-memory.js';
import type { AppDeps, ServedAchievement } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { formOf } from '../form.js';
import { HttpError } from '../http-error.js';
import { publicDocument } from '../public-document.js';
import { frameOf, readerLanguage } from '../reader.js';

const MAX_AGE_SECONDS = 300;

/** What a recognition is: one address per programme version (and variant), in the reader's language (decision 13). */
export function achievementRoutes(deps: Pick<AppDeps, 'achievements'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.get('/achievements/:programme/:version', async (c) => {
    const { programme, version } = c.req.param();
    return answer(
      c,
      await deps.achievements.find({ programme: requireSlug(programme), version: requireName(version) }),
    );
  });

  app.get('/achievements/:programme/:version/:variant', async (c) => {
    const { programme, version, variant } = c.req.param();
    return answer(
      c,
      await deps.achievements.find({
        programme: requireSlug(programme),
        version: requireName(version),
        variant: requireSlug(variant),
      }),
    );
  });

  return app;
}

function answer(c: Context<HttpEnv>, found: ServedAchievement | undefined): Response {
  if (found === undefined) throw new HttpError('not-found');
  const language = readerLanguage(c);
  const keeping: Keeping = { about: { kind: 'achievement', name: c.req.path } };
  const common = { maxAgeSeconds: MAX_AGE_SECONDS, vary: 'Accept, Accept-Language', language, keeping };
  if (formOf(c) === 'json') {
    return publicDocument(c, {
      ...common,
      body: JSON.stringify(found.achievement[language]),
      mediaType: 'application/json',
    });
  }
  const achievement = {
    fr: zAchievementView.parse(found.achievement.fr),
    en: zAchievementView.parse(found.achievement.en),
  };
  const issuer = { name: found.issuer.name, path: `/issuers/${found.issuer.slug}` };
  return publicDocument(c, {
    ...common,
    body: achievementPage({ frame: frameOf(c, language), achievement, issuer }),
    mediaType: 'text/html; charset=utf-8',
  });
}
