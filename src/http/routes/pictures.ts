import type { Context } from 'hono';
import { Hono } from 'hono';
import { toneOf } from '../../pages/seal.js';
import { verdictOf } from '../../pages/verdict.js';
import { zLanguage } from '../../text/localized.js';
import { pageTexts } from '../../text/pages.js';
import { requireName, requireSlug } from '../address-part.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';
import { publicDocument } from '../public-document.js';
import { readerLanguage } from '../reader.js';
import { requireId, verdictKeeping } from './verification.js';

/** Short: what a badge's card says changes with its state. */
const CARD_MAX_AGE_SECONDS = 60;
const ACHIEVEMENT_MAX_AGE_SECONDS = 300;

type PictureDeps = Pick<AppDeps, 'badges' | 'forms'>;
type Form = 'png' | 'svg';

export const IMAGE_MEDIA_TYPES: Readonly<Record<Form, string>> = {
  png: 'image/png',
  svg: 'image/svg+xml; charset=utf-8',
};

/** Pictures that hold no badge: the card that announces a badge's page, and the picture of an achievement. */
export function pictureRoutes(deps: PictureDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.get('/v/:id/og.png', (c) => previewCard(c, deps, requireId(c.req.param('id'))));

  for (const form of ['png', 'svg'] as const) {
    app.get(`/achievements/:programme/:version/image.${form}`, (c) => {
      const { programme, version } = c.req.param();
      return achievementPicture(c, deps, form, {
        programme: requireSlug(programme),
        version: requireName(version),
      });
    });
    app.get(`/achievements/:programme/:version/:variant/image.${form}`, (c) => {
      const { programme, version, variant } = c.req.param();
      return achievementPicture(c, deps, form, {
        programme: requireSlug(programme),
        version: requireName(version),
        variant: requireSlug(variant),
      });
    });
  }

  return app;
}

/**
 * In the language of the link, else the badge's own: those who fetch previews name none. It shows no name of a person,
 * and of a badge whose signature does not hold nothing at all but that.
 */
async function previewCard(c: Context<HttpEnv>, deps: PictureDeps, id: string): Promise<Response> {
  const report = await deps.badges.verify(id);
  if (report === undefined) throw new HttpError('badge-not-found');
  const shown = report.credential;
  const signed = zLanguage.safeParse(shown?.language);
  const language = readerLanguage(c, signed.success ? signed.data : undefined);
  const verdict = verdictOf(report, true);
  const tone = toneOf(verdict);
  const state = tone === 'good' ? {} : { state: { text: pageTexts(language).verdict[verdict].title, tone } };
  return publicDocument(c, {
    body: await deps.forms.card({ id, shown, language, ...state }),
    mediaType: IMAGE_MEDIA_TYPES.png,
    maxAgeSeconds: CARD_MAX_AGE_SECONDS,
    vary: 'Accept-Language',
    language,
    keeping: verdictKeeping(id, report),
  });
}

async function achievementPicture(
  c: Context<HttpEnv>,
  deps: PictureDeps,
  form: Form,
  place: Parameters<AppDeps['forms']['achievement']>[0],
): Promise<Response> {
  const language = readerLanguage(c);
  const body = await deps.forms.achievement(place, { language, form });
  if (body === undefined) throw new HttpError('not-found');
  return publicDocument(c, {
    body,
    mediaType: IMAGE_MEDIA_TYPES[form],
    maxAgeSeconds: ACHIEVEMENT_MAX_AGE_SECONDS,
    keeping: { about: { kind: 'achievement', name: c.req.path } },
    vary: 'Accept-Language',
    language,
  });
}
