import type { PageTexts } from '../text/pages.js';
import type { OwnBadge } from './shown-badge.js';

/** Where a badge of this house can be taken: files that hold it and, while it is valid, its attestation and LinkedIn. */
export const OwnLinks = ({
  own,
  valid,
  texts,
}: {
  readonly own: OwnBadge;
  readonly valid: boolean;
  readonly texts: PageTexts['share'];
}) => (
  <>
    <a href={`/credentials/${own.id}.json`} type="application/json">
      {texts.json}
    </a>
    <a href={`/credentials/${own.id}.png`} type="image/png">
      {texts.png}
    </a>
    <a href={`/credentials/${own.id}.svg`} type="image/svg+xml">
      {texts.svg}
    </a>
    {valid ? (
      <a href={`/credentials/${own.id}.pdf`} type="application/pdf">
        {texts.pdf}
      </a>
    ) : null}
    {own.linkedIn === undefined ? null : (
      <>
        <a href={own.linkedIn.addToProfile} rel="noopener noreferrer">
          {texts.linkedInProfile}
        </a>
        <a href={own.linkedIn.share} rel="noopener noreferrer">
          {texts.linkedInShare}
        </a>
      </>
    )}
  </>
);
