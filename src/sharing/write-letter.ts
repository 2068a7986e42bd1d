import { findHeldBadge } from '../issuing/badges.js';
import type { QueuedMail } from '../issuing/outbox.js';
import { findStudent } from '../issuing/students.js';
import type { Letter } from '../ports/mailer.js';
import { isEmailAddress } from '../text/email-address.js';
import type { SharingContext } from './context.js';

/** A letter but for its link, and where that link begins; or why there is none to write. */
export type WrittenLetter =
  | { readonly kind: 'letter'; readonly letter: Omit<Letter, 'link' | 'linkUntil'>; readonly baseUrl: string }
  /** The badge is not in force yet. */
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'none'; readonly outcome: 'failed' | 'cancelled'; readonly problem: string };

/** Writes a queued letter from what is so now: address, name and language of the student's record, name of the badge. */
export async function writeLetter(context: SharingContext, issuer: string, mail: QueuedMail): Promise<WrittenLetter> {
  const none = (outcome: 'failed' | 'cancelled', problem: string) => ({ kind: 'none', outcome, problem }) as const;
  const entry = await context.store.ledger.credential(mail.credential);
  if (entry?.state === 'reserved') return { kind: 'not-yet' };
  if (entry?.state === 'revoked' && mail.purpose === 'badge-issued') return none('cancelled', 'badge-revoked');
  const badge = await findHeldBadge(context, mail.credential);
  const record = await findStudent(context, issuer, mail.student);
  if (badge === undefined || record === undefined) return none('cancelled', 'badge-not-issued');
  const { email, givenName, preferredLanguage } = record.student;
  if (!isEmailAddress(email)) return none('failed', 'address-not-valid');
  const { name, email: contact, baseUrl } = badge.issuer;
  return {
    kind: 'letter',
    baseUrl,
    letter: {
      kind: mail.purpose,
      language: preferredLanguage,
      to: email,
      givenName,
      badgeName: String(badge.document['name'] ?? ''),
      institution: { name, ...(contact === undefined ? {} : { email: contact }) },
    },
  };
}
