import { pageTexts } from '../text/pages.js';
import { countryName } from '../text/pages-format.js';
import type { ShownCredential, VerificationReport } from '../verification/report.js';
import type { PageFrame } from './document.js';
import { Seal, toneOf } from './seal.js';
import { didWebHost } from './signer.js';
import type { Verdict } from './verdict.js';
import { visible, Words } from './words.js';

/** The answer, before anything else: words, shape and colour say the same. */
export const VerdictBanner = (props: {
  readonly frame: PageFrame;
  readonly verdict: Verdict;
  readonly report: VerificationReport;
}) => {
  const { frame, verdict, report } = props;
  const texts = pageTexts(frame.language);
  const { title, meaning } = texts.verdict[verdict];
  return (
    <section class={`verdict ${toneOf(verdict)}`} aria-label={texts.verdict.label}>
      <Seal verdict={verdict} />
      <div>
        <h1>{title}</h1>
        <p>{meaning}</p>
        {report.credential === null ? (
          <p>{texts.nothingShown}</p>
        ) : (
          <>
            <SignedBy frame={frame} issuer={report.credential.issuer} />
            {verdict === 'valid' ? null : <p class="aside">{texts.stillShown}</p>}
          </>
        )}
        {report.warnings.length === 0 ? null : (
          <div class="warnings">
            <h2>{texts.warnings}</h2>
            <ul>
              {report.warnings.map((warning) => (
                <li>
                  <Words text={warning.message[frame.language]} />
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </section>
  );
};

/** Who answers for it, beside the verdict: a badge is worth what its signer is worth. */
const SignedBy = (props: { readonly frame: PageFrame; readonly issuer: ShownCredential['issuer'] }) => {
  const { frame, issuer } = props;
  const host = didWebHost(issuer.id);
  return (
    <p class="signed-by">
      {pageTexts(frame.language).badge.signer}{' '}
      <strong>
        <Words text={issuer.name ?? issuer.id} />
      </strong>
      {issuer.country === null ? null : (
        <span>
          , <Words text={countryName(issuer.country, frame.language)} />
        </span>
      )}
      {host === undefined ? null : <span class="host"> {visible(host)}</span>}
    </p>
  );
};
