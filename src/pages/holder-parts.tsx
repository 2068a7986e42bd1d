import type { Child } from 'hono/jsx';
import { type HolderNotice, holderTexts } from '../text/holder.js';
import type { PageFrame } from './document.js';
import { HOLDER_PATH, type HolderBadgeState, type HolderFrame, inLanguage } from './holder-view.js';
import { Words } from './words.js';

/** A form of the holder's pages: a plain POST, no script, with the token that says it is of this session. */
export const HolderForm = ({
  holder,
  action,
  children,
}: {
  readonly holder: HolderFrame;
  readonly action: string;
  readonly children?: Child;
}) => (
  <form method="post" action={inLanguage(action, holder.frame)}>
    <input type="hidden" name="formToken" value={holder.formToken} />
    {children}
  </form>
);

/** What came of the form before; read out at once. */
export const Outcome = ({ holder: { frame, done } }: { readonly holder: HolderFrame }) =>
  done === undefined ? null : (
    <p class="outcome" role="status">
      {holderTexts(frame.language).done[done]}
    </p>
  );

/** The state of a badge: a word, and a colour for those who see it. */
export const StateMark = ({ frame, state }: { readonly frame: PageFrame; readonly state: HolderBadgeState }) => (
  <span class={`badge-state ${state}`}>{holderTexts(frame.language).home.states[state]}</span>
);

/** Who is reading, a way back, and a way out. */
export const HolderBar = ({ holder, back = false }: { readonly holder: HolderFrame; readonly back?: boolean }) => {
  const texts = holderTexts(holder.frame.language).home;
  return (
    <div class="holder-bar">
      {back ? <a href={inLanguage(HOLDER_PATH, holder.frame)}>‹ {texts.back}</a> : <span />}
      <HolderForm holder={holder} action={`${HOLDER_PATH}/sign-out`}>
        <button class="quiet" type="submit">
          {texts.signOut}
        </button>
      </HolderForm>
    </div>
  );
};

/** A heading and a sentence, as on a page that has nothing else to say. */
export const Notice = ({ notice, children }: { readonly notice: HolderNotice; readonly children?: Child }) => (
  <section class="error">
    <h1>{notice.title}</h1>
    <p class="lead">{notice.detail}</p>
    {children}
  </section>
);

/** A badge's name in the language it is signed in. */
export const BadgeName = ({ name, language }: { readonly name: string; readonly language: string | undefined }) => (
  <span {...(language === undefined ? {} : { lang: language })}>
    <Words text={name} />
  </span>
);
