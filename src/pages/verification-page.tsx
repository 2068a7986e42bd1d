import { deviceTexts } from '../text/device-text.js';
import { pageTexts } from '../text/pages.js';
import type { VerificationReport } from '../verification/report.js';
import { About } from './about.js';
import { badgePreview } from './badge-preview.js';
import { Certificate } from './certificate.js';
import { Checks } from './checks.js';
import { DEVICE_SCRIPT_PATH, DeviceOffer } from './device-offer.js';
import { type PageFrame, renderDocument } from './document.js';
import { OwnLinks } from './own-links.js';
import { toneOf } from './seal.js';
import type { OwnBadge } from './shown-badge.js';
import { verdictOf } from './verdict.js';
import { VerdictBanner, Warnings } from './verdict-banner.js';

export interface VerificationPage {
  readonly frame: PageFrame;
  /** The badge of this house the page is about; absent for one that somebody handed in. */
  readonly own?: OwnBadge;
  readonly report: VerificationReport;
  /** Who settled the award: a jury, or the bearer of an API token (of a badge from elsewhere, nobody here knows). */
  readonly source: 'jury' | 'api';
  /** Path of the page of this house that the badge handed in has. */
  readonly ownPage?: string;
  /** Was the report made in the reader's own browser? */
  readonly onDevice?: boolean;
}

/** A verdict and the certificate it is about on one sheet; below it what the recognition is, and every check made. */
export function verificationPage({ frame, own, report, source, ownPage, onDevice = false }: VerificationPage): string {
  const texts = pageTexts(frame.language);
  const verdict = verdictOf(report, own !== undefined);
  const { credential } = report;
  const name = credential?.name ?? credential?.achievement.name;
  const styleSheet = own?.issuer.styleSheet;
  return renderDocument({
    frame,
    title: name === undefined ? texts.verdict[verdict].title : `${texts.verdict[verdict].title} · ${name}`,
    ...(styleSheet == null ? {} : { styleSheet }),
    ...(own === undefined
      ? {}
      : {
          scripts: [DEVICE_SCRIPT_PATH],
          canonical: `${own.publicUrl}/v/${own.id}`,
          alternates: [{ type: 'application/vc+ld+json', href: `/credentials/${own.id}` }],
          preview: badgePreview({ report, verdict, own }, frame.language),
        }),
    children: (
      <>
        <article class={`sheet ${toneOf(verdict)}${verdict === 'valid' ? '' : ' stamped'}`}>
          <VerdictBanner frame={frame} verdict={verdict} report={report} own={own !== undefined} />
          <Warnings frame={frame} report={report} />
          {credential === null ? null : (
            <Certificate
              frame={frame}
              credential={credential}
              source={source}
              own={own}
              stamp={verdict === 'valid' ? undefined : texts.verdict[verdict].stamp}
            />
          )}
        </article>
        <Checks frame={frame} report={report}>
          {own === undefined ? null : <DeviceOffer frame={frame} badge={`${own.publicUrl}/v/${own.id}`} />}
          {onDevice ? <p class="note on-device">{deviceTexts(frame.language).made}</p> : null}
        </Checks>
        {credential === null ? null : <About frame={frame} credential={credential} />}
        <p class="plain-links">
          {own === undefined ? (
            <>
              {ownPage === undefined ? null : <a href={ownPage}>{texts.share.ownPage}</a>}
              <a href="/">{texts.share.again}</a>
            </>
          ) : (
            <OwnLinks own={own} valid={verdict === 'valid'} texts={texts.share} />
          )}
        </p>
      </>
    ),
  });
}
