import { z } from 'zod';
import { deleteRow, listRows, type RowPlace, readRow, writeNewRow, writeRow } from '../issuing/holder-rows.js';
import { listIssuers } from '../issuing/issuers.js';
import { mailKey, outboxPlace, type QueuedMail, zQueuedMail } from '../issuing/outbox.js';
import type { MailAnswer, Mailer } from '../ports/mailer.js';
import { drawClaimLink } from './claim-links.js';
import { forgetIfErased, type SharingContext } from './context.js';
import { findSentMail, recordOutcome } from './mail-history.js';
import { writeLetter } from './write-letter.js';

const MILLISECONDS_PER_MINUTE = 60_000;
const LONGEST_WAIT_MINUTES = 60;
/** How long an attempt may be under way. One without an end after that was cut short by a crash, and is made again. */
const ATTEMPT_MILLISECONDS = 10 * MILLISECONDS_PER_MINUTE;
/** A letter its recipient's server keeps putting off is given up after so long; one our server cannot take never is. */
const PATIENCE_MILLISECONDS = 5 * 86_400_000;

const zAttempt = z.strictObject({ student: z.string(), at: z.number() });

/** What one round over the outbox did. */
export interface MailRound {
  readonly sent: number;
  /** Not sent, and not tried again. */
  readonly ended: number;
  /** To be tried again later. */
  readonly delayed: number;
  /** Set when the server was away: the rest of the round was put off. */
  readonly unavailable?: string;
}

/**
 * Sends what is due in the outbox, oldest first. Every attempt is written down before it is made, by exactly one of all
 * processes, and its outcome after: a letter the server took is not sent again. A crash between the two leaves it
 * unknown whether the letter went out, and then it is sent once more, with the same Message-ID and as good a link:
 * rather a letter twice than never.
 */
export async function sendDueMails(
  context: SharingContext,
  mailer: Mailer,
  isStopping: () => boolean = () => false,
): Promise<MailRound> {
  const round = { sent: 0, ended: 0, delayed: 0 };
  for (const { slug: issuer } of await listIssuers(context)) {
    const rows = await listRows(context, { issuer, topic: 'mail-outbox' }, zQueuedMail);
    const due = rows.map(({ row }) => row).filter(({ nextAt }) => nextAt <= context.clock.now());
    for (const mail of due.sort((a, b) => a.nextAt - b.nextAt || a.queuedAt - b.queuedAt)) {
      if (isStopping()) return round;
      const result = await context.turns.run(mailTurn(issuer, mail), () => sendOne(context, mailer, { issuer, mail }));
      if (typeof result !== 'string') return { ...round, delayed: round.delayed + 1, ...result };
      if (result !== 'skipped') round[result] += 1;
    }
  }
  return round;
}

/** Key of the turns in which one letter is sent, cancelled or queued anew. */
export function mailTurn(issuer: string, mail: Pick<QueuedMail, 'credential' | 'purpose'>): string {
  return `mail ${issuer} ${mailKey(mail)}`;
}

interface Queued {
  readonly issuer: string;
  readonly mail: QueuedMail;
}

type Result = 'sent' | 'ended' | 'delayed' | 'skipped' | { readonly unavailable: string };

async function sendOne(context: SharingContext, mailer: Mailer, { issuer, mail: seen }: Queued): Promise<Result> {
  const mail = await readRow(context, outboxPlace(issuer, seen), zQueuedMail);
  // Meanwhile cancelled, sent by another process, or queued anew.
  if (mail === undefined || mail.nextAt > context.clock.now()) return 'skipped';
  if (await forgetIfErased(context, { issuer, student: mail.student })) return 'ended';
  const before = await findSentMail(context, issuer, mail);
  if (before?.generation === mail.generation) {
    // Its end was written down, and the crash came before the outbox knew.
    await deleteRow(context, outboxPlace(issuer, mail));
    return 'skipped';
  }
  const written = await writeLetter(context, issuer, mail);
  if (written.kind === 'not-yet') return 'skipped';
  if (written.kind === 'none') return end(context, { issuer, mail }, written);
  const attempt = await beginAttempt(context, { issuer, mail });
  if (attempt === undefined) return 'skipped';
  context.atMailStep?.('attempt-written');
  const { path, expiresAt } = await drawClaimLink(context, {
    issuer,
    student: mail.student,
    credential: mail.credential,
    grant: grantOf(mail),
  });
  context.atMailStep?.('link-written');
  const { letter, baseUrl } = written;
  const answer = await mailer.send(
    { ...letter, link: `${baseUrl}${path}`, linkUntil: expiresAt },
    letterId(context, { issuer, mail }),
  );
  context.atMailStep?.('sent');
  const result = await settle(context, { issuer, mail }, { answer, attempt });
  await forgetAttempts(context, { issuer, mail }, attempt);
  if (await forgetIfErased(context, { issuer, student: mail.student })) return 'ended';
  return result;
}

