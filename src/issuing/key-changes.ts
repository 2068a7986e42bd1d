import type { Issuer } from '../credential/issuer.js';
import { DomainError } from '../ports/error.js';
import { type KeyEntry, LedgerConflictError, type LedgerEntry } from '../ports/ledger.js';
import type { SigningAlgorithm } from '../ports/signer.js';
import type { Instant } from '../text/instant.js';
import type { IssuingCore } from './context.js';
import { getIssuer, listIssuers } from './issuers.js';
import { keysOf } from './turn-keys.js';

const ATTEMPTS = 4;

export type KeyChangeRefusal =
  /** The identifier of a `did:key` issuer is its key: with another key it would be another issuer. */
  | 'did-key'
  /** No issuer of this house, or not the one named, has that key. */
  | 'unknown-key'
  /** Nobody can know yet what is signed then. */
  | 'since-in-future'
  /** Known as compromised since then, or since earlier: what was doubted is never trusted again. */
  | 'since-not-earlier';

/** The keys stay as they are. */
export class KeyChangeRefusedError extends DomainError {
  override readonly code = 'key-change-refused';
  readonly reason: KeyChangeRefusal;
  /** The issuer's slug, or the key. */
  readonly about: string;

  constructor(reason: KeyChangeRefusal, about: string) {
    super(`the keys stay as they are: ${reason} (${about})`);
    this.reason = reason;
    this.about = about;
  }
}

/** @throws {KeyChangeRefusedError} when the issuer cannot have another key of that kind. */
export function assertMayChangeKey({ did, slug }: Issuer, algorithm: SigningAlgorithm): void {
  if (did.startsWith('did:key:') && algorithm === 'Ed25519') throw new KeyChangeRefusedError('did-key', slug);
}

export interface KeyRotation {
  readonly algorithm: SigningAlgorithm;
  /** Public half of the key that signs from now on. */
  readonly created: string;
  /** Public halves of those that sign no more. */
  readonly retired: readonly string[];
}

/**
 * Gives an issuer a new key and retires those of the same kind it had. The private half is durable first; that the new
 * key is made and the old ones are retired is one entry of the ledger, so that a crash leaves the old state or the new
 * one (and at most a key file nothing names). The new key signs from that moment on, everywhere within a second.
 * @throws {KeyChangeRefusedError} {@link IssuerNotFoundError} {@link SignerError} {@link StoreUnavailableError}
 */
export async function rotateKey(
  context: IssuingCore,
  request: { readonly issuer: string; readonly algorithm: SigningAlgorithm; readonly actor: string },
): Promise<KeyRotation> {
  const { issuer: slug, algorithm, actor } = request;
  assertMayChangeKey(await getIssuer(context, slug), algorithm);
  return context.turns.run(keysOf(slug), async () => {
    const { publicKeyMultibase: created } = await context.keyStore.create(slug, algorithm);
    const retired = await appendKeys(context, slug, (keys) => {
      const old = activeOf(keys, algorithm);
      return {
        answer: old,
        entries: [
          { actor, event: { kind: 'key-created', issuer: slug, algorithm, publicKeyMultibase: created } },
          ...old.map(
            (publicKeyMultibase): LedgerEntry => ({
              actor,
              event: { kind: 'key-retired', issuer: slug, publicKeyMultibase },
            }),
          ),
        ],
      };
    });
    return { algorithm, created, retired };
  });
}

export interface CompromiseRequest {
  readonly publicKeyMultibase: string;
  /** Somebody else may have signed with it from this instant on; its fraction of a second does not count. */
  readonly since: Instant;
  /** Kept, never published. */
  readonly reason: string;
  readonly actor: string;
  /** Slug; the issuer whose key it is, unless told. */
  readonly issuer?: string;
}

export interface Compromise {
  readonly issuer: Issuer;
  readonly algorithm: SigningAlgorithm;
  /** To the second. */
  readonly since: Instant;
  /** The key that signs instead, made now where this was the last of its kind; undefined when there is none. */
  readonly successor: string | undefined;
}

