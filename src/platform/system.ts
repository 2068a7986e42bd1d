import { randomBytes } from 'node:crypto';
import type { Clock } from '../ports/clock.js';
import type { Ids } from '../ports/ids.js';
import type { Random } from '../ports/random.js';
import { formatPublicId } from '../text/public-id.js';

/** The system's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** Asking the generator costs the same for one byte and for many: each badge and each request wants a few. */
const DRAWN_AT_ONCE = 4_096;
/** More than this is drawn for whoever wants it. */
const FEW_BYTES = 64;

/** The platform's cryptographic generator, asked for many bytes at once; none of them is used twice, or kept once used. */
export const systemRandom: Random = createSystemRandom();

function createSystemRandom(): Random {
  let drawn: Uint8Array = new Uint8Array(0);
  let used = 0;
  return {
    bytes(length) {
      if (length > FEW_BYTES) return new Uint8Array(randomBytes(length));
      if (used + length > drawn.length) {
        drawn = randomBytes(DRAWN_AT_ONCE);
        used = 0;
      }
      const from = used;
      used += length;
      const bytes = new Uint8Array(drawn.subarray(from, used));
      drawn.fill(0, from, used);
      return bytes;
    },
  };
}

const ID_BYTES = 16;

/** Public ids of 128 bits. */
export function createIds(random: Random): Ids {
  return { next: () => formatPublicId(random.bytes(ID_BYTES)) };
}
