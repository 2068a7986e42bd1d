import { z } from 'zod';
import { COLLECTIONS, type Partition } from '../../ports/documents.js';
import type { LedgerEvent } from '../../ports/ledger.js';
import type { StoreChange } from '../../ports/store.js';
import { isLedgerEvent } from '../lowdb/ledger/chain-record.js';
import type { Queryable } from './database.js';

/** Where the house's processes tell each other what they changed; a database holds one house. */
export const CHANNEL = 'sceau_changes';

/** A message of PostgreSQL holds less than 8,000 bytes. */
const LONGEST_MESSAGE = 7_900;
/** More than this is said with one word: whatever was remembered is to be forgotten. */
const MOST_MESSAGES = 64;

const zChange: z.ZodType<StoreChange> = z.discriminatedUnion('shape', [
  z.strictObject({ shape: z.literal('ledger'), event: z.custom<LedgerEvent>(isLedgerEvent) }),
  z.strictObject({
    shape: z.literal('documents'),
    partition: z.strictObject({
      issuer: z.string(),
      collection: z.enum(COLLECTIONS),
      name: z.string(),
    }) satisfies z.ZodType<Partition>,
  }),
  z.strictObject({ shape: z.literal('log'), issuer: z.string(), topic: z.string(), key: z.string() }),
  z.strictObject({ shape: z.literal('all') }),
]);

const zMessage = z.strictObject({ from: z.int(), changes: z.array(zChange) });
export type ChangeMessage = z.infer<typeof zMessage>;

/** Tells the other processes, if and when this transaction is committed. @param from number of this process. */
export async function announce(
  transaction: Queryable,
  { from, changes }: { readonly from: number; readonly changes: readonly StoreChange[] },
): Promise<void> {
  if (changes.length === 0) return;
  await transaction.query('SELECT pg_notify($1, message) FROM unnest($2::text[]) AS message', [
    CHANNEL,
    messagesOf(from, changes),
  ]);
}

/** The changes as few messages, in their order. */
function messagesOf(from: number, changes: readonly StoreChange[]): string[] {
  const frame = JSON.stringify({ from, changes: [] });
  const messages: string[] = [];
  let parts: string[] = [];
  let length = frame.length;
  const close = (): void => {
    if (parts.length > 0) messages.push(frame.replace('[]', () => `[${parts.join(',')}]`));
    parts = [];
    length = frame.length;
  };
  for (const change of changes) {
    const text = JSON.stringify(change);
    const bytes = Buffer.byteLength(text) + 1;
    if (frame.length + bytes > LONGEST_MESSAGE) return [everything(from)];
    if (length + bytes > LONGEST_MESSAGE) close();
    parts.push(text);
    length += bytes;
  }
  close();
  return messages.length > MOST_MESSAGES ? [everything(from)] : messages;
}

function everything(from: number): string {
  return JSON.stringify({ from, changes: [{ shape: 'all' }] });
}

/** Reads a message; one that is none of ours, or of a newer version, stands for changes that cannot be told apart. */
export function readMessage(text: string): ChangeMessage {
  try {
    return zMessage.parse(JSON.parse(text));
  } catch {
    return { from: 0, changes: [{ shape: 'all' }] };
  }
}
