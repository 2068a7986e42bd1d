/** x³² + x²⁶ + … + 1 in reflected form. @see https://www.w3.org/TR/png-3/#5CRC-algorithm */
const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? POLYNOMIAL ^ (remainder >>> 1) : remainder >>> 1;
  return remainder;
});

/** CRC-32 of the bytes as PNG and gzip use it, 0 to 2³² − 1. */
export function crc32(bytes: Uint8Array): number {
  // A plain index and 32-bit integers throughout: an iterator makes this eight times slower.
  let crc = -1;
  for (let at = 0; at < bytes.length; at += 1) {
    crc = (TABLE[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}
