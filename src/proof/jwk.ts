import { base64urlnopad } from '@scure/base';
import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import { bigEndian } from './modular.js';
import { type MultikeyAlgorithm, readMultikey, writeMultikey } from './multikey.js';
import { compressPoint, uncompressPoint } from './nist-curves.js';
import { type BareJwk, type KeyReading, unusable, type VerificationKey } from './verification-key.js';

/** Members only a private or a shared key has: who shows them has no secret left. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const MIN_RSA_BITS = 2_048;
const MAX_RSA_BITS = 8_192;
/** Below 2¹⁶ + 1 forged signatures are known to pass where padding is checked carelessly. */
const MIN_RSA_EXPONENT = 65_537n;

/** `alg` values a key may be limited to and still be used as we use it. */
const ALG: Readonly<Record<VerificationKey['algorithm'], readonly string[]>> = {
  Ed25519: ['EdDSA', 'Ed25519'],
  ES256: ['ES256'],
  ES384: ['ES384'],
  RS256: ['RS256'],
};

/**
 * Reads a public key in JSON strictly: of a kind we verify with, whole, one that may be trusted, not meant for
 * something else, and without its private half.
 * @see https://www.rfc-editor.org/rfc/rfc7517#section-4
 * @see https://www.rfc-editor.org/rfc/rfc8037#section-2
 */
export function readJwk(jwk: Json | undefined): KeyReading {
  if (!isJsonObject(jwk)) return unusable('the key is no JSON Web Key');
  if (PRIVATE.some((member) => member in jwk)) return unusable('the JSON Web Key shows its private half');
  const reading = readKeyType(jwk);
  if (!reading.ok) return reading;
  const { use, key_ops: operations, alg } = jwk;
  const isMeant =
    (use === undefined || use === 'sig') &&
    (operations === undefined || (Array.isArray(operations) && operations.includes('verify'))) &&
    (alg === undefined || ALG[reading.key.algorithm].some((name) => name === alg));
  return isMeant ? reading : unusable('the JSON Web Key is meant for something else');
}

/** The JSON Web Key of a raw public key that was checked: its bare members, so that nothing else of it is obeyed. */
export function writeJwk(algorithm: MultikeyAlgorithm, publicKey: Uint8Array): BareJwk {
  if (algorithm === 'Ed25519') return { kty: 'OKP', crv: 'Ed25519', x: base64urlnopad.encode(publicKey) };
  const crv = algorithm === 'ES256' ? 'P-256' : 'P-384';
  const point = uncompressPoint(crv, publicKey).subarray(1);
  const size = point.length / 2;
  const [x, y] = [base64urlnopad.encode(point.subarray(0, size)), base64urlnopad.encode(point.subarray(size))];
  return { kty: 'EC', crv, x, y };
}

/** A key as `publicKeyMultibase` writes it; its JSON Web Key is written when a token asks for it. */
export function readMultibaseKey(multibase: string): KeyReading {
  const reading = readMultikey(multibase);
  if (!reading.ok) return reading;
  const { algorithm, publicKey } = reading;
  const key = {
    algorithm,
    publicKeyMultibase: multibase,
    get publicKeyJwk() {
      return writeJwk(algorithm, publicKey);
    },
  };
  return { ok: true, key };
}

function readKeyType({ kty, crv, x, y, n, e }: JsonObject): KeyReading {
  if (kty === 'OKP' && crv === 'Ed25519') {
    const bytes = decode(x);
    return bytes?.length === 32 ? fromRaw('Ed25519', bytes) : unusable('the Ed25519 key is not 32 bytes in base64url');
  }
  if (kty === 'EC' && (crv === 'P-256' || crv === 'P-384')) {
    const point = compressPoint(crv, decode(x) ?? new Uint8Array(), decode(y) ?? new Uint8Array());
    if (point === undefined) return unusable(`the key is no point of ${crv}`);
    return fromRaw(crv === 'P-256' ? 'ES256' : 'ES384', point);
  }
  if (kty === 'RSA') return readRsa(decode(n), decode(e));
  return unusable('the JSON Web Key is of no kind that is verified with here');
}

function fromRaw(algorithm: MultikeyAlgorithm, publicKey: Uint8Array): KeyReading {
  return readMultibaseKey(writeMultikey(algorithm, publicKey));
}

function readRsa(n: Uint8Array | undefined, e: Uint8Array | undefined): KeyReading {
  if (n === undefined || e === undefined) return unusable('the RSA key is not written in base64url');
  if (n[0] === 0 || e[0] === 0) return unusable('the RSA key is not in canonical form');
  const bits = n.length * 8 - Math.clz32(n[0] ?? 0) + 24;
  if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
    return unusable(`an RSA key has ${MIN_RSA_BITS} to ${MAX_RSA_BITS} bits, this one ${bits}`);
  }
  const isOdd = (bytes: Uint8Array) => ((bytes.at(-1) ?? 0) & 1) === 1;
  if (!isOdd(n) || !isOdd(e) || e.length > 4 || bigEndian(e) < MIN_RSA_EXPONENT) {
    return unusable('the RSA key has an unsafe modulus or exponent');
  }
  const publicKeyJwk = { kty: 'RSA', n: base64urlnopad.encode(n), e: base64urlnopad.encode(e) };
  return { ok: true, key: { algorithm: 'RS256', publicKeyMultibase: undefined, publicKeyJwk } };
}

/** Base64url without padding, in its one form; undefined for anything else, or longer than any key. */
function decode(value: Json | undefined): Uint8Array | undefined {
  if (typeof value !== 'string' || value === '' || value.length > 2_048) return undefined;
  try {
    return base64urlnopad.decode(value);
  } catch {
    return undefined;
  }
}
