import { holderTexts } from '../text/holder.js';
import { formatMoment } from '../text/pages-format.js';
import { renderDocument } from './document.js';
import { BadgeName, HolderBar, HolderForm, Outcome, StateMark } from './holder-parts.js';
import {
  HOLDER_STYLESHEET_PATH,
  type HolderBadgeView,
  type HolderFrame,
  holderBadgePath,
  inLanguage,
} from './holder-view.js';
import { Words } from './words.js';

interface PartProps {
  readonly holder: HolderFrame;
  readonly badge: HolderBadgeView;
}

/** One badge of a holder: where it is seen, what it shows, in which forms it can be had. */
export function holderBadgePage({ holder, badge }: PartProps): string {
  const { language } = holder.frame;
  const texts = holderTexts(language).badge;
  return renderDocument({
    frame: holder.frame,
    title: badge.name,
    styleSheet: HOLDER_STYLESHEET_PATH,
    children: (
      <div class="holder">
        <HolderBar holder={holder} back />
        <Outcome holder={holder} />
        <h1>
          <BadgeName name={badge.name} language={badge.language} />
        </h1>
        <p>
          <StateMark frame={holder.frame} state={badge.state} />
          <span class="note">{texts.versions(badge.versions, formatMoment(badge.validFrom, language))}</span>
        </p>
        <Sharing holder={holder} badge={badge} />
        <Reach holder={holder} badge={badge} />
        <Choice holder={holder} badge={badge} />
      </div>
    ),
  });
}

const Sharing = ({ holder, badge }: PartProps) => {
  const texts = holderTexts(holder.frame.language).badge;
  const home = holderTexts(holder.frame.language).home;
  return (
    <section class="panel" aria-labelledby="sharing">
      <h2 id="sharing">{texts.sharing}</h2>
      {badge.shared ? (
        <>
          <p>{texts.sharedNow}</p>
          <p>
            <a class="button" href={badge.pageUrl}>
              {texts.seePage}
            </a>
          </p>
          <p class="note">{texts.copyLink}</p>
          <p>
            <code class="address">{badge.pageUrl}</code>
          </p>
        </>
      ) : (
        <p>
          <strong>{home.withdrawn}</strong> <span class="note">{texts.withdrawnNote}</span>
        </p>
      )}
      <HolderForm holder={holder} action={`${holderBadgePath(badge.id)}/sharing`}>
        <input type="hidden" name="shared" value={badge.shared ? 'no' : 'yes'} />
        <button class={badge.shared ? 'quiet' : ''} type="submit">
          {badge.shared ? texts.withdraw : texts.restore}
        </button>
        {badge.shared ? <span class="note">{texts.withdrawNote}</span> : null}
      </HolderForm>
    </section>
  );
};

/** Everything that takes the badge somewhere: LinkedIn, a wallet, a file. */
const Reach = ({ holder: { frame }, badge }: PartProps) => {
  const texts = holderTexts(frame.language).badge;
  return (
    <section class="panel" aria-labelledby="reach">
      <h2 id="reach">{texts.reach}</h2>
      {badge.linkedInUrl === undefined ? null : (
        <>
          <h3>{texts.linkedIn.title}</h3>
          <p>
            <a class="button" href={badge.linkedInUrl} rel="noopener noreferrer">
              {texts.linkedIn.add}
            </a>
            <span class="note">{texts.linkedIn.note}</span>
          </p>
        </>
      )}
      {badge.walletPath === undefined && !badge.isBound ? null : (
        <>
          <h3>{texts.wallet.title}</h3>
          {badge.isBound ? <p>{texts.wallet.bound}</p> : null}
          {badge.walletPath === undefined ? null : (
            <p>
              <a class="button" href={inLanguage(badge.walletPath, frame)}>
                {texts.wallet.send}
              </a>
            </p>
          )}
        </>
      )}
      <h3>{texts.downloads}</h3>
      <ul class="links">
        {badge.downloads.map(({ format, path }) => (
          <li>
            <a href={path} {...(format === 'qr' ? {} : { download: '' })}>
              {texts.formats[format].title}
            </a>
            <span class="note">{texts.formats[format].detail}</span>
          </li>
        ))}
        {badge.shared ? null : (
          <li>
            <a href={badge.ownCopyPath} download>
              {texts.formats.json.title}
            </a>
            <span class="note">{texts.ownCopy}</span>
          </li>
        )}
      </ul>
    </section>
  );
};

const Choice = ({ holder, badge }: PartProps) => {
  const texts = holderTexts(holder.frame.language).badge;
  const nothingToHide = badge.nameIs === 'none' && badge.evidence.length === 0;
  return (
    <section class="panel" aria-labelledby="choice">
      <h2 id="choice">{texts.choose}</h2>
      {badge.state !== 'active' ? (
        <p>{texts.cannotChoose[badge.state]}</p>
      ) : nothingToHide ? (
        <p>{texts.noChoice}</p>
      ) : (
        <>
          <p>{texts.chooseLead}</p>
          <HolderForm holder={holder} action={`${holderBadgePath(badge.id)}/disclosure`}>
            <NameChoice holder={holder} badge={badge} />
            {badge.evidence.length === 0 ? null : (
              <fieldset>
                <legend>{texts.evidence}</legend>
                {badge.evidence.map(({ id, name, shown }) => (
                  <label class="choice">
                    <input type="checkbox" name="evidence" value={id} checked={shown} /> <Words text={name} />
                  </label>
                ))}
              </fieldset>
            )}
            <button type="submit">{texts.saveChoice}</button>
          </HolderForm>
          <details>
            <summary>{texts.olderCopies.title}</summary>
            <p>{texts.olderCopies.detail}</p>
          </details>
        </>
      )}
    </section>
  );
};

const NameChoice = ({ holder, badge }: PartProps) => {
  const texts = holderTexts(holder.frame.language).badge;
  if (badge.nameIs === 'none') return null;
  if (badge.nameIs === 'needed') return <p class="note">{texts.nameNeeded}</p>;
  return (
    <label class="choice">
      <input type="checkbox" name="name" value="yes" checked={badge.nameIs === 'shown'} /> {texts.showName}
    </label>
  );
};
