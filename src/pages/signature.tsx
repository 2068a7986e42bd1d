import { pageTexts } from '../text/pages.js';
import { formatDay } from '../text/pages-format.js';
import type { ShownCredential } from '../verification/report.js';
import { Outbound } from './outbound.js';
import { type BadgeTexts, type CertificateProps, signedLanguage } from './shown-badge.js';
import { type Signer, signerOf } from './signer.js';
import { visible, Words } from './words.js';

/** The foot of a certificate: who decided and when, who signed and when, and the code that leads back to the page. */
export const Signature = (props: CertificateProps) => {
  const { frame, credential, own } = props;
  const texts = pageTexts(frame.language).badge;
  const { issuer } = credential;
  const signer = signerOf(issuer, own !== undefined);
  return (
    <footer class="signature">
      <div class="signed">
        <Decision {...props} />
        <div>
          <h2>{texts.signer}</h2>
          <p class="signatory">
            <Signatory issuer={issuer} signer={signer} texts={texts} />
          </p>
          {credential.validFrom === '' ? null : (
            <p>
              {texts.validFrom} <Words text={formatDay(credential.validFrom, frame.language)} />
            </p>
          )}
          <Identity signer={signer} texts={texts} />
          {own?.issuer.contact == null ? null : (
            <p>
              {texts.contact} <Words text={own.issuer.contact} />
            </p>
          )}
          <code class="did">
            <Words text={issuer.id} />
          </code>
        </div>
      </div>
      {own === undefined ? null : <Code {...props} own={own} />}
    </footer>
  );
};

/** The institution, where this house knows it; of a badge from elsewhere only what is certain. */
const Signatory = (props: {
  readonly issuer: ShownCredential['issuer'];
  readonly signer: Signer;
  readonly texts: BadgeTexts;
}) => {
  const { issuer, signer, texts } = props;
  if (signer.kind === 'key') return <>{texts.unknownKey}</>;
  if (signer.kind === 'domain') return <>{visible(signer.domain)}</>;
  const name = issuer.name ?? issuer.id;
  return issuer.url === null ? <Words text={name} /> : <Outbound url={issuer.url} text={name} host={false} />;
};

/** What is known of the signer, and no more. */
const Identity = ({ signer, texts }: { readonly signer: Signer; readonly texts: BadgeTexts }) => {
  if (signer.kind === 'key') return <p class="caution">{texts.bareKey}</p>;
  return signer.domain === undefined ? null : <p class="domain">{visible(texts.signerDomain(signer.domain))}</p>;
};

const Decision = ({ frame, credential, source }: CertificateProps) => {
  const texts = pageTexts(frame.language).badge;
  const { activity, awardedDate, validUntil } = credential;
  const day = (text: string) => formatDay(text, frame.language);
  const decidedBy = activity?.decidedBy ?? null;
  if (awardedDate === null && decidedBy === null && validUntil === null) return null;
  return (
    <div>
      <h2>{source === 'jury' ? texts.juryDate : texts.awardedDate}</h2>
      {decidedBy === null ? null : (
        <p class="signatory" {...signedLanguage(credential)}>
          <Words text={decidedBy} />
        </p>
      )}
      {awardedDate === null ? null : (
        <p>
          <Words text={day(awardedDate)} />
        </p>
      )}
      {validUntil === null ? null : (
        <p>
          {texts.validUntil} <Words text={day(validUntil)} />
        </p>
      )}
    </div>
  );
};

/** The QR code, with the address and the number it stands for in print beside it. */
const Code = ({
  frame,
  own,
}: Pick<CertificateProps, 'frame'> & { readonly own: { id: string; publicUrl: string } }) => {
  const texts = pageTexts(frame.language).share;
  const url = `${own.publicUrl}/v/${own.id}`;
  return (
    <div class="code">
      <img class="qr" src={`/v/${own.id}/qr.svg`} alt={texts.qr(url)} width="132" height="132" />
      <div>
        <h2>{texts.number}</h2>
        <code class="number">{own.id}</code>
        <p class="address">{url}</p>
      </div>
    </div>
  );
};
