import { base64urlnopad } from '@scure/base';
import type { IssuingCore } from '../issuing/context.js';

const SECRET_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** Draws a secret of 256 random bits: 43 characters of base64url. What is stored of it is its digest only. */
export function drawSecret(context: Pick<IssuingCore, 'random'>): string {
  return base64urlnopad.encode(context.random.bytes(SECRET_BYTES));
}

/** True for text that could be a secret of ours; anything else need not be looked up. */
export function isSecret(text: string): boolean {
  return SECRET.test(text);
}

/** What is stored of a secret: SHA-256 of its text, hex. A secret of 256 random bits needs no slower hash. */
export function digestOfSecret(context: Pick<IssuingCore, 'hash'>, secret: string): string {
  return context.hash(secret);
}
