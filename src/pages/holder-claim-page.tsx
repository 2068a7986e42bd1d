import { holderTexts } from '../text/holder.js';
import { type PageFrame, renderDocument } from './document.js';
import { Notice } from './holder-parts.js';
import { HOLDER_STYLESHEET_PATH, inLanguage } from './holder-view.js';
import { visible } from './words.js';

/** The page behind a mailed link. Only its button uses the link: whoever merely looks, a mail scanner say, uses nothing. */
export interface ClaimPage {
  readonly frame: PageFrame;
  /** Where the button goes: the page's own address. */
  readonly action: string;
  readonly link:
    | { readonly state: 'open'; readonly institution: string; readonly sentTo: string }
    | { readonly state: 'opened' | 'replaced' | 'expired' | 'unknown' };
}

/** The page of a link that opens, or the kind word about one that does not. */
export function claimPage({ frame, action, link }: ClaimPage): string {
  const texts = holderTexts(frame.language).claim;
  if (link.state !== 'open') {
    const notice = texts.closed[link.state];
    return renderDocument({
      frame,
      title: notice.title,
      styleSheet: HOLDER_STYLESHEET_PATH,
      children: (
        <Notice notice={notice}>
          <form method="post" action={inLanguage(`${action}/again`, frame)}>
            <button type="submit">{texts.again}</button>
          </form>
          <p class="note">{texts.againHint}</p>
        </Notice>
      ),
    });
  }
  const title = texts.title(visible(link.institution));
  return renderDocument({
    frame,
    title,
    styleSheet: HOLDER_STYLESHEET_PATH,
    children: (
      <Notice notice={{ title, detail: texts.lead(visible(link.sentTo)) }}>
        <form method="post" action={inLanguage(action, frame)}>
          <button type="submit">{texts.button}</button>
        </form>
        <p class="note">{texts.once}</p>
      </Notice>
    ),
  });
}

/** What is said to everybody who asks for a new link, whether the old one was any good or not. */
export function linkAskedPage(frame: PageFrame): string {
  const { asked } = holderTexts(frame.language).claim;
  return renderDocument({
    frame,
    title: asked.title,
    styleSheet: HOLDER_STYLESHEET_PATH,
    children: <Notice notice={asked} />,
  });
}
