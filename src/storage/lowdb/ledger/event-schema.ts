import { z } from 'zod';
import type { LedgerEvent } from '../../../ports/ledger.js';

const zIssuer = z.string().min(1);
const zVersion = z.int().positive();

/** Longest status list: 2²⁴ entries (the specification's minimum is 131,072). */
const LONGEST_LIST = 16_777_216;
const MOST_ROWS = 1_000_000;

/**
 * What may be chained, member by member: an event with anything else in it is refused, so that nothing personal gets
 * into the chain by accident.
 */
export const zLedgerEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('key-created'),
    issuer: zIssuer,
    algorithm: z.enum(['Ed25519', 'ES256']),
    publicKeyMultibase: z.string().min(1),
  }),
  z.strictObject({ kind: z.literal('key-retired'), issuer: zIssuer, publicKeyMultibase: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('list-opened'),
    issuer: zIssuer,
    list: z.string().min(1),
    purpose: z.enum(['revocation', 'suspension']),
    length: z.int().positive().max(LONGEST_LIST),
  }),
  z.strictObject({
    kind: z.literal('sealed'),
    issuer: zIssuer,
    session: z.string().min(1),
    digest: z.string().min(1),
    rows: z.int().nonnegative().max(MOST_ROWS),
  }),
  z.strictObject({
    kind: z.literal('judged'),
    issuer: zIssuer,
    session: z.string().min(1),
    row: z.int().nonnegative(),
    ref: z.string().min(1),
  }),
  z.strictObject({
    kind: z.literal('reserved'),
    issuer: zIssuer,
    credential: z.string().min(1),
    version: zVersion,
    list: z.string().min(1),
    index: z.int().nonnegative(),
    ref: z.string().min(1),
    source: z.enum(['jury', 'api']),
  }),
  z.strictObject({ kind: z.literal('issued'), issuer: zIssuer, credential: z.string().min(1), version: zVersion }),
  z.strictObject({ kind: z.literal('voided'), issuer: zIssuer, credential: z.string().min(1), version: zVersion }),
  z.strictObject({ kind: z.literal('revoked'), issuer: zIssuer, credential: z.string().min(1) }),
  z.strictObject({ kind: z.literal('suspended'), issuer: zIssuer, credential: z.string().min(1) }),
  z.strictObject({ kind: z.literal('reinstated'), issuer: zIssuer, credential: z.string().min(1) }),
  z.strictObject({ kind: z.literal('superseded'), issuer: zIssuer, credential: z.string().min(1), version: zVersion }),
  z.strictObject({ kind: z.literal('erased'), issuer: zIssuer, refs: z.array(z.string().min(1)).min(1) }),
]) satisfies z.ZodType<LedgerEvent>;

/** What the chain hashes for one record, in this order of members. */
export const zChainRecord = z.strictObject({
  sequence: z.int().positive(),
  /** Digest of the record before; of the strand's name for the first one. */
  previous: z.string().length(64),
  at: z.number(),
  actor: z.string(),
  event: zLedgerEvent,
  /** SHA-256(salt ‖ payload), hex. */
  payload: z.string().length(64).optional(),
});
export type ChainRecord = z.infer<typeof zChainRecord>;
