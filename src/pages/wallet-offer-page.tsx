import { WALLET_TEXTS } from '../text/wallet.js';
import { renderDocument } from './document.js';
import { BadgeName, HolderBar, HolderForm } from './holder-parts.js';
import { HOLDER_STYLESHEET_PATH, type HolderFrame, holderBadgePath, inLanguage } from './holder-view.js';
import { Words } from './words.js';

/** A badge that is to go to a wallet. */
export interface WalletBadgeView {
  readonly id: string;
  readonly name: string;
  readonly language: string | undefined;
  /** Whose it is: the reader's own given name. */
  readonly givenName: string;
  readonly isBound: boolean;
}

/** A way into a wallet, made for this reader: everything on it is secret, and shown once. */
export interface WalletOfferView {
  readonly wallet: 'learner' | 'other';
  /** Opens a wallet on this device. */
  readonly openUrl: string;
  /** What a wallet on another device scans, or is given as text. */
  readonly scanUrl: string;
  /** The QR code of `scanUrl`, as SVG. */
  readonly qrSvg: string;
  readonly transactionCode?: string;
  /** How long it can be used. */
  readonly minutes: number;
}

export type WalletRefusal = 'not-active' | 'bound-by-issuer' | 'too-often';

interface PageProps {
  readonly holder: HolderFrame;
  readonly badge: WalletBadgeView;
}

/** Where a badge is sent to a wallet. */
export function walletPath(id: string): string {
  return `${holderBadgePath(id)}/wallet`;
}

/** The step before: which wallet? @param refusal why the badge cannot be sent. */
export function walletChoicePage({ holder, badge, refusal }: PageProps & { readonly refusal?: WalletRefusal }): string {
  const texts = WALLET_TEXTS[holder.frame.language];
  return renderWalletPage(
    { holder, badge },
    refusal === undefined ? (
      <>
        <Way holder={holder} badge={badge} way="learner" channel="exchange" />
        <Way holder={holder} badge={badge} way="other" channel="ldp_vc" />
        <Way holder={holder} badge={badge} way="jwt" channel="jwt_vc_json" />
      </>
    ) : (
      <p class="panel" role="status">
        {texts.refused[refusal]}
      </p>
    ),
  );
}

/** The step itself: a link, a QR code, and the code to type where the wallet asks for one. */
export function walletOfferPage({ holder, badge, offer }: PageProps & { readonly offer: WalletOfferView }): string {
  const { made, other, learner } = WALLET_TEXTS[holder.frame.language];
  const { wallet, openUrl, scanUrl, qrSvg, transactionCode, minutes } = offer;
  return renderWalletPage(
    { holder, badge },
    <section class="panel" aria-labelledby="offer">
      <h2 id="offer">{wallet === 'learner' ? learner.title : other.title}</h2>
      <p>{made.until(minutes)}</p>
      {transactionCode === undefined ? null : (
        <>
          <h3>{made.code}</h3>
          <p>
            <code class="address wallet-code">{transactionCode}</code>
            <span class="note">{made.codeNote}</span>
          </p>
        </>
      )}
      <h3>{made.onPhone}</h3>
      <p>
        <a class="button" href={openUrl} rel="noopener noreferrer">
          {wallet === 'learner' ? made.openLearner : made.openOther}
        </a>
      </p>
      <h3>{made.onOtherDevice}</h3>
      <p>
        <img
          src={`data:image/svg+xml,${encodeURIComponent(qrSvg)}`}
          alt={made.qrAlt}
          class="wallet-qr"
          width="280"
          height="280"
        />
      </p>
      <details>
        <summary>{made.link}</summary>
        <p>
          <code class="address">{scanUrl}</code>
        </p>
      </details>
      <p class="note">{made.once}</p>
      <p class="note">{made.afterwards}</p>
    </section>,
  );
}

function renderWalletPage({ holder, badge }: PageProps, content: ReturnType<typeof Way>): string {
  const texts = WALLET_TEXTS[holder.frame.language];
  return renderDocument({
    frame: holder.frame,
    title: texts.title,
    styleSheet: HOLDER_STYLESHEET_PATH,
    children: (
      <div class="holder">
        <HolderBar holder={holder} back />
        <h1>{texts.title}</h1>
        <p class="lead">
          <BadgeName name={badge.name} language={badge.language} />
        </p>
        <p>
          <Words text={texts.whose(badge.givenName)} />
        </p>
        <p class="note">{badge.isBound ? texts.boundAlready : texts.bindsKey}</p>
        {content}
        <p>
          <a href={inLanguage(holderBadgePath(badge.id), holder.frame)}>{texts.made.back}</a>
        </p>
      </div>
    ),
  });
}

const Way = ({
  holder,
  badge,
  way,
  channel,
}: PageProps & { readonly way: 'learner' | 'other' | 'jwt'; readonly channel: string }) => {
  const texts = WALLET_TEXTS[holder.frame.language][way];
  return (
    <section class="panel" aria-labelledby={`way-${way}`}>
      <h2 id={`way-${way}`}>{texts.title}</h2>
      <p>{texts.detail}</p>
      <HolderForm holder={holder} action={walletPath(badge.id)}>
        <input type="hidden" name="channel" value={channel} />
        <button class={way === 'jwt' ? 'quiet' : ''} type="submit">
          {texts.button}
        </button>
      </HolderForm>
    </section>
  );
};
