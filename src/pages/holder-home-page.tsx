import { holderTexts } from '../text/holder.js';
import { formatDay } from '../text/pages-format.js';
import { renderDocument } from './document.js';
import { BadgeName, HolderBar, HolderForm, Outcome, StateMark } from './holder-parts.js';
import {
  HOLDER_PATH,
  HOLDER_STYLESHEET_PATH,
  type HolderCard,
  type HolderFrame,
  holderBadgePath,
  inLanguage,
} from './holder-view.js';
import { visible } from './words.js';

/** A holder's own page: their badges, and what is held on them. */
export interface HolderHomePage {
  readonly holder: HolderFrame;
  readonly givenName: string;
  readonly institution: { readonly name: string; readonly email: string | undefined };
  readonly badges: readonly HolderCard[];
  /** As an ISO 8601 instant. */
  readonly erasureAskedAt: string | undefined;
}

/** The list of a holder's badges, each leading to its own page, and their rights over their data. */
export function holderHomePage(page: HolderHomePage): string {
  const { holder, badges } = page;
  const texts = holderTexts(holder.frame.language).home;
  return renderDocument({
    frame: holder.frame,
    title: texts.title,
    styleSheet: HOLDER_STYLESHEET_PATH,
    children: (
      <div class="holder">
        <HolderBar holder={holder} />
        <Outcome holder={holder} />
        <h1>{texts.greeting(visible(page.givenName))}</h1>
        <p class="lead">{texts.lead(visible(page.institution.name))}</p>
        {badges.length === 0 ? <p class="panel">{texts.none}</p> : null}
        <ul class="cards">
          {badges.map((badge) => (
            <Card holder={holder} badge={badge} />
          ))}
        </ul>
        <Data page={page} />
      </div>
    ),
  });
}

const Card = ({ holder: { frame }, badge }: { readonly holder: HolderFrame; readonly badge: HolderCard }) => {
  const texts = holderTexts(frame.language).home;
  return (
    <li class="panel card">
      <h2>
        <a href={inLanguage(holderBadgePath(badge.id), frame)}>
          <BadgeName name={badge.name} language={badge.language} />
        </a>
      </h2>
      <p>
        <StateMark frame={frame} state={badge.state} />
        {badge.awardedDate === undefined ? null : (
          <span class="note">{texts.awarded(formatDay(badge.awardedDate, frame.language))}</span>
        )}
      </p>
      <p class="note">{badge.shared ? texts.shared : texts.withdrawn}</p>
    </li>
  );
};

const Data = ({ page }: { readonly page: HolderHomePage }) => {
  const { holder, institution, erasureAskedAt } = page;
  const { language } = holder.frame;
  const texts = holderTexts(language).data;
  return (
    <section class="panel" aria-labelledby="data">
      <h2 id="data">{texts.title}</h2>
      <p>
        <a href={`${HOLDER_PATH}/export`} download>
          {texts.export}
        </a>
        <span class="note">{texts.exportNote}</span>
      </p>
      {erasureAskedAt === undefined ? (
        <details>
          <summary>{texts.erase}</summary>
          <p>{texts.eraseNote(visible(institution.name))}</p>
          <HolderForm holder={holder} action={`${HOLDER_PATH}/erasure`}>
            <p>
              <label>
                <input type="checkbox" name="confirm" value="yes" required /> {texts.eraseConfirm}
              </label>
            </p>
            <button class="grave" type="submit">
              {texts.askErasure}
            </button>
          </HolderForm>
        </details>
      ) : (
        <>
          <p>{texts.asked(formatDay(erasureAskedAt, language))}</p>
          <HolderForm holder={holder} action={`${HOLDER_PATH}/erasure/take-back`}>
            <button class="quiet" type="submit">
              {texts.takeBack}
            </button>
          </HolderForm>
        </>
      )}
      {institution.email === undefined ? null : <p class="note">{texts.contact(institution.email)}</p>}
    </section>
  );
};