/**
 * Records that a key was compromised. From now on it signs nothing, the DID document shows it as revoked, and of its
 * badges only those hold that were recorded before. An active key gets a successor in the same entry of the ledger;
 * where none can be made (the key store is away, or the issuer is its key), the key is recorded as compromised all the
 * same, and nothing is signed until there is another.
 * @throws {KeyChangeRefusedError} {@link StoreUnavailableError}
 */
export async function markCompromised(context: IssuingCore, request: CompromiseRequest): Promise<Compromise> {
  const { publicKeyMultibase, reason, actor } = request;
  const since = Math.floor(request.since / 1000) * 1000;
  if (since > context.clock.now()) throw new KeyChangeRefusedError('since-in-future', publicKeyMultibase);
  const { issuer, key } = await findKey(context, request);
  const { slug } = issuer;
  const { algorithm } = key;
  return context.turns.run(keysOf(slug), async () => {
    let created: string | undefined;
    const successor = await appendKeys(context, slug, async (keys) => {
      const known = keys.find((candidate) => candidate.publicKeyMultibase === publicKeyMultibase);
      if (known?.compromisedSince !== undefined && known.compromisedSince <= since) {
        throw new KeyChangeRefusedError('since-not-earlier', publicKeyMultibase);
      }
      const compromised: LedgerEntry = {
        actor,
        event: { kind: 'key-compromised', issuer: slug, publicKeyMultibase, since },
        payload: { reason },
      };
      const left = activeOf(keys, algorithm).filter((other) => other !== publicKeyMultibase);
      if (known?.state !== 'active' || left.length > 0) return { answer: left.at(-1), entries: [compromised] };
      created ??= await createSuccessor(context, issuer, algorithm);
      if (created === undefined) return { answer: undefined, entries: [compromised] };
      const event = { kind: 'key-created', issuer: slug, algorithm, publicKeyMultibase: created } as const;
      return { answer: created, entries: [{ actor, event }, compromised] };
    });
    return { issuer, algorithm, since, successor };
  });
}

async function findKey(
  context: IssuingCore,
  { publicKeyMultibase, issuer }: CompromiseRequest,
): Promise<{ readonly issuer: Issuer; readonly key: KeyEntry }> {
  const issuers = issuer === undefined ? await listIssuers(context) : [await getIssuer(context, issuer)];
  for (const candidate of issuers) {
    const keys = await context.store.ledger.keys(candidate.slug);
    const key = keys.find((entry) => entry.publicKeyMultibase === publicKeyMultibase);
    if (key !== undefined) return { issuer: candidate, key };
  }
  throw new KeyChangeRefusedError('unknown-key', publicKeyMultibase);
}

/** A new key, or undefined where none can be made: what is known of the old one must be recorded all the same. */
async function createSuccessor(
  context: IssuingCore,
  issuer: Issuer,
  algorithm: SigningAlgorithm,
): Promise<string | undefined> {
  try {
    assertMayChangeKey(issuer, algorithm);
    return (await context.keyStore.create(issuer.slug, algorithm)).publicKeyMultibase;
  } catch (error) {
    context.logger.error('key-successor-not-made', error, { issuer: issuer.slug });
    return undefined;
  }
}

function activeOf(keys: readonly KeyEntry[], algorithm: SigningAlgorithm): string[] {
  return keys
    .filter((key) => key.algorithm === algorithm && key.state === 'active')
    .map((key) => key.publicKeyMultibase);
}

/** Appends what follows from the keys as they are; once more when somebody else changed them meanwhile. */
async function appendKeys<T>(
  { store: { ledger } }: IssuingCore,
  issuer: string,
  plan: (keys: readonly KeyEntry[]) => Plan<T> | Promise<Plan<T>>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const { answer, entries } = await plan(await ledger.keys(issuer));
    try {
      await ledger.append(entries);
      return answer;
    } catch (error) {
      if (!(error instanceof LedgerConflictError) || attempt >= ATTEMPTS) throw error;
    }
  }
}

interface Plan<T> {
  readonly answer: T;
  readonly entries: readonly LedgerEntry[];
}
