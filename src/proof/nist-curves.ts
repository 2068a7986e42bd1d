import type { EcdsaCurve } from '../ports/crypto.js';
import { bigEndian, bigEndianBytes, modulo, power } from './modular.js';

/** y² = x³ − 3x + b over the prime p ≡ 3 (mod 4); n points, n prime: there is no point of small order to refuse. */
interface Curve {
  /** Bytes of a coordinate. */
  readonly size: number;
  readonly p: bigint;
  readonly b: bigint;
  readonly n: bigint;
}

/** @see https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-186.pdf (3.2.1.3, 3.2.1.4) */
const CURVES: Readonly<Record<EcdsaCurve, Curve>> = {
  'P-256': {
    size: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  'P-384': {
    size: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
};

/**
 * Why bytes are no compressed point of the curve; undefined for a good one.
 * @see https://www.secg.org/sec1-v2.pdf (2.3.4)
 */
export function compressedPointProblem(curve: EcdsaCurve, bytes: Uint8Array): string | undefined {
  const { size, p } = CURVES[curve];
  if (bytes.length !== size + 1) return `a compressed ${curve} key has ${size + 1} bytes, this one ${bytes.length}`;
  if (bytes[0] !== 2 && bytes[0] !== 3) return `the ${curve} key is not in compressed form`;
  if (bigEndian(bytes.subarray(1)) >= p) return `the ${curve} key is not in canonical form`;
  return rootAt(curve, bigEndian(bytes.subarray(1))) === undefined
    ? `the ${curve} key is no point of the curve`
    : undefined;
}

/**
 * The same point with both coordinates: 04 ‖ x ‖ y.
 * @param bytes a compressed point {@link compressedPointProblem} has nothing against.
 * @throws {RangeError} for any other bytes.
 */
export function uncompressPoint(curve: EcdsaCurve, bytes: Uint8Array): Uint8Array {
  const { size, p } = CURVES[curve];
  const root = rootAt(curve, bigEndian(bytes.subarray(1)));
  if (root === undefined) throw new RangeError(`no point of ${curve}`);
  const y = Number(root & 1n) === (bytes[0] ?? 0) - 2 ? root : p - root;
  return Uint8Array.of(4, ...bytes.subarray(1), ...bigEndianBytes(y, size));
}

/** The compressed form of a point given by its coordinates; undefined when it is not on the curve. */
export function compressPoint(curve: EcdsaCurve, x: Uint8Array, y: Uint8Array): Uint8Array | undefined {
  const { size } = CURVES[curve];
  if (x.length !== size || y.length !== size) return undefined;
  const compressed = Uint8Array.of(2 + ((y.at(-1) ?? 0) & 1), ...x);
  if (compressedPointProblem(curve, compressed) !== undefined) return undefined;
  const found = uncompressPoint(curve, compressed).subarray(1 + size);
  return found.every((byte, index) => byte === y[index]) ? compressed : undefined;
}

/**
 * True for r ‖ s of the curve's length with both in [1, n). Either of s and n − s is taken: the suites ask for neither,
 * honest signers make both, and nothing here is looked up by signature.
 * @see https://www.rfc-editor.org/rfc/rfc6979#section-2.4
 */
export function isEcdsaSignature(curve: EcdsaCurve, signature: Uint8Array): boolean {
  const { size, n } = CURVES[curve];
  if (signature.length !== 2 * size) return false;
  const [r, s] = [bigEndian(signature.subarray(0, size)), bigEndian(signature.subarray(size))];
  return r > 0n && r < n && s > 0n && s < n;
}

/** A root of x³ − 3x + b; undefined where there is none. */
function rootAt(curve: EcdsaCurve, x: bigint): bigint | undefined {
  const { p, b } = CURVES[curve];
  const square = modulo(x * x * x - 3n * x + b, p);
  const root = power(square, (p + 1n) / 4n, p);
  return modulo(root * root, p) === square ? root : undefined;
}
