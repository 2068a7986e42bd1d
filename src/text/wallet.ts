import type { Language } from './localized.js';

/** Every sentence about sending a badge to a wallet. */
export interface WalletTexts {
  /** What a wallet calls a badge before it has one. */
  readonly credentialName: string;
  /** Shown by the wallet that asks for the code. */
  readonly codeHint: string;
  readonly title: string;
  readonly whose: (givenName: string) => string;
  readonly bindsKey: string;
  readonly boundAlready: string;
  readonly learner: { readonly title: string; readonly detail: string; readonly button: string };
  readonly other: { readonly title: string; readonly detail: string; readonly button: string };
  readonly jwt: { readonly title: string; readonly detail: string; readonly button: string };
  readonly refused: Readonly<Record<'not-active' | 'bound-by-issuer' | 'too-often', string>>;
  readonly made: {
    readonly onPhone: string;
    readonly openLearner: string;
    readonly openOther: string;
    readonly onOtherDevice: string;
    readonly qrAlt: string;
    readonly link: string;
    readonly code: string;
    readonly codeNote: string;
    readonly until: (minutes: number) => string;
    readonly once: string;
    readonly afterwards: string;
    readonly back: string;
  };
}

export const WALLET_TEXTS: Readonly<Record<Language, WalletTexts>> = {
  fr: {
    credentialName: 'Badge d’engagement étudiant',
    codeHint: 'Code à six chiffres affiché sur votre page',
    title: 'Envoyer vers un portefeuille',
    whose: (givenName) =>
      givenName === ''
        ? 'Ce badge est le vôtre.'
        : `Ce badge est celui de ${givenName}. Ne l’envoyez que vers votre propre portefeuille.`,
    bindsKey:
      'Le badge est signé à nouveau pour la clé de votre portefeuille. Son adresse et son identifiant restent les mêmes ; les copies d’avant restent valides.',
    boundAlready:
      'Ce badge est déjà lié à la clé d’un portefeuille. Un nouvel envoi le lie à la nouvelle clé ; la copie de l’ancien portefeuille est alors une version plus ancienne.',
    learner: {
      title: 'Learner Credential Wallet',
      detail: 'L’application du Digital Credentials Consortium, et tout portefeuille qui connaît les échanges VC-API.',
      button: 'Préparer l’envoi',
    },
    other: {
      title: 'Un autre portefeuille (OpenID4VCI)',
      detail:
        'Pour les portefeuilles qui lisent les offres « openid-credential-offer ». Un code à six chiffres protège l’envoi.',
      button: 'Préparer l’envoi avec code',
    },
    jwt: {
      title: 'Mon portefeuille refuse ce format',
      detail: 'Certains portefeuilles ne connaissent que les badges sous forme de JWT.',
      button: 'Préparer l’envoi en JWT',
    },
    refused: {
      'not-active': 'Ce badge n’est pas en vigueur ; il ne peut pas être envoyé vers un portefeuille.',
      'bound-by-issuer': 'L’établissement a lui-même fixé la clé de ce badge ; elle ne peut pas être changée ici.',
      'too-often': 'Ce badge a été signé à nouveau très souvent aujourd’hui. Continuez demain.',
    },
    made: {
      onPhone: 'Le portefeuille est sur cet appareil',
      openLearner: 'Ouvrir Learner Credential Wallet',
      openOther: 'Ouvrir mon portefeuille',
      onOtherDevice: 'Le portefeuille est sur un autre appareil : scannez ce code avec lui',
      qrAlt: 'Code QR à scanner avec votre portefeuille',
      link: 'Lien à coller dans le portefeuille',
      code: 'Code à saisir dans le portefeuille',
      codeNote: 'Ne le donnez à personne. Après cinq codes faux, l’offre est annulée.',
      until: (minutes) => `Valable ${minutes} minutes, et une seule fois.`,
      once: 'Ne photographiez pas cette page et ne l’imprimez pas : qui la lit peut prendre le badge à votre place.',
      afterwards: 'Quand le portefeuille a le badge, revenez à sa page : elle dit à quelle clé il est lié.',
      back: 'Revenir au badge',
    },
  },
  en: {
    credentialName: 'Student engagement badge',
    codeHint: 'Six-digit code shown on your page',
    title: 'Send to a wallet',
    whose: (givenName) =>
      givenName === '' ? 'This badge is yours.' : `This is ${givenName}’s badge. Send it to your own wallet only.`,
    bindsKey:
      'The badge is signed anew for the key of your wallet. Its address and its identifier stay the same; older copies stay valid.',
    boundAlready:
      'This badge is bound to a wallet’s key already. Sending it again binds it to the new key; the copy in the old wallet is then an older version.',
    learner: {
      title: 'Learner Credential Wallet',
      detail: 'The app of the Digital Credentials Consortium, and any wallet that knows VC-API exchanges.',
      button: 'Prepare it',
    },
    other: {
      title: 'Another wallet (OpenID4VCI)',
      detail: 'For wallets that read “openid-credential-offer” links. A six-digit code protects it on the way.',
      button: 'Prepare it with a code',
    },
    jwt: {
      title: 'My wallet refuses that format',
      detail: 'Some wallets know badges in the form of a JWT only.',
      button: 'Prepare it as a JWT',
    },
    refused: {
      'not-active': 'This badge is not in force; it cannot be sent to a wallet.',
      'bound-by-issuer': 'The institution itself settled whose key this badge is for; it cannot be changed here.',
      'too-often': 'This badge was signed anew very often today. Go on tomorrow.',
    },
    made: {
      onPhone: 'The wallet is on this device',
      openLearner: 'Open Learner Credential Wallet',
      openOther: 'Open my wallet',
      onOtherDevice: 'The wallet is on another device: scan this code with it',
      qrAlt: 'QR code to scan with your wallet',
      link: 'Link to paste into the wallet',
      code: 'Code to type into the wallet',
      codeNote: 'Give it to nobody. After five wrong codes the offer is void.',
      until: (minutes) => `Good for ${minutes} minutes, and once only.`,
      once: 'Do not photograph or print this page: whoever reads it can take the badge in your place.',
      afterwards: 'Once the wallet has the badge, go back to its page: it says which key it is bound to.',
      back: 'Back to the badge',
    },
  },
};
