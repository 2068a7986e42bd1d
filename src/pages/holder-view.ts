import type { HolderDone } from '../text/holder.js';
import type { PageFrame } from './document.js';

/** What every page of a holder's own knows of its reader. */
export interface HolderFrame {
  readonly frame: PageFrame;
  /** Stands in every form, so that a form made elsewhere is known as such. */
  readonly formToken: string;
  /** What came of the form that led here. */
  readonly done?: HolderDone;
}

export type HolderBadgeState = 'active' | 'suspended' | 'revoked' | 'expired';

/** A badge in the list. */
export interface HolderCard {
  readonly id: string;
  readonly name: string;
  readonly language: string | undefined;
  readonly state: HolderBadgeState;
  readonly shared: boolean;
  /** As signed. */
  readonly awardedDate: string | undefined;
}

/** One representation of a badge that can be had. */
export interface HolderDownload {
  readonly format: 'json' | 'png' | 'svg' | 'pdf' | 'qr';
  readonly path: string;
}

/** A badge on its own page. */
export interface HolderBadgeView extends HolderCard {
  /** The address to share: its verification page. */
  readonly pageUrl: string;
  readonly validFrom: string;
  readonly versions: number;
  /** Those that exist for everybody; of a badge that is not shared only its holder's own copy does. */
  readonly downloads: readonly HolderDownload[];
  readonly ownCopyPath: string;
  /** LinkedIn's form, filled in; undefined where a badge should not be added. */
  readonly linkedInUrl: string | undefined;
  /** Where sending to a wallet begins; undefined where there is no such way. */
  readonly walletPath: string | undefined;
  /** True once it is bound to a wallet's key. */
  readonly isBound: boolean;
  /** `needed`: it cannot be hidden. `none`: there is no name. */
  readonly nameIs: 'shown' | 'hidden' | 'needed' | 'none';
  readonly evidence: readonly { readonly id: string; readonly name: string; readonly shown: boolean }[];
}

/** Where a holder's pages are. */
export const HOLDER_PATH = '/holder';
/** Where their style sheet is served. */
export const HOLDER_STYLESHEET_PATH = '/assets/holder.css';

/** The path of a badge's own page. */
export function holderBadgePath(id: string): string {
  return `${HOLDER_PATH}/badges/${id}`;
}

/** A path on these pages that keeps the language chosen on them. */
export function inLanguage(path: string, { language }: PageFrame): string {
  return `${path}?lang=${language}`;
}
