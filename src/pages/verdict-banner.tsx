import { pageTexts } from '../text/pages.js';
import type { VerificationReport } from '../verification/report.js';
import type { PageFrame } from './document.js';
import { Seal } from './seal.js';
import { signerOf } from './signer.js';
import type { Verdict } from './verdict.js';
import { visible, Words } from './words.js';

interface VerdictProps {
  readonly frame: PageFrame;
  readonly verdict: Verdict;
  readonly report: VerificationReport;
  /** True for a badge this house has issued. */
  readonly own: boolean;
}

/** The answer, before anything else: words, shape and colour say the same. */
export const VerdictBanner = ({ frame, verdict, report, own }: VerdictProps) => {
  const texts = pageTexts(frame.language);
  return (
    <section class="verdict" aria-label={texts.verdict.label}>
      <div class="verdict-words">
        <h1>{texts.verdict[verdict].title}</h1>
        <p>{visible(meaningOf({ frame, verdict, report, own }))}</p>
        {report.credential === null ? <p>{texts.nothingShown}</p> : null}
      </div>
      <Seal verdict={verdict} />
    </section>
  );
};

/** What the verdict means here: of a badge from elsewhere, no more is known of its signer than a domain. */
function meaningOf({ frame, verdict, report, own }: VerdictProps): string {
  const texts = pageTexts(frame.language).verdict;
  const signer = report.credential === null ? undefined : signerOf(report.credential.issuer, own);
  if (verdict !== 'valid' || signer?.kind !== 'domain') return texts[verdict].meaning;
  const hasStatus = report.checks.some(({ id, state }) => id === 'status' && state === 'pass');
  return `${texts.validElsewhere(signer.domain)} ${hasStatus ? texts.notWithdrawn : texts.noStatus}`;
}

/** What is to be known besides the verdict. */
export const Warnings = ({ frame, report }: Pick<VerdictProps, 'frame' | 'report'>) =>
  report.warnings.length === 0 ? null : (
    <section class="warnings">
      <h2>{pageTexts(frame.language).warnings}</h2>
      <ul>
        {report.warnings.map((warning) => (
          <li>
            <Words text={warning.message[frame.language]} />
          </li>
        ))}
      </ul>
    </section>
  );
