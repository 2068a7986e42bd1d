import type { Child } from 'hono/jsx';
import { pageTexts } from '../text/pages.js';
import { formatMoment } from '../text/pages-format.js';
import type { CheckState, VerificationReport } from '../verification/report.js';
import type { PageFrame } from './document.js';
import { visible, Words } from './words.js';

const MARKS: Readonly<Record<CheckState, string>> = { pass: '✓', fail: '✗', unknown: '?', skipped: '–' };

interface ChecksProps {
  readonly frame: PageFrame;
  readonly report: VerificationReport;
  /** What stands below the steps. */
  readonly children?: Child;
}

/** How the verdict came about, step by step: behind a summary that counts the steps, open when one went wrong. */
export const Checks = ({ frame, report, children }: ChecksProps) => {
  const texts = pageTexts(frame.language).checks;
  const count = (state: CheckState) => report.checks.filter((check) => check.state === state).length;
  const counts = { pass: count('pass'), fail: count('fail'), unknown: count('unknown') };
  return (
    <details class="more checks" open={counts.fail + counts.unknown > 0}>
      <summary>
        <h2>{texts.title}</h2> <span class="note">{texts.counts(counts)}</span>
      </summary>
      <div class="more-body">
        <ol>
          {report.checks.map((check) => (
            <li class={check.state}>
              <span class="state-mark" aria-hidden="true">
                {MARKS[check.state]}
              </span>
              <div>
                <h3>
                  {texts.names[check.id]} <span class="state">{texts.states[check.state]}</span>
                </h3>
                <p>
                  <Words text={check.message[frame.language]} />
                </p>
                {check.code === null || check.state === 'skipped' ? null : (
                  <p class="code">
                    <code>{visible(check.code)}</code>
                    {check.pointer === null ? null : <code>{visible(check.pointer)}</code>}
                  </p>
                )}
              </div>
            </li>
          ))}
        </ol>
        <p class="note">{visible(texts.made(formatMoment(report.checkedAt, frame.language)))}</p>
        {children}
      </div>
    </details>
  );
};
