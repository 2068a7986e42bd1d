import type { Language } from './localized.js';

/** Words on pictures of badges and on the cards that announce a link to one. */
export interface PictureTexts {
  /** What stands for competences there is no room for. */
  readonly more: (count: number) => string;
  readonly credits: (credits: string) => string;
  readonly kind: string;
  /** @param day written out: `24 June 2026`. */
  readonly awarded: (day: string) => string;
  readonly check: (host: string) => string;
  /** What a preview says below the title. */
  readonly description: (facts: { readonly issuer: string; readonly day: string | null }) => string;
  /** Text in place of the picture: of a badge that holds, or of one of which something else must be said. */
  readonly alternative: (facts: { readonly title: string; readonly issuer: string }) => string;
}

const PICTURE_TEXTS: Readonly<Record<Language, PictureTexts>> = {
  fr: {
    more: (count) => (count === 1 ? '+ 1 compétence' : `+ ${count} compétences`),
    credits: (credits) => `${credits}\u00a0ECTS`,
    kind: 'Badge numérique signé',
    awarded: (day) => `Attribué le ${day}`,
    check: (host) => `À vérifier sur ${host}`,
    description: ({ issuer, day }) =>
      `Engagement étudiant reconnu par ${issuer}${day === null ? '' : ` le ${day}`}. Badge signé, vérifiable sur cette page.`,
    alternative: ({ title, issuer }) =>
      `Badge « ${title} », ${issuer}`.replace('« ', '«\u00a0').replace(' »', '\u00a0»'),
  },
  en: {
    more: (count) => (count === 1 ? '+ 1 competence' : `+ ${count} competences`),
    credits: (credits) => `${credits} ECTS`,
    kind: 'Signed digital badge',
    awarded: (day) => `Awarded on ${day}`,
    check: (host) => `Check it at ${host}`,
    description: ({ issuer, day }) =>
      `Student engagement recognised by ${issuer}${day === null ? '' : ` on ${day}`}. A signed badge, which this page checks.`,
    alternative: ({ title, issuer }) => `Badge “${title}”, ${issuer}`,
  },
};

/** The words of pictures in one language. */
export function pictureTexts(language: Language): PictureTexts {
  return PICTURE_TEXTS[language];
}
