import { randomBytes } from 'node:crypto';
import type { Clock } from '../ports/clock.js';
import type { Ids } from '../ports/ids.js';
import type { Random } from '../ports/random.js';
import { formatPublicId } from '../text/public-id.js';

/** The system's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** The platform's cryptographic generator. */
export const systemRandom: Random = { bytes: (length) => new Uint8Array(randomBytes(length)) };

const ID_BYTES = 16;
/** Each request has an id, and asking the generator costs more than all else about one. */
const IDS_DRAWN_AT_ONCE = 64;

/** Public ids of 128 bits drawn from `random`, some at once; none of its bytes is used twice. */
export function createIds(random: Random): Ids {
  let drawn: Uint8Array = new Uint8Array(0);
  let used = 0;
  return {
    next() {
      if (used >= drawn.length) {
        drawn = random.bytes(ID_BYTES * IDS_DRAWN_AT_ONCE);
        used = 0;
      }
      const from = used;
      used += ID_BYTES;
      return formatPublicId(drawn.subarray(from, used));
    },
  };
}
