import { pageTexts } from '../text/pages.js';
import { countryName } from '../text/pages-format.js';
import type { ShownCredential } from '../verification/report.js';
import { type BadgeTexts, type CertificateProps, type OwnBadge, signedLanguage } from './shown-badge.js';
import { type Signer, signerOf } from './signer.js';
import { visible, Words } from './words.js';

/** Who certifies, whom, what: the sentence in the middle of a certificate. */
export const CertificateHead = ({ frame, credential, own, stamp }: CertificateProps) => {
  const texts = pageTexts(frame.language).badge;
  const { issuer, unit, holder, activity, achievement } = credential;
  const signer = signerOf(issuer, own !== undefined);
  const parent = unit?.parent === issuer.name ? issuer.parent : (unit?.parent ?? issuer.parent);
  const country = issuer.country === null ? null : countryName(issuer.country, frame.language);
  const above = [unit?.name ?? null, parent, country];
  return (
    <header class="certificate-head">
      {own?.issuer.logo == null ? null : <img class="logo" src={own.issuer.logo} alt="" height="64" />}
      <Institution issuer={issuer} signer={signer} own={own} texts={texts} />
      {above.every((part) => part === null) ? null : (
        <p class="unit">
          {above
            .filter((part) => part !== null)
            .map((part) => (
              <span>
                <Words text={part} />
              </span>
            ))}
        </p>
      )}
      <p class="formula">{texts.certifies}</p>
      {holder.name === null ? (
        <p class="no-name">{holder.nameHashed ? texts.nameHashed : texts.nameAbsent}</p>
      ) : (
        <p class="holder">
          <Words text={holder.name} />
        </p>
      )}
      <p class="formula">{texts.obtained}</p>
      <h2 class="title" {...signedLanguage(credential)}>
        <Words text={credential.name ?? achievement.name} />
      </h2>
      {activity?.title == null ? null : (
        <p class="activity" {...signedLanguage(credential)}>
          <Words text={activity.title} />
        </p>
      )}
      {stamp === undefined ? null : (
        <p class="stamp" aria-hidden="true">
          {stamp}
        </p>
      )}
    </header>
  );
};

/** The institution as this house knows it; of a badge from elsewhere what is certain first, then what the signer calls itself. */
const Institution = (props: {
  readonly issuer: ShownCredential['issuer'];
  readonly signer: Signer;
  readonly own: OwnBadge | undefined;
  readonly texts: BadgeTexts;
}) => {
  const { issuer, signer, own, texts } = props;
  const name = <Words text={issuer.name ?? issuer.id} />;
  if (own !== undefined) {
    return (
      <p class="institution">
        <a href={`/issuers/${own.issuer.slug}`}>{name}</a>
      </p>
    );
  }
  return (
    <>
      <p class="institution">{signer.kind === 'domain' ? visible(signer.domain) : texts.unknownKey}</p>
      <p class="claimed">
        {texts.callsItself} <strong>{name}</strong>
      </p>
    </>
  );
};
