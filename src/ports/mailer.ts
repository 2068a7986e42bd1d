import type { Instant } from '../text/instant.js';
import type { Language } from '../text/localized.js';

/** What a letter to a holder says; how it is worded and laid out is the adapter's business. */
export interface Letter {
  /** A badge was awarded, or its holder asked for a new link. */
  readonly kind: 'badge-issued' | 'new-link';
  readonly language: Language;
  /** A plain address, see `isEmailAddress`. */
  readonly to: string;
  readonly givenName: string;
  /** In the badge's own language. */
  readonly badgeName: string;
  readonly institution: { readonly name: string; readonly email?: string };
  /** The claim link: whoever has it is taken for the holder, once. */
  readonly link: string;
  readonly linkUntil: Instant;
}

/** What became of a letter. `problem` is a short code for operators: never an address, never a server's words. */
export type MailAnswer =
  | { readonly outcome: 'accepted' }
  /** This letter is not taken, and will not be later: there is no such mailbox. */
  | { readonly outcome: 'refused'; readonly problem: string }
  /** This letter is not taken now: mailbox full, greylisted. */
  | { readonly outcome: 'deferred'; readonly problem: string }
  /** No letter can be sent now: the server is away, or refuses the house itself. */
  | { readonly outcome: 'unavailable'; readonly problem: string };

/**
 * Sends letters. Must hold: `accepted` only after the server took responsibility; never throws for what the server or
 * the network does; nothing of the letter's text becomes a header it was not meant for; the same id gives the same
 * Message-ID, so that a letter sent twice after a cut connection is one letter to whoever receives it.
 */
export interface Mailer {
  /** @param id stable name of this letter, letters and digits only; says nothing about the person. */
  send(letter: Letter, id: string): Promise<MailAnswer>;
  /** Lets go of open connections. */
  close(): Promise<void>;
}
