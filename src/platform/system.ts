import { randomBytes } from 'node:crypto';
import type { Clock } from '../ports/clock.js';
import type { Ids } from '../ports/ids.js';
import type { Random } from '../ports/random.js';
import { formatPublicId } from '../text/public-id.js';

/** The system's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** The platform's cryptographic generator. */
export const systemRandom: Random = { bytes: (length) => new Uint8Array(randomBytes(length)) };

/** Public ids of 128 bits drawn from `random`. */
export function createIds(random: Random): Ids {
  return { next: () => formatPublicId(random.bytes(16)) };
}
