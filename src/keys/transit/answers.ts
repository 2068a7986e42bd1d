import { createPublicKey, type KeyObject } from 'node:crypto';
import { base64, base64url, base64urlnopad } from '@scure/base';
import { z } from 'zod';
import type { SigningAlgorithm } from '../../ports/signer.js';

/** What kinds of key are called there. */
export const TRANSIT_TYPES = { Ed25519: 'ed25519', ES256: 'ecdsa-p256' } as const satisfies Record<
  SigningAlgorithm,
  string
>;

/** One version of a key. A symmetric one, and one whose public half is not told, has none. */
const zVersion = z.union([z.object({ public_key: z.string() }), z.unknown().transform(() => undefined)]);

/** `GET /keys/:name`. @see https://openbao.org/api-docs/secret/transit/#read-key */
export const zTransitKey = z.object({
  data: z.object({
    type: z.string(),
    latest_version: z.int().min(1),
    min_encryption_version: z.int().min(0).default(0),
    supports_signing: z.boolean().default(true),
    keys: z.record(z.string().regex(/^[1-9]\d*$/), zVersion),
  }),
});
export type TransitKey = z.infer<typeof zTransitKey>['data'];

/** `POST /sign/:name` with `batch_input`. @see https://openbao.org/api-docs/secret/transit/#sign-data */
export const zSigned = z.object({
  data: z.object({ batch_results: z.array(z.object({ signature: z.string().optional() })) }),
});

/** The public half of a version: raw and in base64 for Ed25519, PEM for others. Undefined when it is neither. */
export function readTransitPublicKey(text: string): KeyObject | undefined {
  try {
    if (text.startsWith('-----BEGIN')) return createPublicKey(text);
    const x = base64urlnopad.encode(base64.decode(text));
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/**
 * The bytes of `vault:v<version>:<signature>`: base64 for Ed25519, URL-safe base64 of `r ‖ s` where ECDSA was asked for
 * as in JWS. Undefined when it is not written so, or by another version of the key.
 */
export function readTransitSignature(text: string | undefined, version: number): Uint8Array | undefined {
  const prefix = `vault:v${version}:`;
  if (text === undefined || !text.startsWith(prefix)) return undefined;
  const encoded = text.slice(prefix.length);
  for (const coder of [base64, base64url, base64urlnopad]) {
    try {
      return coder.decode(encoded);
    } catch {
      // Written in another of the three ways, or in none.
    }
  }
  return undefined;
}
