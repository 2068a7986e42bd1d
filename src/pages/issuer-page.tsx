import type { Localized } from '../text/localized.js';
import { pageTexts } from '../text/pages.js';
import { countryName } from '../text/pages-format.js';
import { type PageFrame, renderDocument } from './document.js';
import type { IssuerLook } from './issuer-look.js';
import { Outbound } from './outbound.js';
import { didWebHost } from './signer.js';
import { Fact, visible, Words } from './words.js';

/** An institution that signs, as its public page shows it. */
export interface IssuerView extends IssuerLook {
  readonly name: string;
  /** The larger body it belongs to. */
  readonly parent: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly url: string | null;
  readonly did: string;
  /** Multikey encodings of the public keys it has signed or signs with. */
  readonly keys: readonly string[];
  /** What it awards; `path` is the path of the achievement's page. */
  readonly achievements: readonly { readonly name: Localized; readonly version: string; readonly path: string }[];
}

/** Who an issuer is, by what key it signs, and what it awards. */
export function issuerPage({ frame, issuer }: { readonly frame: PageFrame; readonly issuer: IssuerView }): string {
  const texts = pageTexts(frame.language);
  const host = didWebHost(issuer.did);
  const didDocument = `/issuers/${issuer.slug}/did.json`;
  return renderDocument({
    frame,
    title: issuer.name,
    ...(issuer.styleSheet === null ? {} : { styleSheet: issuer.styleSheet }),
    alternates: [{ type: 'application/json', href: frame.path }],
    children: (
      <article class="sheet document">
        <div class="certificate">
          <header class="certificate-head">
            {issuer.logo === null ? null : <img class="logo" src={issuer.logo} alt="" height="64" />}
            <p class="institution">{texts.issuer.title}</p>
            <h1 class="title">
              <Words text={issuer.name} />
            </h1>
          </header>
          <dl class="facts">
            <Fact name={texts.issuer.partOf}>{issuer.parent !== null && <Words text={issuer.parent} />}</Fact>
            <Fact name={texts.issuer.country}>
              {issuer.country !== null && <Words text={countryName(issuer.country, frame.language)} />}
            </Fact>
            <Fact name={texts.issuer.website}>
              {issuer.url !== null && <Outbound url={issuer.url} text={issuer.url} host={false} />}
            </Fact>
            <Fact name={texts.issuer.contact}>{issuer.contact !== null && <Words text={issuer.contact} />}</Fact>
            <Fact name={texts.issuer.did}>
              <code class="did">
                <Words text={issuer.did} />
              </code>
              {host === undefined ? null : <span class="note">{texts.badge.signerDomain(visible(host))}</span>}
            </Fact>
            <Fact name={texts.issuer.keys}>
              {issuer.keys.length > 0 && issuer.keys.map((key) => <code class="did">{key}</code>)}
            </Fact>
          </dl>
          <section>
            <h2>{texts.issuer.achievements}</h2>
            {issuer.achievements.length === 0 ? (
              <p>{texts.issuer.noAchievements}</p>
            ) : (
              <ul class="links">
                {issuer.achievements.map((achievement) => (
                  <li>
                    <a href={achievement.path}>
                      <Words text={achievement.name[frame.language]} />
                    </a>
                    <span class="note">
                      <Words text={achievement.version} />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <p class="plain-links">
            <a href={`${frame.path}?format=json`}>{texts.issuer.profile}</a>
            {issuer.did.startsWith('did:web:') && <a href={didDocument}>{texts.issuer.didDocument}</a>}
          </p>
        </div>
      </article>
    ),
  });
}
