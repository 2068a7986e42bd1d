import type { VerifyJwtCallback } from '@openid4vc/oauth2';
import type { JsonObject } from '../ports/json.js';
import { readJwk } from '../proof/jwk.js';
import { deriveControllerDocument } from '../verification/controllers/derived-document.js';
import { readVerificationMethod } from '../verification/controllers/read-verification-method.js';
import { encodeBase64url } from '../verification/inputs/base64url.js';
import { type CompactJws, readCompactJws } from '../verification/inputs/compact-jws.js';
import { readKeyReference } from '../verification/jwt/key-reference.js';
import { verifyJwsSignature } from '../verification/jwt/verify-jws-signature.js';
import type { SharingContext } from './context.js';
import { WalletRequestError } from './wallet-errors.js';
import { PROOF_ALGORITHMS } from './wallet-metadata.js';

/** How far a wallet's clock may be off. */
const SKEW_MILLISECONDS = 300_000;
const MAX_LENGTH = 8_192;

/** A wallet's proof that it holds a key, as read: nothing in it is verified yet. */
export interface KeyProof {
  readonly compact: string;
  /** DID of the key: its own, or `did:jwk` for a bare key. */
  readonly holderId: string;
  readonly nonce: string | undefined;
}

/**
 * Reads a proof of possession strictly: one key, public, named by a DID that spells it out or written as a JSON Web Key;
 * an algorithm we announce; made about now (L7). Type, audience and signature are for {@link verifyKeyProof} and the
 * library.
 * @throws {WalletRequestError} `invalid_proof`
 * @see https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0-final.html#appendix-F.1
 */
export function readKeyProof(context: SharingContext, compact: string): KeyProof {
  const reading = compact.length > MAX_LENGTH ? undefined : readCompactJws(compact);
  if (reading?.kind !== 'jws') throw refused('the proof is no JWT');
  const { header, payload } = reading.jws;
  const { alg, x5c, trust_chain: trustChain, key_attestation: attestation } = header;
  const algorithms: readonly unknown[] = PROOF_ALGORITHMS;
  if (!algorithms.includes(alg)) throw refused(`the proof must be signed with ${PROOF_ALGORITHMS.join(' or ')}`);
  if (x5c !== undefined || trustChain !== undefined || attestation !== undefined) {
    throw refused('certificates, trust chains and attestations are not taken');
  }
  const { iat, nonce } = payload;
  if (typeof iat !== 'number' || Math.abs(iat * 1000 - context.clock.now()) > SKEW_MILLISECONDS) {
    throw refused('the proof must say when it was made, and be made now');
  }
  const holderId = holderOf(header);
  if (holderId === undefined) throw refused('the proof must name one public key: did:key or did:jwk, or a jwk');
  return { compact, holderId, nonce: typeof nonce === 'string' ? nonce : undefined };
}

/** Whose key it is; undefined unless exactly one is named. */
function holderOf({ kid, jwk }: JsonObject): string | undefined {
  if ((kid === undefined) === (jwk === undefined)) return undefined;
  if (jwk !== undefined) {
    const reading = readJwk(jwk);
    return reading.ok ? didJwkOf(reading.key.publicKeyJwk) : undefined;
  }
  const did = typeof kid === 'string' ? kid.split('#', 1)[0] : undefined;
  return did !== undefined && deriveControllerDocument(did) !== undefined ? did : undefined;
}

/** @see https://github.com/quartzjer/did-jwk/blob/main/spec.md */
function didJwkOf(publicKeyJwk: Readonly<Record<string, string>>): string {
  return `did:jwk:${encodeBase64url(new TextEncoder().encode(JSON.stringify(publicKeyJwk)))}`;
}

/** For the library: does the signature of a proof hold under the key it names? Never the library's own reading of it. */
export function createKeyProofVerifier(context: SharingContext): VerifyJwtCallback {
  return async (_signer, { compact }) => {
    const reading = readCompactJws(compact);
    const key = reading.kind === 'jws' ? await keyThatSigned(context, reading.jws) : undefined;
    return key === undefined ? { verified: false } : { verified: true, signerJwk: { kty: '', ...key } };
  };
}

async function keyThatSigned(
  context: SharingContext,
  jws: CompactJws,
): Promise<Readonly<Record<string, string>> | undefined> {
  const did = holderOf(jws.header);
  const document = did === undefined ? undefined : deriveControllerDocument(did);
  if (did === undefined || document === undefined) return undefined;
  const reference = jws.header['kid'] === undefined ? undefined : readKeyReference(jws.header, did);
  const methods = Array.isArray(document['verificationMethod']) ? document['verificationMethod'] : [];
  const method = reference?.kind === 'method' ? reference.id : String(methods[0]?.id);
  const found = readVerificationMethod(document, method, {
    controller: did,
    purpose: 'authentication',
    at: context.clock.now(),
  });
  if (!found.ok) return undefined;
  const finding = await verifyJwsSignature({ jws, key: found.key, method });
  return finding.state === 'pass' ? found.key.publicKeyJwk : undefined;
}

function refused(description: string): WalletRequestError {
  return new WalletRequestError('invalid_proof', description);
}
