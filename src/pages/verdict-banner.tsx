import { pageTexts } from '../text/pages.js';
import type { VerificationReport } from '../verification/report.js';
import type { PageFrame } from './document.js';
import { Seal, toneOf } from './seal.js';
import type { Verdict } from './verdict.js';
import { Words } from './words.js';

/** The answer, before anything else: words, shape and colour say the same. */
export const VerdictBanner = (props: {
  readonly frame: PageFrame;
  readonly verdict: Verdict;
  readonly report: VerificationReport;
}) => {
  const { frame, verdict, report } = props;
  const texts = pageTexts(frame.language);
  const { title, meaning } = texts.verdict[verdict];
  const shown = report.credential !== null;
  return (
    <section class={`verdict ${toneOf(verdict)}`} aria-label={texts.verdict.label}>
      <Seal verdict={verdict} />
      <div>
        <h1>{title}</h1>
        <p>{meaning}</p>
        {shown ? verdict === 'valid' ? null : <p class="aside">{texts.stillShown}</p> : <p>{texts.nothingShown}</p>}
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
