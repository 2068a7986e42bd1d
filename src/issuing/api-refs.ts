import { z } from 'zod';
import type { Partition } from '../ports/documents.js';
import type { CredentialEntry } from '../ports/ledger.js';
import type { IssuingCore } from './context.js';
import { fromHex, toHex } from './digest.js';

const KEY_DOCUMENT = 'ref-key';
const KEY_BYTES = 32;
const zRefKey = z.strictObject({ key: z.string().regex(/^[0-9a-f]{64}$/) });
/** Rows that lead from the id a caller gave a credential to the ref it has in the ledger. */
const TOPIC = 'api-credential-ids';
const zIdRow = z.strictObject({ ref: z.string() });

/** What callers of the API name their credentials by: the key of a request, and the document's own id. */
export type ApiName = { readonly kind: 'key' | 'id'; readonly text: string };

/**
 * The name the ledger knows a request through the API by: HMAC-SHA-256, hex, under a key of the issuer's own, since
 * callers may put anything into what they choose and the ledger holds no personal data.
 */
export async function apiRef(context: IssuingCore, issuer: string, { kind, text }: ApiName): Promise<string> {
  const key = fromHex(await refKey(context, issuer));
  return toHex(await context.crypto.hmacSha256(key, new TextEncoder().encode(JSON.stringify([kind, text]))));
}

async function refKey(context: IssuingCore, issuer: string): Promise<string> {
  const partition: Partition = { issuer, collection: 'issuers', name: 'api' };
  const stored = await context.store.documents.get(partition, KEY_DOCUMENT);
  if (stored !== undefined) return zRefKey.parse(stored.value).key;
  return context.store.documents.transact(partition, async (transaction) => {
    const present = await transaction.get(KEY_DOCUMENT);
    if (present !== undefined) return zRefKey.parse(present.value).key;
    const key = toHex(context.random.bytes(KEY_BYTES));
    await transaction.put(KEY_DOCUMENT, { key }, 0);
    return key;
  });
}

/**
 * The credential of an issuer whose document has this id, where a caller of the API chose it. Undefined for one that is
 * unknown or was voided.
 */
export async function findByDocumentId(
  context: IssuingCore,
  issuer: string,
  id: string,
): Promise<CredentialEntry | undefined> {
  return findByIdRef(context, issuer, await apiRef(context, issuer, { kind: 'id', text: id }));
}

/** As {@link findByDocumentId}. @param idRef the {@link apiRef} of the id. */
export async function findByIdRef(
  { store: { ledger, log } }: IssuingCore,
  issuer: string,
  idRef: string,
): Promise<CredentialEntry | undefined> {
  const found = await ledger.byRef(issuer, idRef);
  if (found !== undefined) return found;
  const row = await log.get(issuer, TOPIC, idRef);
  return row === undefined ? undefined : ledger.byRef(issuer, zIdRow.parse(row).ref);
}

/** Notes, before anything is issued, under which ref the credential with this id is found. @param note.idRef see {@link findByIdRef}. */
export async function noteDocumentId(
  { store }: IssuingCore,
  issuer: string,
  { idRef, ref }: { readonly idRef: string; readonly ref: string },
): Promise<void> {
  await store.log.put([{ issuer, topic: TOPIC, key: idRef, value: { ref } }]);
}
