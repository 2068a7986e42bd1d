import type { Crypto } from '../ports/crypto.js';
import type { JsonObject } from '../ports/json.js';
import type { OwnState } from '../ports/resolver.js';
import { canonicalJson } from '../proof/canonical-json.js';
import { UnsafeDocumentError } from '../proof/canonize-errors.js';
import type { Instant } from '../text/instant.js';

/**
 * When the house recorded exactly this document as issued; undefined where it has no such record, or none that matters.
 * @param document as received, with its proofs.
 */
export async function recordedAt(
  document: JsonObject,
  own: OwnState | undefined,
  crypto: Pick<Crypto, 'sha256'>,
): Promise<Instant | undefined> {
  if (own === undefined || own.recorded.length === 0) return undefined;
  const text = canonicalTextOf(document);
  if (text === undefined) return undefined;
  const digest = hexOf(await crypto.sha256(text));
  return own.recorded.find((version) => version.digest === digest)?.at;
}

/** What cannot be written in one way was never recorded. */
function canonicalTextOf(document: JsonObject): string | undefined {
  try {
    return canonicalJson(document);
  } catch (error) {
    if (error instanceof UnsafeDocumentError) return undefined;
    throw error;
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
