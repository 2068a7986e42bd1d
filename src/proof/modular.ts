/** Arithmetic modulo a prime over public values: not constant-time. */

/** The residue in [0, modulus). */
export function modulo(value: bigint, modulus: bigint): bigint {
  return ((value % modulus) + modulus) % modulus;
}

/** base^exponent modulo `modulus`. @param exponent not negative. */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = modulo(base, modulus);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Bytes as a number, least significant first. */
export function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** Bytes as a number, most significant first. */
export function bigEndian(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** A number as bytes, most significant first. @param length enough of them to hold it. */
export function bigEndianBytes(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let rest = value, index = length - 1; index >= 0; rest >>= 8n, index--) bytes[index] = Number(rest & 255n);
  return bytes;
}
