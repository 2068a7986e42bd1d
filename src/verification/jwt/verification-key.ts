import type { Json, JsonObject } from '../../ports/json.js';
import { ed25519KeyProblem } from '../../proof/curves.js';
import { readMultikey } from '../../proof/multikey.js';
import { compressPoint, uncompressPoint } from '../../proof/nist-curves.js';
import { decodeBase64url, encodeBase64url } from '../inputs/base64url.js';

/** The algorithms a badge may be signed with as a JWT. No key can be used with two of them. */
export const JWS_ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'RS256'] as const;
export type JwsAlgorithm = (typeof JWS_ALGORITHMS)[number];

/** A public key one may trust the mathematics of, and the one algorithm it is for. */
export interface VerificationKey {
  readonly algorithm: JwsAlgorithm;
  /** Only the members RFC 7638 hashes, in its order: equal keys are equal texts. */
  readonly jwk: Readonly<Record<string, string>>;
}

export type VerificationKeyReading =
  | { readonly ok: true; readonly key: VerificationKey }
  | { readonly ok: false; readonly detail: string };

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const;
const MIN_RSA_BITS = 2_048;
/** Verifying takes longer with the square of the length. */
const MAX_RSA_BITS = 8_192;
const MIN_RSA_EXPONENT = 65_537;

/**
 * Reads a key from an issuer's document, as JWK or as Multikey. The key says the algorithm, never the header of what it
 * is to verify (V36). Refused: points off the curve or of small order, RSA under 2,048 bits, keys meant for something
 * else, keys whose private half lies open.
 * @see https://www.rfc-editor.org/rfc/rfc7517 and https://www.w3.org/TR/cid-1.0/#Multikey
 */
export function readVerificationKey(
  source: { readonly jwk: JsonObject } | { readonly multikey: string },
): VerificationKeyReading {
  return 'jwk' in source ? readJwk(source.jwk) : readMultikeyAsJwk(source.multikey);
}

function readMultikeyAsJwk(multikey: string): VerificationKeyReading {
  const reading = readMultikey(multikey);
  if (!reading.ok) return reading;
  const { algorithm, publicKey } = reading;
  if (algorithm === 'Ed25519') return ed25519Key(publicKey);
  const curve = algorithm === 'ES256' ? 'P-256' : 'P-384';
  const point = uncompressPoint(curve, publicKey);
  const size = (point.length - 1) / 2;
  return ecdsaKey(curve, point.subarray(1, 1 + size), point.subarray(1 + size));
}

function readJwk(jwk: JsonObject): VerificationKeyReading {
  if (PRIVATE_MEMBERS.some((member) => Object.hasOwn(jwk, member)))
    return refused('the private half of the key is public');
  const reading = readPublicJwk(jwk);
  if (!reading.ok) return reading;
  const { use, key_ops: operations, alg } = jwk;
  const { algorithm } = reading.key;
  // RFC 9864 gives EdDSA over this curve a name of its own.
  const names: readonly Json[] = algorithm === 'EdDSA' ? ['EdDSA', 'Ed25519'] : [algorithm];
  const isForThis =
    (use === undefined || use === 'sig') &&
    (operations === undefined || (Array.isArray(operations) && operations.includes('verify'))) &&
    (alg === undefined || names.includes(alg));
  return isForThis ? reading : refused('the key is meant for something else');
}

function readPublicJwk({ kty, crv, x, y, n, e }: JsonObject): VerificationKeyReading {
  if (kty === 'OKP' && crv === 'Ed25519') return ed25519Key(bytesOf(x));
  if (kty === 'EC' && (crv === 'P-256' || crv === 'P-384')) return ecdsaKey(crv, bytesOf(x), bytesOf(y));
  if (kty === 'RSA') return rsaKey(bytesOf(n), bytesOf(e));
  return refused('the key is neither Ed25519 nor P-256 nor P-384 nor RSA');
}

function ed25519Key(publicKey: Uint8Array): VerificationKeyReading {
  const problem = ed25519KeyProblem(publicKey);
  if (problem !== undefined) return refused(problem);
  return accepted('EdDSA', { crv: 'Ed25519', kty: 'OKP', x: encodeBase64url(publicKey) });
}

function ecdsaKey(crv: 'P-256' | 'P-384', x: Uint8Array, y: Uint8Array): VerificationKeyReading {
  if (compressPoint(crv, x, y) === undefined) return refused(`the key is no point of ${crv}`);
  const jwk = { crv, kty: 'EC', x: encodeBase64url(x), y: encodeBase64url(y) };
  return accepted(crv === 'P-256' ? 'ES256' : 'ES384', jwk);
}

function rsaKey(modulus: Uint8Array, exponent: Uint8Array): VerificationKeyReading {
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  const isCanonical = modulus[0] !== 0 && exponent[0] !== 0;
  if (!isCanonical || bits < MIN_RSA_BITS || bits > MAX_RSA_BITS || !isOdd(modulus)) {
    return refused(`an RSA key has ${MIN_RSA_BITS} to ${MAX_RSA_BITS} bits`);
  }
  const value = exponent.length > 4 ? 0 : exponent.reduce((sum, byte) => sum * 256 + byte, 0);
  if (value < MIN_RSA_EXPONENT || !isOdd(exponent)) return refused('the exponent of the RSA key is out of range');
  return accepted('RS256', { e: encodeBase64url(exponent), kty: 'RSA', n: encodeBase64url(modulus) });
}

function isOdd(bytes: Uint8Array): boolean {
  return ((bytes.at(-1) ?? 0) & 1) === 1;
}

/** Empty for anything but canonical base64url, which no key is. */
function bytesOf(value: Json | undefined): Uint8Array {
  const reading = typeof value === 'string' ? decodeBase64url(value) : undefined;
  return reading?.ok ? reading.bytes : new Uint8Array();
}

function accepted(algorithm: JwsAlgorithm, jwk: VerificationKey['jwk']): VerificationKeyReading {
  return { ok: true, key: { algorithm, jwk } };
}

function refused(detail: string): VerificationKeyReading {
  return { ok: false, detail };
}
