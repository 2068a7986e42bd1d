import { findIssuer } from '../issuing/issuers.js';
import { findStudent } from '../issuing/students.js';
import type { JsonObject } from '../ports/json.js';
import type { Instant } from '../text/instant.js';
import type { Language } from '../text/localized.js';
import { askForNewLink, lookAtLink, openLink, type ShownLink } from './claim.js';
import type { Holder, SharingContext } from './context.js';
import { askForErasure, erasureAskedAt, takeBackErasure } from './erasure-requests.js';
import { exportHolder } from './export-holder.js';
import {
  badgeOf,
  badgesOf,
  type ChoiceAnswer,
  chooseDisclosure,
  chooseSharing,
  type HolderBadge,
} from './holder-badges.js';
import { endSession, type HolderSession, readSession } from './holder-sessions.js';

/** Who a holder is, to themselves. */
export interface HolderProfile {
  readonly givenName: string;
  readonly language: Language;
  readonly institution: { readonly name: string; readonly email: string | undefined };
  /** When they asked to be erased. */
  readonly erasureAskedAt: Instant | undefined;
}

/** What holders can do, bound to one house: the HTTP edge needs no more. */
export interface HolderDesk {
  lookAtLink(token: string): Promise<ShownLink | undefined>;
  /** @returns the secret of a new session, for exactly one of all who use a link. */
  openLink(token: string): Promise<string | undefined>;
  askForNewLink(token: string): Promise<void>;
  session(secret: string): Promise<HolderSession | undefined>;
  signOut(session: HolderSession): Promise<void>;
  profile(holder: Holder): Promise<HolderProfile | undefined>;
  badges(holder: Holder): Promise<HolderBadge[]>;
  badge(holder: Holder, id: string): Promise<HolderBadge | undefined>;
  chooseDisclosure(
    holder: Holder,
    choice: { readonly id: string; readonly nameHidden: boolean; readonly hiddenEvidence: readonly string[] },
  ): Promise<ChoiceAnswer | undefined>;
  chooseSharing(holder: Holder, choice: { readonly id: string; readonly shared: boolean }): Promise<boolean>;
  askForErasure(holder: Holder): Promise<void>;
  takeBackErasure(holder: Holder): Promise<void>;
  export(holder: Holder): Promise<JsonObject | undefined>;
}

/** The holder's use cases on one house. */
export function createHolderDesk(context: SharingContext): HolderDesk {
  return {
    lookAtLink: (token) => lookAtLink(context, token),
    openLink: (token) => openLink(context, token),
    askForNewLink: (token) => askForNewLink(context, token),
    session: (secret) => readSession(context, secret),
    signOut: (session) => endSession(context, session),
    async profile({ issuer, student }) {
      const record = await findStudent(context, issuer, student);
      const institution = await findIssuer(context, issuer);
      if (record === undefined || institution === undefined) return undefined;
      return {
        givenName: record.student.givenName,
        language: record.student.preferredLanguage,
        institution: { name: institution.name, email: institution.email },
        erasureAskedAt: await erasureAskedAt(context, { issuer, student }),
      };
    },
    badges: (holder) => badgesOf(context, holder),
    badge: (holder, id) => badgeOf(context, holder, id),
    chooseDisclosure: (holder, choice) => chooseDisclosure(context, holder, choice),
    chooseSharing: (holder, choice) => chooseSharing(context, holder, choice),
    askForErasure: (holder) => askForErasure(context, holder),
    takeBackErasure: (holder) => takeBackErasure(context, holder),
    export: (holder) => exportHolder(context, holder),
  };
}
