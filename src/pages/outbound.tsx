import { visible, Words } from './words.js';

/** The host of an http(s) address, as the browser will read it; undefined for any other text, which never becomes a link. */
function hostOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && host !== '' ? host : undefined;
}

/**
 * A link to somewhere we do not vouch for: the words, then the host it leads to. Anything but http(s) is shown as text.
 * The other site learns nothing of this page, and search engines give it no credit for being named here.
 */
export const Outbound = (props: { readonly url: string; readonly text: string; readonly host?: boolean }) => {
  const host = hostOf(props.url);
  if (host === undefined) return <Words text={props.text} />;
  return (
    <>
      <a href={props.url} rel="noopener noreferrer nofollow ugc">
        <Words text={props.text} />
      </a>
      {props.host === false ? null : <span class="host"> {visible(host)}</span>}
    </>
  );
};
