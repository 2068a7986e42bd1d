import { bigEndianBytes, littleEndian, modulo, power } from './modular.js';

/** Checks of Ed25519 keys and signatures that the platform's own verification leaves out. */

const P25519 = 2n ** 255n - 19n;
const D25519 = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
/** Order of the base point: 2²⁵² + 27742317777372353535851937790883648493. */
const L25519 = 2n ** 252n + 27742317777372353535851937790883648493n;
/** Least significant first, as a signature writes S. */
const L25519_BYTES = bigEndianBytes(L25519, 32).reverse();

const ORDER_EIGHT_Y = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;

/**
 * y of the points whose order divides 8, whatever their sign bit: with such a key one signature holds for every
 * message.
 * @see https://eprint.iacr.org/2020/1244 (table 1)
 */
const SMALL_ORDER_Y: ReadonlySet<bigint> = new Set([0n, 1n, P25519 - 1n, ORDER_EIGHT_Y, P25519 - ORDER_EIGHT_Y]);

/**
 * Why 32 bytes are no Ed25519 public key to trust; undefined for a good one. Refused: not canonical (y ≥ p), of small
 * order, not on the curve.
 * @see https://www.rfc-editor.org/rfc/rfc8032#section-5.1.3
 */
export function ed25519KeyProblem(bytes: Uint8Array): string | undefined {
  if (bytes.length !== 32) return `an Ed25519 key has 32 bytes, this one ${bytes.length}`;
  const y = littleEndian(bytes) & (2n ** 255n - 1n);
  if (y >= P25519) return 'the Ed25519 key is not in canonical form';
  if (SMALL_ORDER_Y.has(y)) return 'the Ed25519 key is a point of small order';
  // x² = u/v has a root exactly when u·v is a square.
  const u = modulo(y * y - 1n, P25519);
  const v = modulo(D25519 * y * y + 1n, P25519);
  const isSquare = power(u * v, (P25519 - 1n) / 2n, P25519) === 1n;
  return isSquare ? undefined : 'the Ed25519 key is no point of the curve';
}

/**
 * True when S < L. A larger S verifies in careless implementations and makes a second signature out of the first.
 * @param signature R ‖ S, 64 bytes.
 * @see https://www.rfc-editor.org/rfc/rfc8032#section-5.1.7
 */
export function isCanonicalEd25519Signature(signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  // From the most significant byte down: the first that differs decides.
  for (let place = 31; place >= 0; place--) {
    const difference = (signature[32 + place] ?? 0) - (L25519_BYTES[place] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
