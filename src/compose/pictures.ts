import type { AppDeps, CardAsked } from '../http/deps.js';
import { type Badge, findBadge } from '../issuing/badges.js';
import type { IssuingContext } from '../issuing/context.js';
import { achievementDocuments } from '../issuing/public-documents.js';
import type { BadgePicture } from '../media/badge-picture.js';
import type { PreviewCard } from '../media/preview-card.js';
import { readFontFiles } from '../platform/font-files.js';
import { pictureOfAchievement, pictureOfBadge } from '../sharing/badge-picture.js';
import { formatDay } from '../text/pages-format.js';
import { pictureTexts } from '../text/pictures.js';
import { withoutEmpty } from '../verification/members.js';
import { readCredential } from '../verification/read-credential.js';
import { remember } from './remember.js';

/** Pixels a badge's picture is wide: sharp on a telephone, some 90 kB. */
const BADGE_PIXELS = 640;
/** Drawn pictures kept in memory, some 25 MB. */
const KEPT = 256;

/** Draws the pictures of a house. */
export interface Pictures extends Pick<AppDeps['forms'], 'card' | 'achievement'> {
  /** A badge's signed document inside its picture, byte for byte. */
  baked(badge: Badge, form: 'png' | 'svg'): Promise<Uint8Array>;
}

/**
 * The pictures of badges and achievements, and the cards that announce a link. What draws them, and its fonts, is
 * loaded with the first one.
 */
export function createPictures(issuing: IssuingContext): Pictures {
  let loaded: ReturnType<typeof loadStudio> | undefined;
  const studio = () => {
    loaded ??= loadStudio();
    loaded.catch(() => {
      loaded = undefined;
    });
    return loaded;
  };
  const drawings = remember<string>(KEPT);
  const pngs = remember<Uint8Array>(KEPT);
  const svgOf = (picture: BadgePicture) =>
    drawings(keyOf(picture), async () => {
      const { drawBadge, typesetter } = await studio();
      return drawBadge(picture, typesetter);
    });
  const pngOf = (picture: BadgePicture) =>
    pngs(keyOf(picture), async () => (await studio()).rasterise(await svgOf(picture), BADGE_PIXELS));
  return {
    async baked({ document, issuer }, form) {
      const shown = readCredential(withoutEmpty(document), { status: 'unknown', digests: new Map() });
      const picture = pictureOfBadge(shown, issuer.colours ?? {});
      const { bakePng, bakeSvg } = await studio();
      const text = JSON.stringify(document);
      return form === 'png' ? bakePng(await pngOf(picture), text) : bakeSvg(await svgOf(picture), text);
    },
    async card(asked) {
      const colours = (await findBadge(issuing, asked.id))?.issuer.colours ?? {};
      const card = composeCard(asked, { publicUrl: issuing.settings.publicUrl, colours });
      return pngs(`card ${JSON.stringify(card)}`, async () => {
        const { CARD, drawPreviewCard, rasterise, typesetter } = await studio();
        return rasterise(drawPreviewCard(card, typesetter), CARD.width);
      });
    },
    async achievement(place, { language, form }) {
      const found = await achievementDocuments(issuing, place);
      if (found === undefined) return undefined;
      const picture = pictureOfAchievement(found.achievement[language], {
        institution: found.issuer.name,
        colours: found.issuer.colours ?? {},
        language,
      });
      return form === 'png' ? pngOf(picture) : svgOf(picture);
    },
  };
}

/** The pictures as they are served: by id, and nothing of a badge that is not shared. */
export function servedPictures(
  issuing: IssuingContext,
  { baked, card, achievement }: Pictures,
): Pick<AppDeps['forms'], 'baked' | 'card' | 'achievement'> {
  return {
    async baked(id, form) {
      const badge = await findBadge(issuing, id);
      return badge === undefined ? undefined : baked(badge, form);
    },
    card,
    achievement,
  };
}

/** What a picture is made from, its words of ours included. */
function keyOf(picture: BadgePicture): string {
  return JSON.stringify({ ...picture, more: picture.more(2) });
}

/** Fonts and whatever draws, opened once. */
async function loadStudio() {
  const [files, typeset, badge, card, raster, png, svg] = await Promise.all([
    readFontFiles(),
    import('../media/typeset.js'),
    import('../media/badge-picture.js'),
    import('../media/preview-card.js'),
    import('../media/rasterise.js'),
    import('../media/png-bake.js'),
    import('../media/svg-bake.js'),
  ]);
  return {
    typesetter: typeset.createTypesetter(files),
    drawBadge: badge.drawBadge,
    drawPreviewCard: card.drawPreviewCard,
    CARD: card.CARD,
    rasterise: raster.rasterise,
    bakePng: png.bakePng,
    bakeSvg: svg.bakeSvg,
  };
}

function composeCard(
  { shown, state, language }: CardAsked,
  house: { readonly publicUrl: string; readonly colours: Parameters<typeof pictureOfBadge>[1] },
): PreviewCard {
  const texts = pictureTexts(language);
  const awarded = shown === null ? null : (shown.awardedDate ?? shown.validFrom);
  return {
    ...(shown === null ? {} : { badge: pictureOfBadge(shown, house.colours) }),
    kind: texts.kind,
    details: awarded === null ? [] : [texts.awarded(formatDay(awarded, language))],
    foot: texts.check(new URL(house.publicUrl).host),
    ...(state === undefined ? {} : { state }),
  };
}
