import type { LogRow } from '../ports/log-store.js';
import { batchKey, batchTopic } from './batch-rows.js';
import type { IssuingCore } from './context.js';
import { listRows } from './holder-rows.js';
import { outboxPlace, zQueuedMail } from './outbox.js';
import type { SealedSession } from './seal-session.js';

/** How many refs of an issuer were erased so far. */
export async function countErased({ store }: Pick<IssuingCore, 'store'>, issuer: string): Promise<number> {
  return (await store.ledger.erasedRefs(issuer)).length;
}

/**
 * Takes out what a batch wrote of students whom another process erased meanwhile: their rows of the batch, and letters
 * about badges that are no more. Whoever erases appends that first, and looks at the log then: what was written before
 * this asks the ledger is seen there or here.
 * @param sealed as it was read when the batch began, with those who were erased since.
 */
export async function forgetErased(context: IssuingCore, issuer: string, sealed: SealedSession): Promise<void> {
  const { ledger, log } = context.store;
  const { session } = sealed.entry;
  const present = await ledger.sessionRows(session);
  const erased = sealed.rows
    .map((row, number) => ({ row, number }))
    .filter(({ number }) => present[number] === undefined);
  const topic = batchTopic(session);
  const theirs: Pick<LogRow, 'issuer' | 'topic' | 'key'>[] = erased.map(({ number }) => ({
    issuer,
    topic,
    key: batchKey(number + 1),
  }));
  const students = new Set(erased.flatMap(({ row }) => row?.studentId ?? []));
  for (const { row: letter } of await listRows(context, { issuer, topic: 'mail-outbox' }, zQueuedMail)) {
    // Somebody of the same id may have come back since, with badges of their own.
    const isTheirs = students.has(letter.student) && (await ledger.credential(letter.credential))?.state === 'erased';
    if (isTheirs) theirs.push(outboxPlace(issuer, letter));
  }
  if (theirs.length > 0) await log.delete(theirs);
}
