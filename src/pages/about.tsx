import { typedInMarkdown } from '../text/badge-markdown.js';
import { pageTexts } from '../text/pages.js';
import type { ShownCredential } from '../verification/report.js';
import type { PageFrame } from './document.js';
import { Outbound } from './outbound.js';
import { signedLanguage } from './shown-badge.js';
import { Prose, Words } from './words.js';

/** What the recognition is for everybody who earns it: behind a summary, for those who ask. */
export const About = ({ frame, credential }: { readonly frame: PageFrame; readonly credential: ShownCredential }) => {
  const texts = pageTexts(frame.language).badge;
  const { achievement, language } = credential;
  const alignments = [...credential.levels.flatMap((level) => level.alignments), ...achievement.alignments];
  return (
    <details class="more">
      <summary>
        <h2>{texts.description}</h2>
      </summary>
      <div class="more-body">
        <div {...signedLanguage(credential)}>
          <Prose text={credential.description ?? achievement.description} />
          {achievement.criteria === null ? null : (
            <>
              <h3 lang={frame.language}>{texts.criteria}</h3>
              <Prose text={typedInMarkdown(achievement.criteria)} />
            </>
          )}
        </div>
        {achievement.criteriaUrl === null ? null : (
          <p>
            <Outbound url={achievement.criteriaUrl} text={texts.criteriaLink} />
          </p>
        )}
        {alignments.length === 0 ? null : (
          <>
            <h3>{texts.alignments}</h3>
            <ul class="links" {...signedLanguage(credential)}>
              {alignments.map((alignment) => (
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
        {(language === 'fr' || language === 'en') && language !== frame.language ? (
          <p class="note">{texts.inLanguage[language]}</p>
        ) : null}
      </div>
    </details>
  );
};
