import { typedInMarkdown } from '../text/badge-markdown.js';
import type { PageTexts } from '../text/pages.js';
import { pageTexts } from '../text/pages.js';
import { countryName, formatDay, formatNumber } from '../text/pages-format.js';
import type { ShownCredential } from '../verification/report.js';
import type { PageFrame } from './document.js';
import { Competence } from './level-scale.js';
import { Outbound } from './outbound.js';
import { didWebHost } from './signer.js';
import { Fact, Prose, visible, Words } from './words.js';

interface CertificateProps {
  readonly frame: PageFrame;
  readonly credential: ShownCredential;
  /** Who settled the award: a jury, or the bearer of an API token. Only the first is called a jury's decision. */
  readonly source: 'jury' | 'api';
}

/** Everything the badge says, and nothing it does not say: read from the signed bytes by the verification. */
export const Certificate = ({ frame, credential, source }: CertificateProps) => {
  const texts = pageTexts(frame.language);
  return (
    <article class="certificate">
      <Head credential={credential} texts={texts} />
      <Facts frame={frame} credential={credential} source={source} />
      {credential.narrative === null ? null : (
        <section>
          <h2>{texts.badge.awardedBecause}</h2>
          <Prose text={typedInMarkdown(credential.narrative)} lang={credential.language ?? undefined} />
        </section>
      )}
      {credential.levels.length === 0 ? null : (
        <section>
          <h2>{texts.badge.competences}</h2>
          <ul class="competences" {...langOf(credential)}>
            {credential.levels.map((level) => (
              <Competence level={level} texts={texts} />
            ))}
          </ul>
        </section>
      )}
      <Results credential={credential} texts={texts} />
      <Evidence credential={credential} texts={texts} />
      <About frame={frame} credential={credential} texts={texts} />
    </article>
  );
};

function langOf(credential: ShownCredential): { lang?: string } {
  return credential.language === null ? {} : { lang: credential.language };
}

type PartProps = { readonly credential: ShownCredential; readonly texts: PageTexts };

const Head = ({ credential, texts }: PartProps) => (
  <header class="certificate-head">
    <p class="institution">
      <Words text={credential.issuer.name ?? credential.issuer.id} />
    </p>
    {credential.issuer.parent === null ? null : (
      <p class="parent">
        <Words text={credential.issuer.parent} />
      </p>
    )}
    <h2 class="title" {...langOf(credential)}>
      <Words text={credential.name ?? credential.achievement.name} />
    </h2>
    {credential.holder.name === null ? (
      <p class="no-name">{credential.holder.nameHashed ? texts.badge.nameHashed : texts.badge.nameAbsent}</p>
    ) : (
      <>
        <p class="awarded-to">{texts.badge.awardedTo}</p>
        <p class="holder">
          <Words text={credential.holder.name} />
        </p>
      </>
    )}
  </header>
);

const Facts = ({ frame, credential, source }: CertificateProps) => {
  const texts = pageTexts(frame.language);
  const day = (text: string) => formatDay(text, frame.language);
  const { issuer, achievement } = credential;
  const host = didWebHost(issuer.id);
  const [start, end] = [credential.activityStartDate, credential.activityEndDate];
  const period =
    start !== null && end !== null
      ? texts.badge.range(day(start), day(end))
      : start !== null
        ? texts.badge.from(day(start))
        : end !== null
          ? texts.badge.until(day(end))
          : undefined;
  return (
    <section class="key-facts">
      <h2 class="unseen">{texts.badge.facts}</h2>
      <dl class="facts">
        {credential.name === null || credential.name === achievement.name ? null : (
          <Fact name={texts.badge.achievement}>
            <Words text={achievement.name} />
          </Fact>
        )}
        <Fact name={texts.badge.role}>{credential.role === null ? null : <Words text={credential.role} />}</Fact>
        <Fact name={texts.badge.period}>{period !== undefined && <Words text={period} />}</Fact>
        <Fact name={texts.badge.term}>{credential.term === null ? null : <Words text={credential.term} />}</Fact>
        <Fact name={texts.badge.credits}>
          {credential.credits === null
            ? null
            : texts.badge.creditsValue(
                formatNumber(credential.credits, frame.language),
                achievement.creditsAvailable === null
                  ? null
                  : formatNumber(achievement.creditsAvailable, frame.language),
              )}
        </Fact>
        <Fact name={source === 'jury' ? texts.badge.juryDate : texts.badge.awardedDate}>
          {credential.awardedDate === null ? null : <Words text={day(credential.awardedDate)} />}
        </Fact>
        <Fact name={texts.badge.validFrom}>
          <Words text={day(credential.validFrom)} />
        </Fact>
        <Fact name={texts.badge.validUntil}>
          {credential.validUntil === null ? null : <Words text={day(credential.validUntil)} />}
        </Fact>
        <Fact name={texts.badge.signer}>
          {issuer.url === null ? (
            <Words text={issuer.name ?? issuer.id} />
          ) : (
            <Outbound url={issuer.url} text={issuer.name ?? issuer.id} host={false} />
          )}
          {issuer.country === null ? null : (
            <span>
              , <Words text={countryName(issuer.country, frame.language)} />
            </span>
          )}
          {host === undefined ? null : <span class="note">{texts.badge.signerDomain(visible(host))}</span>}
          <code class="did">
            <Words text={issuer.id} />
          </code>
        </Fact>
      </dl>
    </section>
  );
};

