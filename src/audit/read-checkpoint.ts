import { DomainError } from '../ports/error.js';
import { isJsonObject } from '../ports/json.js';
import { decodeUtf8, parseStrictJson } from '../text/strict-json.js';
import { MAX_CHECKPOINT_BYTES, type ReadCheckpoint, zCheckpoint } from './checkpoint.js';

const LIMITS = { maxDepth: 16, maxNodes: 4_000_000 };

/** The file is no checkpoint this version reads. */
export class CheckpointUnreadableError extends DomainError {
  override readonly code = 'checkpoint-unreadable';

  constructor(options?: ErrorOptions) {
    super('this is no checkpoint of Sceau that this version reads', options);
  }
}

/** Reads a checkpoint from the bytes of its file; whether its proofs hold is not asked. @throws {CheckpointUnreadableError} */
export function readCheckpoint(bytes: Uint8Array): ReadCheckpoint {
  if (bytes.length > MAX_CHECKPOINT_BYTES) throw new CheckpointUnreadableError();
  const decoded = decodeUtf8(bytes);
  if (!decoded.ok) throw new CheckpointUnreadableError();
  const parsed = parseStrictJson(decoded.text, LIMITS);
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new CheckpointUnreadableError();
  const checkpoint = zCheckpoint.safeParse(parsed.value);
  if (!checkpoint.success) throw new CheckpointUnreadableError({ cause: checkpoint.error });
  return { checkpoint: checkpoint.data, document: parsed.value };
}
