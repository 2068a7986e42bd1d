import { DomainError } from '../ports/error.js';
import { isJsonObject } from '../ports/json.js';
import { parseStrictJson } from '../text/strict-json.js';

/** Largest side of a picture we write a badge into, in pixels. Reading has no such limit: pixels are never decoded. */
export const MAX_PICTURE_SIDE = 4_096;

const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

export type BakeableForm = 'json' | 'jws';

/**
 * Is this the text of a signed badge, and in which form?
 * @throws {BakingError} when it is neither one JSON object nor one compact JWS.
 */
export function bakeableForm(credential: string): BakeableForm {
  if (COMPACT_JWS.test(credential)) return 'jws';
  const parsed = parseStrictJson(credential);
  if (credential.startsWith('\uFEFF') || !parsed.ok || !isJsonObject(parsed.value)) {
    throw new BakingError('credential', 'only one JSON object or one compact JWS can be baked');
  }
  return 'json';
}

/** A badge cannot be baked into this picture. */
export class BakingError extends DomainError {
  override readonly code = 'unbakeable';
  /** `credential`: not the text of a badge; `picture`: no readable picture; `size`: too many pixels. */
  readonly reason: 'credential' | 'picture' | 'size';

  constructor(reason: BakingError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}
