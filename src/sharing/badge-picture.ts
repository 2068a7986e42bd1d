import type { BadgePicture } from '../media/badge-picture.js';
import type { PictureCompetence } from '../media/competence-rows.js';
import type { ChosenColours } from '../media/picture-colours.js';
import type { JsonObject } from '../ports/json.js';
import { type Language, zLanguage } from '../text/localized.js';
import { formatNumber } from '../text/pages-format.js';
import { pictureTexts } from '../text/pictures.js';
import { numberOf, objectsOf, textOf } from '../verification/members.js';
import type { ShownCredential, ShownLevel } from '../verification/report.js';

/** The language a badge is in, as far as it is one of ours; French, the house's first, where it says nothing. */
export function languageOf({ language }: Pick<ShownCredential, 'language'>): Language {
  const known = zLanguage.safeParse(language);
  return known.success ? known.data : 'fr';
}

/**
 * What the picture of a badge shows: the recognition, the institution, the levels reached, credits and year. Nothing of
 * the holder: a picture is copied and shown where its page is not.
 */
export function pictureOfBadge(shown: ShownCredential, colours: ChosenColours): BadgePicture {
  const language = languageOf(shown);
  const texts = pictureTexts(language);
  const footing = [
    ...(shown.credits === null || shown.credits === 0 ? [] : [texts.credits(formatNumber(shown.credits, language))]),
    ...(shown.term === null ? [] : [shown.term]),
  ];
  return {
    title: shown.name ?? shown.achievement.name,
    institution: shown.issuer.name ?? shown.issuer.id,
    competences: shown.levels.map(competenceOf),
    footing: footing.length === 0 ? null : footing.join(' · '),
    more: texts.more,
    colours,
  };
}

function competenceOf({ competence, level, levelNumber, scale }: ShownLevel): PictureCompetence {
  const numbered = (levelNumber ?? 0) - 1;
  const reached = scale[numbered] === level ? numbered : scale.indexOf(level);
  return { name: competence, level, reached: reached + 1, steps: scale.length };
}

/**
 * What the picture of an achievement shows: its competences with the levels they have, none of them reached.
 * @param achievement as published in one language.
 */
export function pictureOfAchievement(
  achievement: JsonObject,
  {
    institution,
    colours,
    language,
  }: {
    readonly institution: string;
    readonly colours: ChosenColours;
    readonly language: Language;
  },
): BadgePicture {
  const texts = pictureTexts(language);
  const credits = numberOf(achievement['creditsAvailable']);
  const competences = objectsOf(achievement['resultDescription']).flatMap((description): PictureCompetence[] => {
    const steps = objectsOf(description['rubricCriterionLevel']).length;
    return steps === 0 ? [] : [{ name: textOf(description['name']) ?? '', level: null, reached: 0, steps }];
  });
  return {
    title: textOf(achievement['name']) ?? '',
    institution,
    competences,
    footing: credits === null || credits === 0 ? null : texts.credits(formatNumber(credits, language)),
    more: texts.more,
    colours,
  };
}
