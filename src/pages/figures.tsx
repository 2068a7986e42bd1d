import type { PageTexts } from '../text/pages.js';
import { pageTexts } from '../text/pages.js';
import { formatDay, formatNumber } from '../text/pages-format.js';
import type { ShownCredential } from '../verification/report.js';
import type { PageFrame } from './document.js';
import { type CertificateProps, signedLanguage } from './shown-badge.js';
import { Fact, RoleNames, visible, Words } from './words.js';

/** What was done, in a few facts to take in at a glance: hours, credits, dates, role, place. */
export const Figures = ({ frame, credential }: CertificateProps) => {
  const texts = pageTexts(frame.language);
  const { activity } = credential;
  const signed = signedLanguage(credential);
  return (
    <section class="figures">
      <h2 class="unseen">{texts.badge.facts}</h2>
      <dl class="facts">
        {credential.results.map((result) => (
          <Fact name={result.name} large nameLang={signed.lang}>
            <span class="value" {...signed}>
              <Words text={result.quantity ?? result.value} />
            </span>
            <span class="note">{visible(rangeOf(result, texts))}</span>
            {result.certifiedBy.length === 0 ? null : (
              <span class="note by">
                {texts.badge.certifiedBy} <RoleNames roles={result.certifiedBy} />
              </span>
            )}
          </Fact>
        ))}
        <Credits frame={frame} credential={credential} />
        <Fact name={texts.badge.period}>{textOf(periodOf(credential, frame), {})}</Fact>
        <Fact name={texts.badge.role}>{textOf(credential.role, signed)}</Fact>
        <Fact name={texts.badge.host}>{textOf(activity?.host, signed)}</Fact>
        <Fact name={texts.badge.contractor}>{textOf(activity?.contractor, signed)}</Fact>
        <Fact name={texts.badge.supervisedBy}>{rolesOf(activity?.supervisedBy, signed)}</Fact>
        <Fact name={texts.badge.achievement}>
          {credential.name === null || credential.name === credential.achievement.name
            ? null
            : textOf(credential.achievement.name, signed)}
        </Fact>
        <Fact name={texts.badge.term}>{textOf(credential.term, signed)}</Fact>
      </dl>
    </section>
  );
};

/** How many credits, and what they count as. */
const Credits = ({ frame, credential }: { readonly frame: PageFrame; readonly credential: ShownCredential }) => {
  const texts = pageTexts(frame.language).badge;
  const { credits, achievement, activity } = credential;
  const number = (value: number) => formatNumber(value, frame.language);
  const countsAs = rolesOf(activity?.recognisedAs, signedLanguage(credential));
  if (credits === null) return <Fact name={texts.recognisedAs}>{countsAs}</Fact>;
  const most = achievement.creditsAvailable;
  return (
    <Fact name={texts.credits} large>
      <span class="value">{number(credits)} ECTS</span>
      {most === null || most <= credits ? null : <span class="note">{texts.creditsMost(`${number(most)} ECTS`)}</span>}
      {countsAs === null ? null : <span class="note">{countsAs}</span>}
    </Fact>
  );
};

function textOf(text: string | null | undefined, signed: { lang?: string }) {
  return text == null ? null : (
    <span {...signed}>
      <Words text={text} />
    </span>
  );
}

function rolesOf(roles: readonly string[] | undefined, signed: { lang?: string }) {
  return roles === undefined || roles.length === 0 ? null : (
    <span {...signed}>
      <RoleNames roles={roles} />
    </span>
  );
}

function periodOf(
  { activityStartDate: start, activityEndDate: end }: ShownCredential,
  frame: PageFrame,
): string | null {
  const texts = pageTexts(frame.language).badge;
  const day = (text: string) => formatDay(text, frame.language);
  if (start !== null && end !== null) return texts.range(day(start), day(end));
  if (start !== null) return texts.from(day(start));
  return end === null ? null : texts.until(day(end));
}

function rangeOf(result: ShownCredential['results'][number], texts: PageTexts): string {
  if (result.min !== null && result.max !== null) return texts.badge.resultRange(result.min, result.max);
  if (result.min !== null) return texts.badge.resultMinimum(result.min);
  return result.max === null ? '' : texts.badge.resultMaximum(result.max);
}
