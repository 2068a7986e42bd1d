import type { Child } from 'hono/jsx';
import { LANGUAGES, type Language } from '../text/localized.js';
import { pageTexts } from '../text/pages.js';
import { type Preview, PreviewTags } from './preview-tags.js';
import { visible } from './words.js';

/** What every page knows of the request it answers. */
export interface PageFrame {
  readonly language: Language;
  /** Path of the page, for the links that switch its language. */
  readonly path: string;
}

/** Where the style sheet is served. */
export const STYLESHEET_PATH = '/assets/sceau.css';
/** Where the house's mark is served. */
export const ICON_PATH = '/assets/sceau.svg';

interface DocumentProps {
  readonly frame: PageFrame;
  readonly title: string;
  /** One more style sheet, of this origin: an institution's colours. */
  readonly styleSheet?: string;
  /** Scripts of this origin; the page works without them. */
  readonly scripts?: readonly string[];
  /** Address the page is known under, when it is not the one asked for. */
  readonly canonical?: string;
  /** Addresses of the same content in other forms. */
  readonly alternates?: readonly { readonly type: string; readonly href: string }[];
  /** What a link to the page shows where it is shared. */
  readonly preview?: Preview;
  readonly children?: Child;
}

const LanguageSwitch = ({ frame }: { readonly frame: PageFrame }) => (
  <nav class="languages" aria-label={pageTexts(frame.language).languageSwitch}>
    {LANGUAGES.map((language) => (
      <a
        href={`${frame.path}?lang=${language}`}
        lang={language}
        hreflang={language}
        {...(language === frame.language ? { 'aria-current': 'true' } : {})}
      >
        {pageTexts(language).languageName}
      </a>
    ))}
  </nav>
);

const Document = (props: DocumentProps) => {
  const { frame, title, styleSheet, scripts, canonical, alternates, preview, children } = props;
  const texts = pageTexts(frame.language);
  return (
    <html lang={frame.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>{`${visible(title)} · Sceau`}</title>
        <link rel="stylesheet" href={STYLESHEET_PATH} />
        {styleSheet === undefined ? null : <link rel="stylesheet" href={styleSheet} />}
        {(scripts ?? []).map((src) => (
          <script type="module" src={src} />
        ))}
        <link rel="icon" type="image/svg+xml" href={ICON_PATH} />
        {canonical === undefined ? null : <link rel="canonical" href={canonical} />}
        {(alternates ?? []).map(({ type, href }) => (
          <link rel="alternate" type={type} href={href} />
        ))}
        {preview === undefined ? null : <PreviewTags preview={preview} language={frame.language} />}
      </head>
      <body>
        <a class="skip" href="#content">
          {texts.skipToContent}
        </a>
        <header class="top">
          <a class="mark" href="/">
            <img src={ICON_PATH} alt="" width="28" height="28" />
            Sceau
          </a>
          <LanguageSwitch frame={frame} />
        </header>
        <main id="content">{children}</main>
        <footer class="bottom">
          <p>{texts.footer}</p>
        </footer>
      </body>
    </html>
  );
};

/** A whole HTML page as text. Every string in it is escaped by the renderer; there is no way round it in this room. */
export function renderDocument(props: DocumentProps): string {
  return `<!doctype html>${String(<Document {...props} />)}`;
}