/** @returns the number of the attempt that is ours to make; undefined while another is under way. */
async function beginAttempt(context: SharingContext, { issuer, mail }: Queued): Promise<number | undefined> {
  const now = context.clock.now();
  for (let attempt = mail.attempts + 1; ; attempt += 1) {
    const place = attemptPlace(issuer, mail, attempt);
    if (await writeNewRow(context, place, { student: mail.student, at: now })) return attempt;
    const other = await readRow(context, place, zAttempt);
    if (other !== undefined && other.at + ATTEMPT_MILLISECONDS > now) return undefined;
  }
}

/** Those since the outbox last counted: this one, and any that a crash cut short before it. */
async function forgetAttempts(context: SharingContext, { issuer, mail }: Queued, last: number): Promise<void> {
  const numbers = Array.from({ length: last - mail.attempts }, (_, index) => mail.attempts + 1 + index);
  await context.store.log.delete(numbers.map((attempt) => attemptPlace(issuer, mail, attempt)));
}

async function settle(
  context: SharingContext,
  { issuer, mail }: Queued,
  { answer, attempt }: { readonly answer: MailAnswer; readonly attempt: number },
): Promise<Result> {
  const now = context.clock.now();
  if (answer.outcome === 'accepted') return end(context, { issuer, mail }, { outcome: 'sent' });
  context.logger.warn('mail-not-sent', {
    issuer,
    credential: mail.credential,
    outcome: answer.outcome,
    problem: answer.problem,
  });
  const isLost = answer.outcome === 'deferred' && now - mail.queuedAt > PATIENCE_MILLISECONDS;
  if (answer.outcome === 'refused' || isLost) {
    return end(context, { issuer, mail }, { outcome: 'failed', problem: answer.problem });
  }
  const minutes = Math.min(2 ** (attempt - 1), LONGEST_WAIT_MINUTES);
  await writeRow(context, outboxPlace(issuer, mail), {
    ...mail,
    attempts: attempt,
    nextAt: now + minutes * MILLISECONDS_PER_MINUTE,
    problem: answer.problem,
  });
  return answer.outcome === 'unavailable' ? { unavailable: answer.problem } : 'delayed';
}

/** The end of a letter is written first, then it leaves the outbox: a crash between the two is seen by its generation. */
async function end(
  context: SharingContext,
  { issuer, mail }: Queued,
  { outcome, problem }: { readonly outcome: 'sent' | 'failed' | 'cancelled'; readonly problem?: string },
): Promise<'sent' | 'ended'> {
  await recordOutcome(context, issuer, mail, { outcome, ...(problem === undefined ? {} : { problem }) });
  context.atMailStep?.('history-written');
  await deleteRow(context, outboxPlace(issuer, mail));
  return outcome === 'sent' ? 'sent' : 'ended';
}

/** What a letter's link grants once; another generation is another grant. */
export function grantOf({
  credential,
  purpose,
  generation,
}: Pick<QueuedMail, 'credential' | 'purpose' | 'generation'>): string {
  return `${credential}.${purpose}.${generation}`;
}

/** The same for every attempt at one letter, and no help to whoever reads it: half a digest. */
function letterId(context: SharingContext, { issuer, mail }: Queued): string {
  return context.hash(`${issuer} ${grantOf(mail)} ${mail.queuedAt}`).slice(0, 32);
}

function attemptPlace(issuer: string, mail: QueuedMail, attempt: number): RowPlace {
  return { issuer, topic: 'mail-attempts', key: `${grantOf(mail)}.${attempt}` };
}
