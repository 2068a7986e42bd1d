import type { BatchShares } from '../ports/batch-shares.js';
import type { Clock } from '../ports/clock.js';
import type { Crypto } from '../ports/crypto.js';
import type { Ids } from '../ports/ids.js';
import type { JsonObject } from '../ports/json.js';
import type { KeyStore } from '../ports/key-store.js';
import type { KeyEntry } from '../ports/ledger.js';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { Random } from '../ports/random.js';
import type { Resolver } from '../ports/resolver.js';
import type { Signer } from '../ports/signer.js';
import type { Store } from '../ports/store.js';
import type { Turns } from '../ports/turns.js';
import type { Canonize } from '../proof/canonize.js';
import type { EddsaProofs } from '../proof/eddsa-proofs.js';
import type { PinnedContexts } from '../proof/pinned-contexts.js';
import type { ProofSuite } from '../proof/sign.js';
import type { createProofVerifier } from '../proof/verify-proof.js';
import type { StatusPlaces } from './draw-status-index.js';
import type { HaltState } from './halt.js';
import type { Inspection } from './inspection.js';
import type { Registry } from './registry.js';

/** What the use cases of this room stand on: the store, the ports and the settings of one process. */
export interface IssuingCore {
  readonly store: Store;
  readonly signer: Signer;
  readonly keyStore: KeyStore;
  /** The emergency stop: whoever begins what ends in a signature asks it first. */
  readonly halt: HaltState;
  readonly contexts: PinnedContexts;
  /** Of the house's own documents, which are bounded by what composes them. */
  readonly canonize: Canonize;
  /** Makes the proofs of documents the compiled path knows. */
  readonly eddsa: EddsaProofs;
  /** Verifies proofs; remembers those that held, so that a status list is not checked anew for each badge. */
  readonly createVerifier: typeof createProofVerifier;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: Random;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly turns: Turns;
  /** Among whom the rows of a batch are shared. */
  readonly shares: BatchShares;
  readonly registry: Registry;
  /** SHA-256 of UTF-8 text, hex. */
  readonly hash: (text: string) => string;
  /** SHA-256 of bytes, hex. */
  readonly hashBytes: (bytes: Uint8Array) => string;
  /** Writes a DID document from an issuer's DID and public keys. */
  readonly didDocument: (did: string, keys: readonly KeyEntry[]) => JsonObject;
  readonly settings: {
    /** No trailing slash. */
    readonly publicUrl: string;
    readonly didMethod: 'web' | 'key';
    readonly proofSuites: readonly ProofSuite[];
  };
  /** Called at each named step of issuing, so that tests can stop the process there. */
  readonly atStep?: (step: IssuingStep) => void;
}

/** A list as served: signed, with the bytes and their entity tag. */
export interface PublishedList {
  readonly credential: JsonObject;
  readonly body: string;
  readonly etag: string;
}

/** Publishes status lists; keeps the signed bytes until a bit changes. */
export interface StatusLists {
  /** @returns undefined for a list that does not exist. */
  publish(list: string): Promise<PublishedList | undefined>;
}

/** The core, and what is built on it once per process: published lists, our own documents, and who looks at new ones. */
export interface IssuingContext extends IssuingCore {
  readonly statusLists: StatusLists;
  readonly places: StatusPlaces;
  readonly resolver: Resolver;
  readonly inspection: Inspection;
}

/** The named steps at which a crash must leave nothing lost, doubled or reused (threats D1, D2). */
export const ISSUING_STEPS = [
  'cohort-stored',
  'session-sealed',
  'composed',
  'reserved',
  'mail-queued',
  'signed',
  'verified',
  'issued',
  'row-logged',
] as const;
export type IssuingStep = (typeof ISSUING_STEPS)[number];
