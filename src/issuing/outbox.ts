import { z } from 'zod';
import { asJson } from '../ports/json.js';
import type { IssuingCore } from './context.js';
import type { RowPlace } from './holder-rows.js';

/** Why a holder is written to: a badge was issued, or they asked for a new link. */
export const MAIL_PURPOSES = ['badge-issued', 'new-link'] as const;
export type MailPurpose = (typeof MAIL_PURPOSES)[number];

/**
 * A letter that waits: one row for each credential and purpose. It holds neither text nor address nor link; those are
 * looked up and drawn when it is sent, so that an erasure leaves nothing behind and a corrected address counts.
 */
export const zQueuedMail = z.strictObject({
  student: z.string(),
  credential: z.string(),
  purpose: z.enum(MAIL_PURPOSES),
  /** 1 for the first letter, one more each time it is sent again on purpose. */
  generation: z.int().min(1),
  queuedAt: z.number(),
  /** How often it was tried to no avail. */
  attempts: z.int().min(0),
  /** Not tried before. */
  nextAt: z.number(),
  /** Code of what stood in the way last. */
  problem: z.string().optional(),
});
export type QueuedMail = z.infer<typeof zQueuedMail>;

/** Name of a letter among those of its issuer. */
export function mailKey({ credential, purpose }: Pick<QueuedMail, 'credential' | 'purpose'>): string {
  return `${credential}.${purpose}`;
}

export function outboxPlace(issuer: string, mail: Pick<QueuedMail, 'credential' | 'purpose'>): RowPlace {
  return { issuer, topic: 'mail-outbox', key: mailKey(mail) };
}

/** A letter to be queued about a new badge. */
export interface IssuedLetter {
  readonly issuer: string;
  readonly credential: string;
  readonly student: string;
  /** Nobody can have queued it before. */
  readonly isNew: boolean;
}

/**
 * Puts the letters about badges into the outbox, each once. They are written before the badges are signed, so that no
 * crash can leave a badge without its letter; none is sent before its badge is in force.
 */
export async function queueIssuedMails(context: IssuingCore, letters: readonly IssuedLetter[]): Promise<void> {
  const now = context.clock.now();
  const rows = letters.map(({ issuer, student, credential, isNew }) => {
    const mail: QueuedMail = {
      student,
      credential,
      purpose: 'badge-issued',
      generation: 1,
      queuedAt: now,
      attempts: 0,
      nextAt: now,
    };
    return { isNew, row: { ...outboxPlace(issuer, mail), value: asJson(mail) } };
  });
  const fresh = rows.filter(({ isNew }) => isNew).map(({ row }) => row);
  if (fresh.length > 0) await context.store.log.put(fresh);
  await Promise.all(rows.filter(({ isNew }) => !isNew).map(({ row }) => context.store.log.putNew(row)));
}
