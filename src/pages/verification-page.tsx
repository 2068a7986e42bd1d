import { pageTexts } from '../text/pages.js';
import { formatMoment } from '../text/pages-format.js';
import type { CheckState, VerificationReport } from '../verification/report.js';
import { Certificate } from './certificate.js';
import { type PageFrame, renderDocument } from './document.js';
import { verdictOf } from './verdict.js';
import { VerdictBanner } from './verdict-banner.js';
import { visible, Words } from './words.js';

export interface VerificationPage {
  readonly frame: PageFrame;
  /** The badge of this house the page is about; absent for one that somebody handed in. */
  readonly own?: {
    /** Public id of the badge. */
    readonly id: string;
    /** Base of the service, no trailing slash. */
    readonly publicUrl: string;
  };
  readonly report: VerificationReport;
  /** Who settled the award: a jury, or the bearer of an API token (of a badge from elsewhere, nobody here knows). */
  readonly source: 'jury' | 'api';
}

const MARKS: Readonly<Record<CheckState, string>> = { pass: '✓', fail: '✗', unknown: '?', skipped: '–' };

/** The page behind the QR code: verdict, what was signed, how to check it elsewhere, and every check made. */
export function verificationPage({ frame, own, report, source }: VerificationPage): string {
  const texts = pageTexts(frame.language);
  const verdict = verdictOf(report);
  const name = report.credential?.name ?? report.credential?.achievement.name;
  return renderDocument({
    frame,
    title: name === undefined ? texts.verdict[verdict].title : `${texts.verdict[verdict].title} · ${name}`,
    ...(own === undefined
      ? {}
      : {
          canonical: `${own.publicUrl}/v/${own.id}`,
          alternates: [{ type: 'application/vc+ld+json', href: `/credentials/${own.id}` }],
        }),
    children: (
      <>
        <VerdictBanner frame={frame} verdict={verdict} report={report} />
        {report.credential === null ? null : (
          <Certificate frame={frame} credential={report.credential} source={source} />
        )}
        <div class="proofs">
          {own === undefined ? null : <Share frame={frame} id={own.id} publicUrl={own.publicUrl} />}
          <Checks frame={frame} report={report} />
        </div>
      </>
    ),
  });
}

const Share = (props: { readonly frame: PageFrame; readonly id: string; readonly publicUrl: string }) => {
  const texts = pageTexts(props.frame.language).share;
  const url = `${props.publicUrl}/v/${props.id}`;
  return (
    <section class="share">
      <h2>{texts.title}</h2>
      <img class="qr" src={`/v/${props.id}/qr.svg`} alt={texts.qr(url)} width="148" height="148" />
      <p>{texts.scan}</p>
      <p class="number">
        <span class="note">{texts.number}</span>
        <code>{props.id}</code>
      </p>
      <p class="plain-links">
        <a href={`/credentials/${props.id}.json`} type="application/json">
          {texts.json}
        </a>
      </p>
    </section>
  );
};

const Checks = ({ frame, report }: { readonly frame: PageFrame; readonly report: VerificationReport }) => {
  const texts = pageTexts(frame.language).checks;
  return (
    <section class="checks">
      <h2>{texts.title}</h2>
      <ul>
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
      </ul>
      <p class="note">{visible(texts.made(formatMoment(report.checkedAt, frame.language)))}</p>
    </section>
  );
};
