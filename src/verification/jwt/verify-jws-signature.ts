import { compactVerify, errors, importJWK } from 'jose';
import { isCanonicalEd25519Signature } from '../../proof/curves.js';
import { isEcdsaSignature } from '../../proof/nist-curves.js';
import type { VerificationKey } from '../../proof/verification-key.js';
import { type Finding, fail, pass } from '../finding.js';
import type { CompactJws } from '../inputs/compact-jws.js';
import { shownValue } from '../members.js';
import { jwsAlgorithmOf } from './jws-algorithm.js';

/**
 * Does the signature hold under this key? The algorithm is the key's; a header that says another one is refused before
 * anything is computed (V35, V36). Keys in the header are not looked at (V37).
 * @param method the id of the verification method the key stands under, for the finding.
 * @see https://www.rfc-editor.org/rfc/rfc7515#section-5.2
 */
export async function verifyJwsSignature({
  jws,
  key,
  method,
}: {
  readonly jws: CompactJws;
  readonly key: VerificationKey;
  readonly method: string;
}): Promise<Finding> {
  const algorithm = jwsAlgorithmOf(key);
  const { alg } = jws.header;
  if (alg !== algorithm) return fail('jwt-algorithm', null, { found: shownValue(alg), expected: algorithm });
  if (!hasForm(jws.signature, key)) return fail('signature-invalid', null);
  const imported = await importJWK({ ...key.publicKeyJwk }, algorithm).catch(() => undefined);
  if (imported === undefined) return fail('unusable-key', null, { method });
  try {
    await compactVerify(jws.compact, imported, { algorithms: [algorithm] });
    return pass();
  } catch (error) {
    if (error instanceof errors.JOSEError) return fail('signature-invalid', null);
    throw error;
  }
}

/** The length, and the range of the numbers in it, that the platform may not insist on (V27). */
function hasForm(signature: Uint8Array, { algorithm, publicKeyJwk }: VerificationKey): boolean {
  switch (algorithm) {
    case 'Ed25519':
      return isCanonicalEd25519Signature(signature);
    case 'ES256':
      return isEcdsaSignature('P-256', signature);
    case 'ES384':
      return isEcdsaSignature('P-384', signature);
    case 'RS256':
      return signature.length === Math.floor(((publicKeyJwk['n'] ?? '').length * 3) / 4);
  }
}
