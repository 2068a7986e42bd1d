import type { Language } from '../text/localized.js';
import { visible } from './words.js';

/** What a link to a page shows where it is shared. */
export interface Preview {
  readonly title: string;
  readonly description: string;
  readonly siteName: string;
  /** Absolute address of the page. */
  readonly url: string;
  readonly image: {
    /** Absolute address of a PNG of 1200 × 627 pixels. */
    readonly url: string;
    readonly alternative: string;
  };
}

const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr_FR', en: 'en_GB' };

/** Tags in the head of a page, for those who make previews of links. @see https://ogp.me/ */
export const PreviewTags = ({ preview, language }: { readonly preview: Preview; readonly language: Language }) => {
  const { title, description, siteName, url, image } = preview;
  const tags: readonly (readonly [property: string, content: string])[] = [
    ['og:type', 'website'],
    ['og:site_name', siteName],
    ['og:url', url],
    ['og:title', title],
    ['og:description', description],
    ['og:image', image.url],
    ['og:image:type', 'image/png'],
    ['og:image:width', '1200'],
    ['og:image:height', '627'],
    ['og:image:alt', image.alternative],
    ['og:locale', LOCALES[language]],
    ['og:locale:alternate', LOCALES[language === 'fr' ? 'en' : 'fr']],
  ];
  return (
    <>
      <meta name="description" content={visible(description)} />
      {tags.map(([property, content]) => (
        <meta property={property} content={visible(content)} />
      ))}
      <meta name="twitter:card" content="summary_large_image" />
    </>
  );
};
