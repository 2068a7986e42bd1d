import type { PageTexts } from '../text/pages.js';
import type { ShownCredential } from '../verification/report.js';
import { Outbound } from './outbound.js';
import { signedLanguage } from './shown-badge.js';
import { Prose, Words } from './words.js';

/** The evidence the holder made public. Nothing of it is fetched: links are shown with the host they lead to (S13). */
export const EvidenceList = (props: { readonly credential: ShownCredential; readonly texts: PageTexts }) => {
  const { credential, texts } = props;
  if (credential.evidence.length === 0) return null;
  return (
    <section>
      <h2>{texts.badge.evidence}</h2>
      <ul class="links">
        {credential.evidence.map(({ url, name, description, genre, digest }) => {
          const title = name ?? description ?? genre ?? texts.badge.evidenceUntitled;
          return (
            <li>
              <div {...signedLanguage(credential)}>
                {url === null ? <Words text={title} /> : <Outbound url={url} text={title} />}
                {genre === null || genre === title ? null : (
                  <span class="note">
                    <Words text={genre} />
                  </span>
                )}
                {description === null || description === title ? null : <Prose text={description} />}
              </div>
              {digest === null ? null : <span class={`note digest-${digest}`}>{texts.badge.digest[digest]}</span>}
            </li>
          );
        })}
      </ul>
      <p class="note no-print">{texts.badge.evidenceNote}</p>
    </section>
  );
};
