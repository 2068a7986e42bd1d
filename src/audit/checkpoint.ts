import { z } from 'zod';
import type { JsonObject } from '../ports/json.js';

/** A checkpoint of a house with a million erasures is some 50 MB of refs: nothing we read is larger. */
export const MAX_CHECKPOINT_BYTES = 64 * 1024 * 1024;

const zSha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * How far a ledger went at one instant, as a document to be kept elsewhere: what shows later that records were taken
 * away or written anew, and what a restore of an older copy must do again. It holds no personal data. Plain JSON under
 * one `eddsa-jcs-2022` proof of each issuer, which any Data Integrity library checks against the issuer's DID document.
 */
export const zCheckpoint = z.strictObject({
  type: z.literal('SceauCheckpoint'),
  /** 1 knew nothing of keys. */
  version: z.literal([1, 2]),
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  publicUrl: z.string(),
  issuers: z.array(z.strictObject({ slug: z.string(), did: z.string() })),
  /** As `Ledger.strands` tells them. */
  strands: z.array(z.strictObject({ strand: z.string(), records: z.int().nonnegative(), head: zSha256 })).min(1),
  lists: z.array(
    z.strictObject({
      issuer: z.string(),
      list: z.string(),
      purpose: z.enum(['revocation', 'suspension']),
      length: z.int().positive(),
      /** How many indexes were drawn. */
      used: z.int().nonnegative(),
      /** Its bits, as the status list credential publishes them. */
      encodedList: z.string(),
    }),
  ),
  /** Every ref that was erased so far, by issuer. */
  erasures: z.array(z.strictObject({ issuer: z.string(), refs: z.array(z.string()) })),
  /** Public halves and states of every key, by issuer in the order made: what a restore of an older copy must know. */
  keys: z
    .array(
      z.strictObject({
        issuer: z.string(),
        algorithm: z.enum(['Ed25519', 'ES256']),
        publicKeyMultibase: z.string().regex(/^z[1-9A-HJ-NP-Za-km-z]+$/),
        state: z.enum(['active', 'retired', 'compromised']),
        /** Where it is compromised. */
        compromisedSince: z.iso.datetime().optional(),
      }),
    )
    .optional(),
  /** SHA-256 of the list of check sums of the backup it was made for. */
  backup: z.strictObject({ sha256: zSha256 }).optional(),
  proof: z.array(z.record(z.string(), z.json())),
});
export type Checkpoint = z.infer<typeof zCheckpoint>;

/** What a checkpoint says, without its proofs. */
export type CheckpointFacts = Omit<Checkpoint, 'proof'>;

/** A checkpoint as it was read: what it says, and the very document its proofs are of. */
export interface ReadCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly document: JsonObject;
}
