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

/** A text that names its own parts, `Two of these: this ; that ; more.` */
const LISTING = /^([^:;]{1,90}?)\s?:\s(.+?)\.?$/s;
const MOST_PARTS = 12;

/** The lead and the parts of a listing; undefined for any other text. */
function partsOfListing(text: string): { readonly lead: string; readonly parts: readonly string[] } | undefined {
  const [, lead, list] = LISTING.exec(text) ?? [];
  const parts = list?.split(/\s?;\s/) ?? [];
  return lead === undefined || parts.length < 2 || parts.length > MOST_PARTS ? undefined : { lead, parts };
}

/** A text set as a list where it is one in a single sentence, as the meaning of a level often is. Not a word is changed. */
export const Listed = ({ text }: { readonly text: string }) => {
  const listing = partsOfListing(visible(text));
  if (listing === undefined) return <Prose text={text} />;
  return (
    <div class="listed">
      <p dir="auto">{listing.lead}</p>
      <ul>
        {listing.parts.map((part) => (
          <li dir="auto">{part}</li>
        ))}
      </ul>
    </div>
  );
};

/** Names of roles, each set apart from the next. */
export const RoleNames = ({ roles }: { readonly roles: readonly string[] }) =>
  roles.map((role, index) => (
    <>
      <span class="role">
        <Words text={role} />
        {index < roles.length - 1 ? <span class="unseen">,</span> : null}
      </span>{' '}
    </>
  ));

/**
 * One row of a list of facts; left out when there is nothing to say. `large`: a figure to be seen from afar. `nameLang`:
 * the language of a name that somebody else wrote.
 */
export const Fact = (props: {
  readonly name: string;
  readonly large?: boolean;
  readonly nameLang?: string | undefined;
  readonly children?: Child;
}) => {
  const { name, large, nameLang, children } = props;
  if (children === null || children === undefined || children === false) return null;
  return (
    <div class={large === true ? 'fact large' : 'fact'}>
      <dt {...(nameLang === undefined ? {} : { lang: nameLang })}>
        <Words text={name} />
      </dt>
      <dd>{children}</dd>
    </div>
  );
};
