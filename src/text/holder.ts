import { HOLDER_EN } from './holder-en.js';
import { HOLDER_FR } from './holder-fr.js';
import type { Language } from './localized.js';

/** A heading and the sentence under it. */
export interface HolderNotice {
  readonly title: string;
  readonly detail: string;
}

/** Every sentence of the holder's own pages. */
export interface HolderTexts {
  readonly claim: {
    readonly title: (institution: string) => string;
    readonly lead: (sentTo: string) => string;
    readonly button: string;
    readonly once: string;
    /** Why a link opens nothing, by its state. */
    readonly closed: Readonly<Record<'opened' | 'replaced' | 'expired' | 'unknown', HolderNotice>>;
    readonly again: string;
    readonly againHint: string;
    readonly asked: HolderNotice;
  };
  readonly home: {
    readonly title: string;
    readonly greeting: (name: string) => string;
    readonly lead: (institution: string) => string;
    readonly none: string;
    readonly open: (badge: string) => string;
    readonly awarded: (day: string) => string;
    readonly states: Readonly<Record<'active' | 'suspended' | 'revoked' | 'expired', string>>;
    readonly shared: string;
    readonly withdrawn: string;
    readonly signOut: string;
    readonly back: string;
  };
  readonly badge: {
    readonly seePage: string;
    readonly copyLink: string;
    readonly withdrawnNote: string;
    /** Heading over LinkedIn, wallets and files. */
    readonly reach: string;
    readonly downloads: string;
    readonly formats: Readonly<Record<'json' | 'png' | 'svg' | 'pdf' | 'qr', HolderNotice>>;
    /** Said of the file of a badge that is not shared. */
    readonly ownCopy: string;
    readonly linkedIn: { readonly title: string; readonly add: string; readonly note: string };
    readonly wallet: { readonly title: string; readonly send: string; readonly bound: string };
    readonly choose: string;
    readonly chooseLead: string;
    readonly showName: string;
    readonly nameNeeded: string;
    readonly evidence: string;
    readonly noChoice: string;
    readonly saveChoice: string;
    readonly olderCopies: HolderNotice;
    readonly sharing: string;
    readonly sharedNow: string;
    readonly withdraw: string;
    readonly withdrawNote: string;
    readonly restore: string;
    readonly cannotChoose: Readonly<Record<'suspended' | 'revoked' | 'expired', string>>;
    readonly versions: (count: number, signed: string) => string;
  };
  /** What came of a form, at the head of the page it leads to. */
  readonly done: Readonly<
    Record<
      | 'changed'
      | 'unchanged'
      | 'too-often'
      | 'not-active'
      | 'name-needed'
      | 'not-possible'
      | 'withdrawn'
      | 'restored'
      | 'erasure-asked'
      | 'erasure-taken-back',
      string
    >
  >;
  readonly data: {
    readonly title: string;
    readonly export: string;
    readonly exportNote: string;
    readonly erase: string;
    readonly eraseNote: (institution: string) => string;
    readonly eraseConfirm: string;
    readonly askErasure: string;
    readonly asked: (day: string) => string;
    readonly takeBack: string;
    readonly contact: (address: string) => string;
  };
}

const HOLDER: Readonly<Record<Language, HolderTexts>> = { fr: HOLDER_FR, en: HOLDER_EN };

/** The sentences of the holder's own pages in one language. */
export function holderTexts(language: Language): HolderTexts {
  return HOLDER[language];
}

/** What may stand in `?done=`: see {@link HolderTexts.done}. */
export type HolderDone = keyof HolderTexts['done'];

/** True for a word that stands for an outcome; anything else in an address is passed over. */
export function isHolderDone(word: string | undefined): word is HolderDone {
  return word !== undefined && Object.hasOwn(HOLDER_EN.done, word);
}
