import { base64urlnopad } from '@scure/base';
import { fromHex, toHex } from '../issuing/digest.js';
import { writeNewRow } from '../issuing/holder-rows.js';
import type { SharingContext } from './context.js';

/** How long a nonce can be used. */
export const NONCE_SECONDS = 300;

const TIME_BYTES = 8;
const RANDOM_BYTES = 16;
const HEAD_BYTES = TIME_BYTES + RANDOM_BYTES;
const SECRET_BYTES = 32;

/** The key nonces are made with: of the whole house, under the name no issuer can have. */
const SECRET_PLACE = { issuer: '', topic: 'wallet-nonce-key', key: 'key' } as const;

/**
 * Draws a nonce for a proof of possession. Anybody may ask, so nothing is stored: the nonce itself says when it was made,
 * under a key of the house, and only its use is written down.
 * @see https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0-final.html#section-7
 */
export async function drawNonce(context: SharingContext): Promise<string> {
  const head = new Uint8Array(HEAD_BYTES);
  new DataView(head.buffer).setBigUint64(0, BigInt(context.clock.now()));
  head.set(context.random.bytes(RANDOM_BYTES), TIME_BYTES);
  return base64urlnopad.encode(Uint8Array.of(...head, ...(await tagOf(context, head))));
}

/** Is it a nonce of ours, made in the last minutes? Says nothing of whether it was used. */
export async function isFreshNonce(context: SharingContext, nonce: string): Promise<boolean> {
  if (!/^[A-Za-z0-9_-]{70,80}$/.test(nonce)) return false;
  let bytes: Uint8Array;
  try {
    bytes = base64urlnopad.decode(nonce);
  } catch {
    return false;
  }
  const head = bytes.slice(0, HEAD_BYTES);
  const age = context.clock.now() - Number(new DataView(head.buffer).getBigUint64(0));
  // Compared as digests, whose first difference says nothing of the tags'.
  const isOurs = context.hashBytes(bytes.slice(HEAD_BYTES)) === context.hashBytes(await tagOf(context, head));
  return isOurs && age >= 0 && age < NONCE_SECONDS * 1000;
}

/** Uses a nonce up. @returns true for exactly one of all who ask (L7). */
export function useNonce(
  context: SharingContext,
  { issuer, student }: { readonly issuer: string; readonly student: string },
  nonce: string,
): Promise<boolean> {
  const place = { issuer, topic: 'wallet-nonces', key: context.hash(nonce) } as const;
  return writeNewRow(context, place, { student, at: context.clock.now() });
}

async function tagOf(context: SharingContext, head: Uint8Array): Promise<Uint8Array> {
  return context.crypto.hmacSha256(fromHex(await nonceKey(context)), head);
}

async function nonceKey(context: SharingContext): Promise<string> {
  const { log } = context.store;
  const { issuer, topic, key } = SECRET_PLACE;
  const stored = await log.get(issuer, topic, key);
  if (typeof stored === 'string') return stored;
  // Whoever comes first draws it, in whatever process; everybody then reads that one.
  await log.putNew({ issuer, topic, key, value: toHex(context.random.bytes(SECRET_BYTES)) });
  return nonceKey(context);
}
