import type { Crypto } from '../ports/crypto.js';
import { isJsonObject, type Json } from '../ports/json.js';
import type { createProofVerifier } from '../proof/verify-proof.js';

type CreateVerifier = typeof createProofVerifier;

/**
 * A verifier that remembers which proofs hold, for a process that is asked about the same badges and status lists again
 * and again: canonicalisation is nearly all of the time verification takes. Only a yes is remembered, and only for the
 * very document, proof and key; a proof with an end of its own is asked about anew.
 * @param create makes the verifier that is asked.
 * @param capacity proofs remembered; the one unused for longest is forgotten first.
 */
export function rememberProofs(create: CreateVerifier, capacity = 512): CreateVerifier {
  /** Digests of (document, proof, key, purpose) that hold, longest unused first. */
  const held = new Set<string>();
  return (document, options) => {
    const verifier = create(document, options);
    let digestOnce: Promise<string> | undefined;
    const documentDigest = () => {
      digestOnce ??= digestOf(JSON.stringify(document), options.crypto);
      return digestOnce;
    };
    return {
      async verify(proof, publicKeyMultibase) {
        if (hasEnd(proof)) return verifier.verify(proof, publicKeyMultibase);
        const question = [await documentDigest(), proof, publicKeyMultibase, options.proofPurpose ?? null];
        const digest = await digestOf(JSON.stringify(question), options.crypto);
        const isKnown = held.delete(digest);
        const verdict = isKnown ? { ok: true as const } : await verifier.verify(proof, publicKeyMultibase);
        if (verdict.ok) held.add(digest);
        const [oldest] = held;
        if (held.size > capacity && oldest !== undefined) held.delete(oldest);
        return verdict;
      },
    };
  };
}

async function digestOf(text: string, crypto: Crypto): Promise<string> {
  return (await crypto.sha256(text)).join();
}

function hasEnd(proof: Json): boolean {
  return !isJsonObject(proof) || 'expires' in proof;
}
