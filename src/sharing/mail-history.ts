import { z } from 'zod';
import { type RowPlace, readRow, writeRow } from '../issuing/holder-rows.js';
import { MAIL_PURPOSES, mailKey, type QueuedMail } from '../issuing/outbox.js';
import type { SharingContext } from './context.js';

/** What became of a letter, the last one of its credential and purpose. */
export const zSentMail = z.strictObject({
  student: z.string(),
  credential: z.string(),
  purpose: z.enum(MAIL_PURPOSES),
  generation: z.int().min(1),
  /** `sent`: the server took it. `failed`: it never will. `cancelled`: an operator, or a revocation, was faster. */
  outcome: z.enum(['sent', 'failed', 'cancelled']),
  at: z.number(),
  /** Code of why not. */
  problem: z.string().optional(),
});
export type SentMail = z.infer<typeof zSentMail>;

export function findSentMail(
  context: SharingContext,
  issuer: string,
  mail: Pick<QueuedMail, 'credential' | 'purpose'>,
): Promise<SentMail | undefined> {
  return readRow(context, historyPlace(issuer, mail), zSentMail);
}

export async function recordOutcome(
  context: SharingContext,
  issuer: string,
  { student, credential, purpose, generation }: QueuedMail,
  ended: { readonly outcome: SentMail['outcome']; readonly problem?: string },
): Promise<void> {
  const row: SentMail = { student, credential, purpose, generation, at: context.clock.now(), ...ended };
  await writeRow(context, historyPlace(issuer, row), row);
}

function historyPlace(issuer: string, mail: Pick<QueuedMail, 'credential' | 'purpose'>): RowPlace {
  return { issuer, topic: 'mail-history', key: mailKey(mail) };
}
