const HEX_DIGEST = /^[0-9a-f]{64}$/;
const PACKED = '\u0000';
const ESCAPED = '\u0001';

/**
 * A shorter text that stands for a ref in memory, another one for every ref: 64 hex digits, which most refs are, take
 * half as many characters. {@link unpackRef} gives the ref back.
 */
export function packRef(ref: string): string {
  if (HEX_DIGEST.test(ref)) return PACKED + Buffer.from(ref, 'hex').toString('latin1');
  return ref.startsWith(PACKED) || ref.startsWith(ESCAPED) ? ESCAPED + ref : ref;
}

export function unpackRef(packed: string): string {
  if (packed.startsWith(PACKED)) return Buffer.from(packed.slice(1), 'latin1').toString('hex');
  return packed.startsWith(ESCAPED) ? packed.slice(1) : packed;
}
