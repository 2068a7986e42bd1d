import type { Crypto } from '../ports/crypto.js';
import { isCanonicalEd25519Signature } from './curves.js';
import type { MultikeyAlgorithm } from './multikey.js';
import { isEcdsaSignature, uncompressPoint } from './nist-curves.js';
import { type ProofProblem, proofProblem } from './proof-problem.js';

/** A public key that was checked, as `readMultikey` gives it: 32 bytes, or a compressed point. */
export interface CheckedKey {
  readonly algorithm: MultikeyAlgorithm;
  readonly publicKey: Uint8Array;
}

/** Bytes of a signature. */
const SIZE: Readonly<Record<MultikeyAlgorithm, number>> = { Ed25519: 64, ES256: 64, ES384: 96 };

/** What is wrong with a signature before anything is verified: its length (V26), numbers out of their range (V27). */
export function signatureProblem(algorithm: MultikeyAlgorithm, signature: Uint8Array): ProofProblem | undefined {
  if (signature.length !== SIZE[algorithm]) {
    return proofProblem('PROOF_VERIFICATION_ERROR', `a signature of ${algorithm} has ${SIZE[algorithm]} bytes`);
  }
  const isCanonical =
    algorithm === 'Ed25519'
      ? isCanonicalEd25519Signature(signature)
      : isEcdsaSignature(algorithm === 'ES256' ? 'P-256' : 'P-384', signature);
  if (isCanonical) return undefined;
  return proofProblem('CRYPTOGRAPHIC_SECURITY_ERROR', 'the signature is not in canonical form');
}

/** Does the signature hold? False also for one {@link signatureProblem} has something against. */
export async function verifySignature(
  crypto: Crypto,
  { algorithm, publicKey }: CheckedKey,
  { signature, data }: { readonly signature: Uint8Array; readonly data: Uint8Array },
): Promise<boolean> {
  if (signatureProblem(algorithm, signature) !== undefined) return false;
  if (algorithm === 'Ed25519') return crypto.verifyEd25519(publicKey, signature, data);
  const curve = algorithm === 'ES256' ? 'P-256' : 'P-384';
  return crypto.verifyEcdsa(curve, uncompressPoint(curve, publicKey), signature, data);
}