const Results = ({ credential, texts }: PartProps) =>
  credential.results.length === 0 ? null : (
    <section>
      <h2>{texts.badge.results}</h2>
      <dl class="facts results" {...langOf(credential)}>
        {credential.results.map((result) => (
          <Fact name={result.name}>
            <strong>
              <Words text={result.value} />
            </strong>
            <span class="note">
              <Words text={rangeOf(result, texts)} />
            </span>
          </Fact>
        ))}
      </dl>
    </section>
  );

function rangeOf(result: ShownCredential['results'][number], texts: PageTexts): string {
  if (result.min !== null && result.max !== null) return texts.badge.resultRange(result.min, result.max);
  if (result.min !== null) return texts.badge.resultMinimum(result.min);
  return result.max === null ? '' : texts.badge.resultMaximum(result.max);
}

const Evidence = ({ credential, texts }: PartProps) =>
  credential.evidence.length === 0 ? null : (
    <section>
      <h2>{texts.badge.evidence}</h2>
      <ul class="links" {...langOf(credential)}>
        {credential.evidence.map(({ url, name, description, genre, digest }) => {
          const title = name ?? description ?? genre ?? texts.badge.evidenceUntitled;
          return (
            <li>
              {url === null ? <Words text={title} /> : <Outbound url={url} text={title} />}
              {genre === null || genre === title ? null : (
                <span class="note">
                  <Words text={genre} />
                </span>
              )}
              {description === null || description === title ? null : <Prose text={description} />}
              {digest === null ? null : <span class={`note digest-${digest}`}>{texts.badge.digest[digest]}</span>}
            </li>
          );
        })}
      </ul>
      <p class="note">{texts.badge.evidenceNote}</p>
    </section>
  );

const About = ({ frame, credential, texts }: PartProps & { readonly frame: PageFrame }) => {
  const { achievement, language } = credential;
  return (
    <section class="about">
      <h2>{texts.badge.description}</h2>
      <div {...langOf(credential)}>
        <Prose text={credential.description ?? achievement.description} />
        {achievement.criteria === null ? null : (
          <>
            <h3 lang={frame.language}>{texts.badge.criteria}</h3>
            <Prose text={typedInMarkdown(achievement.criteria)} />
          </>
        )}
      </div>
      {achievement.criteriaUrl === null ? null : (
        <p>
          <Outbound url={achievement.criteriaUrl} text={texts.badge.criteriaLink} />
        </p>
      )}
      {achievement.alignments.length === 0 ? null : (
        <>
          <h3>{texts.badge.alignments}</h3>
          <ul class="links" {...langOf(credential)}>
            {achievement.alignments.map((alignment) => (
              <li>
                <Outbound url={alignment.url} text={alignment.name} host={false} />
                {alignment.framework === null ? null : (
                  <span class="note">
                    <Words text={alignment.framework} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {language === 'fr' || language === 'en' ? (
        language === frame.language ? null : (
          <p class="note">{texts.badge.inLanguage[language]}</p>
        )
      ) : null}
    </section>
  );
};
