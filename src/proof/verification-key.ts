import type { MultikeyAlgorithm } from './multikey.js';

/** The members that make the key, in one order: equal keys are equal texts. */
export type BareJwk = Readonly<Record<string, string>>;

/**
 * A public key to verify with, checked: `publicKeyMultibase` for proofs, `publicKeyJwk` for tokens. RSA is for tokens
 * only. What a key is decides what it verifies, never what a header or a proof says of it (V36).
 */
export type VerificationKey =
  | {
      readonly algorithm: MultikeyAlgorithm;
      readonly publicKeyMultibase: string;
      readonly publicKeyJwk: BareJwk;
    }
  | { readonly algorithm: 'RS256'; readonly publicKeyMultibase: undefined; readonly publicKeyJwk: BareJwk };

/** `detail` is English, for logs. */
export type KeyReading =
  | { readonly ok: true; readonly key: VerificationKey }
  | { readonly ok: false; readonly detail: string };

export function unusable(detail: string): { readonly ok: false; readonly detail: string } {
  return { ok: false, detail };
}
