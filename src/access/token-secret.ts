import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';

const SECRET_BYTES = 32;
const SECRET = /^sceau_[A-Za-z0-9_-]{43}$/;
const PREFIX_LENGTH = 'sceau_'.length + 4;

/** Draws a secret of 256 bits: `sceau_` and 43 characters of base64url. @param bytes draws that many random bytes. */
export function drawSecret(bytes: (length: number) => Uint8Array): string {
  return `sceau_${Buffer.from(bytes(SECRET_BYTES)).toString('base64url')}`;
}

/** True for text that could be a secret of ours; anything else need not be looked up. */
export function isSecret(text: string): boolean {
  return SECRET.test(text);
}

/** What is stored of a secret: SHA-256 of its text, lower-case hex. A secret of 256 random bits needs no slower hash. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}

/** The part of a secret that lists may show. */
export function prefixOf(secret: string): string {
  return secret.slice(0, PREFIX_LENGTH);
}
