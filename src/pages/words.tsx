import type { Child } from 'hono/jsx';
import { visible } from '../text/visible.js';

export { visible };

/** A short text somebody else wrote: a name, a title. Isolated, so that its direction does not touch what surrounds it. */
export const Words = ({ text }: { readonly text: string }) => <bdi>{visible(text)}</bdi>;

/**
 * A long text somebody else wrote, such as a narrative. Markdown is shown as it was typed, never interpreted: no HTML,
 * no links. Blank lines part paragraphs, other line breaks are kept by the style sheet.
 */
export const Prose = ({ text, lang }: { readonly text: string; readonly lang?: string | undefined }) => (
  <div class="prose" {...(lang === undefined ? {} : { lang })}>
    {visible(text)
      .split(/\n[ \t]*\n/)
      .filter((paragraph) => paragraph.trim() !== '')
      .map((paragraph) => (
        <p dir="auto">{paragraph.trim()}</p>
      ))}
  </div>
);

/** One row of a list of facts; left out when there is nothing to say. */
export const Fact = ({ name, children }: { readonly name: string; readonly children?: Child }) =>
  children === null || children === undefined || children === false ? null : (
    <div class="fact">
      <dt>
        <Words text={name} />
      </dt>
      <dd>{children}</dd>
    </div>
  );
