import { readReservation } from '../issuing/award.js';
import { CredentialNotFoundError } from '../issuing/change-status.js';
import { deleteRow, listRows, readRow, writeRow } from '../issuing/holder-rows.js';
import { listIssuers } from '../issuing/issuers.js';
import { MAIL_PURPOSES, type MailPurpose, outboxPlace, type QueuedMail, zQueuedMail } from '../issuing/outbox.js';
import { useGrant } from './claim-links.js';
import { forgetIfErased, type Holder, type SharingContext } from './context.js';
import { findSentMail, recordOutcome, type SentMail, zSentMail } from './mail-history.js';
import { grantOf, mailTurn } from './send-mails.js';

/** How long after one asked-for link the next may be asked for. */
const BETWEEN_LINKS_MILLISECONDS = 10 * 60_000;

/**
 * Puts a letter into the outbox anew, with a link that replaces the one of the letter before.
 * @returns false when one waits there already.
 */
export function queueAgain(
  context: SharingContext,
  letter: Holder & { readonly credential: string; readonly purpose: MailPurpose },
): Promise<boolean> {
  const { issuer, student, credential, purpose } = letter;
  const mail = { student, credential, purpose };
  return context.turns.run(mailTurn(issuer, mail), async () => {
    if ((await readRow(context, outboxPlace(issuer, mail), zQueuedMail)) !== undefined) return false;
    const last = await findSentMail(context, issuer, mail);
    const now = context.clock.now();
    const generation = (last?.generation ?? 0) + 1;
    if (last !== undefined)
      await useGrant(context, { issuer, student: mail.student, grant: grantOf(last) }, 'replaced');
    const queued: QueuedMail = { ...mail, generation, queuedAt: now, attempts: 0, nextAt: now };
    await writeRow(context, outboxPlace(issuer, mail), queued);
    await forgetIfErased(context, { issuer, student: mail.student });
    return true;
  });
}

/** As {@link queueAgain} for a link its holder asks for, not more often than every ten minutes. */
export async function queueNewLink(
  context: SharingContext,
  letter: Holder & { readonly credential: string },
): Promise<boolean> {
  const { issuer, credential } = letter;
  const last = await findSentMail(context, issuer, { credential, purpose: 'new-link' });
  if (last !== undefined && context.clock.now() - last.at < BETWEEN_LINKS_MILLISECONDS) return false;
  return queueAgain(context, { ...letter, purpose: 'new-link' });
}

/**
 * Sends the letter about a badge again, for the registrar.
 * @returns false when one waits to be sent already. @throws {CredentialNotFoundError}
 */
export async function resendMail(context: SharingContext, credential: string): Promise<boolean> {
  return queueAgain(context, { ...(await holderOf(context, credential)), credential, purpose: 'badge-issued' });
}

/** Whose badge it is. @throws {CredentialNotFoundError} also for one that came through the API: nobody is known then. */
export async function holderOf(context: SharingContext, credential: string): Promise<Holder> {
  const entry = await context.store.ledger.credential(credential);
  const inForce = entry !== undefined && ['active', 'suspended', 'revoked'].includes(entry.state);
  const payload = inForce ? await context.store.ledger.reservation(credential, 1) : undefined;
  const student = readReservation(payload)?.award?.engagement.student.id;
  if (entry === undefined || student === undefined) throw new CredentialNotFoundError(credential);
  return { issuer: entry.issuer, student };
}

/** Takes a badge's letters out of the outbox. @returns how many waited. @throws {CredentialNotFoundError} */
export async function cancelMail(context: SharingContext, credential: string): Promise<number> {
  const { issuer } = await holderOf(context, credential);
  let cancelled = 0;
  for (const purpose of MAIL_PURPOSES) {
    await context.turns.run(mailTurn(issuer, { credential, purpose }), async () => {
      const place = outboxPlace(issuer, { credential, purpose });
      const mail = await readRow(context, place, zQueuedMail);
      if (mail === undefined) return;
      await recordOutcome(context, issuer, mail, { outcome: 'cancelled', problem: 'by-operator' });
      await deleteRow(context, place);
      cancelled += 1;
    });
  }
  return cancelled;
}

/** A letter as an operator sees it. */
export interface ListedMail {
  readonly issuer: string;
  readonly student: string;
  readonly credential: string;
  readonly purpose: MailPurpose;
  readonly state: 'waiting' | SentMail['outcome'];
  /** When it ended; of a waiting one, when it was queued. */
  readonly at: number;
  readonly attempts?: number;
  readonly problem?: string;
}

/** Every letter of the house, waiting ones first, oldest first. */
export async function listMails(context: SharingContext): Promise<ListedMail[]> {
  const waiting: ListedMail[] = [];
  const ended: ListedMail[] = [];
  for (const { slug: issuer } of await listIssuers(context)) {
    for (const { row } of await listRows(context, { issuer, topic: 'mail-outbox' }, zQueuedMail)) {
      const { student, credential, purpose, queuedAt, attempts, problem } = row;
      const base = { issuer, student, credential, purpose, state: 'waiting', at: queuedAt, attempts } as const;
      waiting.push(problem === undefined ? base : { ...base, problem });
    }
    for (const { row } of await listRows(context, { issuer, topic: 'mail-history' }, zSentMail)) {
      const { student, credential, purpose, outcome, at, problem } = row;
      const base = { issuer, student, credential, purpose, state: outcome, at };
      ended.push(problem === undefined ? base : { ...base, problem });
    }
  }
  const byAge = (a: ListedMail, b: ListedMail) => a.at - b.at;
  return [...waiting.sort(byAge), ...ended.sort(byAge)];
}

/** How many letters wait at an issuer. */
export async function countWaiting(context: SharingContext, issuer: string): Promise<number> {
  return (await context.store.log.list(issuer, 'mail-outbox')).length;
}
