import { achievementTypeName } from '../text/achievement-types.js';
import { typedInMarkdown } from '../text/badge-markdown.js';
import type { Language } from '../text/localized.js';
import { pageTexts } from '../text/pages.js';
import { formatNumber } from '../text/pages-format.js';
import type { AchievementView } from './achievement-view.js';
import { type PageFrame, renderDocument } from './document.js';
import { Outbound } from './outbound.js';
import { Fact, Listed, Prose, Words } from './words.js';

export interface AchievementPage {
  readonly frame: PageFrame;
  /** The achievement in both languages, as published. */
  readonly achievement: Readonly<Record<Language, AchievementView>>;
  readonly issuer: { readonly name: string; readonly path: string };
}

/** What a recognition is and how it is earned: in the reader's language, then the same in the other one. */
export function achievementPage({ frame, achievement, issuer }: AchievementPage): string {
  const other: Language = frame.language === 'fr' ? 'en' : 'fr';
  return renderDocument({
    frame,
    title: achievement[frame.language].name,
    alternates: [{ type: 'application/ld+json', href: frame.path }],
    children: (
      <>
        <article class="sheet document">
          <div class="certificate">
            <Definition view={achievement[frame.language]} language={frame.language} issuer={issuer} anchors />
          </div>
        </article>
        <details class="more" lang={other}>
          <summary lang={frame.language}>
            <h2>{pageTexts(frame.language).achievement.otherLanguage}</h2>
          </summary>
          <div class="certificate more-body">
            <Definition view={achievement[other]} language={other} issuer={issuer} />
          </div>
        </details>
        <p class="plain-links">
          <a href={`${frame.path}?format=json`}>{pageTexts(frame.language).achievement.json}</a>
        </p>
      </>
    ),
  });
}

/** The fragment of an address as an element's id, so that the address leads to it. */
function anchorOf(url: string | undefined): { id?: string } {
  const fragment = url?.split('#', 2)[1];
  return fragment === undefined || !/^[A-Za-z][\w.:/-]*$/.test(fragment) ? {} : { id: fragment };
}

const Definition = (props: {
  readonly view: AchievementView;
  readonly language: Language;
  readonly issuer: AchievementPage['issuer'];
  /** Does this copy carry the places that badges point to? Only one of a page may. */
  readonly anchors?: boolean;
}) => {
  const { view, language, issuer } = props;
  const anchor = (url: string | undefined) => (props.anchors === true ? anchorOf(url) : {});
  const texts = pageTexts(language);
  const type = view.achievementType;
  const kind = type === undefined ? undefined : (achievementTypeName(type)?.[language] ?? type);
  const competences = view.resultDescription.filter((result) => result.rubricCriterionLevel !== undefined);
  const values = view.resultDescription.filter((result) => result.rubricCriterionLevel === undefined);
  return (
    <>
      <header class="certificate-head">
        <p class="institution">{texts.achievement.kind}</p>
        <h1 class="title">
          <Words text={view.name} />
        </h1>
      </header>
      <dl class="facts">
        <Fact name={texts.achievement.issuedBy}>
          <a href={issuer.path}>
            <Words text={issuer.name} />
          </a>
        </Fact>
        <Fact name={texts.achievement.version}>{view.version && <Words text={view.version} />}</Fact>
        <Fact name={texts.achievement.credits}>
          {view.creditsAvailable !== undefined && `${formatNumber(view.creditsAvailable, language)} ECTS`}
        </Fact>
        <Fact name={texts.achievement.type}>{kind && <Words text={kind} />}</Fact>
      </dl>
      <section>
        <h2>{texts.badge.description}</h2>
        <Prose text={view.description} />
      </section>
      {view.criteria.narrative === undefined ? null : (
        <section {...anchor('#criteria')}>
          <h2>{texts.badge.criteria}</h2>
          <Prose text={typedInMarkdown(view.criteria.narrative)} />
        </section>
      )}
      {competences.length === 0 ? null : (
        <section>
          <h2>{texts.achievement.competences}</h2>
          <ul class="competences">
            {competences.map((competence) => (
              <li class="competence" {...anchor(competence.id)}>
                <h3>
                  <Words text={competence.name} />
                </h3>
                <ol class="levels">
                  {(competence.rubricCriterionLevel ?? []).map((level) => (
                    <li {...anchor(level.id)}>
                      <strong>
                        <Words text={level.name} />
                      </strong>
                      {level.description === undefined ? null : <Listed text={level.description} />}
                    </li>
                  ))}
                </ol>
              </li>
            ))}
          </ul>
        </section>
      )}
      {values.length === 0 ? null : (
        <section>
          <h2>{texts.achievement.results}</h2>
          <ul class="links">
            {values.map((value) => (
              <li>
                <Words text={value.name} />
                {value.valueMin === undefined || value.valueMax === undefined ? null : (
                  <span class="note">
                    <Words text={texts.badge.resultRange(value.valueMin, value.valueMax)} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {view.alignment.length === 0 ? null : (
        <section>
          <h2>{texts.badge.alignments}</h2>
          <ul class="links">
            {view.alignment.map((alignment) => (
              <li>
                <Outbound url={alignment.targetUrl} text={alignment.targetName} host={false} />
                {alignment.targetFramework === undefined ? null : (
                  <span class="note">
                    <Words text={alignment.targetFramework} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
};
