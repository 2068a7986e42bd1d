import type { PageTexts } from '../text/pages.js';
import type { ShownCredential } from '../verification/report.js';
import type { PageFrame } from './document.js';
import type { IssuerLook } from './issuer-look.js';

/** A badge as every part of its certificate is given it. */
export interface CertificateProps {
  readonly frame: PageFrame;
  readonly credential: ShownCredential;
  /** Who settled the award: a jury, or the bearer of an API token. Only the first is called a jury's decision. */
  readonly source: 'jury' | 'api';
  /** The badge of this house it is; absent for one from elsewhere. */
  readonly own?: OwnBadge | undefined;
  /** The verdict in a word or two, across a certificate it speaks against. */
  readonly stamp?: string | undefined;
}

/** A badge this house has issued. */
export interface OwnBadge {
  /** Public id of the badge. */
  readonly id: string;
  /** Base of the service, no trailing slash. */
  readonly publicUrl: string;
  /** Who issued it, as this house knows it. */
  readonly issuer: IssuerLook;
  /** Links that take it to LinkedIn; absent where it should not be taken there. */
  readonly linkedIn?: { readonly addToProfile: string; readonly share: string } | undefined;
}

/** Attributes of an element that holds words of the badge: the language they were signed in. */
export function signedLanguage({ language }: ShownCredential): { lang?: string } {
  return language === null ? {} : { lang: language };
}

/** The sentences on a certificate. */
export type BadgeTexts = PageTexts['badge'];
