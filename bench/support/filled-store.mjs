// A store as full as one likes: reservations and signed documents of the usual size, appended as a batch appends them,
// under lists of their own.
import { randomBytes } from 'node:crypto';

const LIST_LENGTH = 131_072;
const TOGETHER = 500;

/**
 * @param issuing of an open house. @param options.document what each credential holds, twice: reserved and issued.
 * @param options.first number of the first one, so that a store can be filled further.
 */
export async function fillStore({ store, ids }, { issuer, document, count, first = 0 }) {
  const { ledger } = store;
  const event = (kind, credential) => ({ kind, issuer, credential, version: 1 });
  for (let from = first; from < first + count; from += TOGETHER) {
    const numbers = Array.from({ length: Math.min(TOGETHER, first + count - from) }, (_, number) => from + number);
    for (const number of numbers) if (number % LIST_LENGTH === 0) await openList(ledger, issuer, number);
    const credentials = numbers.map((number) => ({ number, id: ids.next() }));
    await ledger.append(
      credentials.map(({ number, id }) => ({
        actor: 'bench',
        event: {
          ...event('reserved', id),
          list: listOf(number),
          index: number % LIST_LENGTH,
          ref: randomBytes(32).toString('hex'),
          source: 'jury',
        },
        payload: { document },
      })),
    );
    await ledger.append(
      credentials.map(({ id }) => ({ actor: 'bench', event: event('issued', id), payload: document })),
    );
  }
}

function listOf(number) {
  return `filled-${Math.floor(number / LIST_LENGTH)}`;
}

async function openList(ledger, issuer, number) {
  const list = listOf(number);
  if ((await ledger.list(list)) !== undefined) return;
  const event = { kind: 'list-opened', issuer, list, purpose: 'revocation', length: LIST_LENGTH };
  await ledger.append([{ actor: 'bench', event }]);
}
