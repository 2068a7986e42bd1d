import { Buffer } from 'node:buffer';
import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../ports/clock.js';
import { type DocumentStore, type Partition, StaleVersionError } from '../ports/documents.js';
import { DomainError } from '../ports/error.js';
import type { Random } from '../ports/random.js';
import { StoreUnavailableError } from '../ports/store.js';
import { formatInstant, type Instant, parseInstant } from '../text/instant.js';
import { type Scope, zScope } from './scope.js';
import { type Caller, type TokenRecord, type TokenSummary, zTokenRecord } from './token-record.js';
import { digestOf, drawSecret, isSecret, prefixOf } from './token-secret.js';

/** Tokens of the whole house lie beside those of the issuers, under the name no issuer can have. */
const WHOLE_HOUSE = '';
const ID_BYTES = 8;
const MAX_DAYS = 3660;
const MILLISECONDS_PER_DAY = 86_400_000;
const LAST_USE_STEP_MILLISECONDS = 60_000;

/** A token was asked for that cannot be made. */
export class TokenRequestError extends DomainError {
  override readonly code = 'token-request-invalid';
}

export interface NewToken {
  readonly scopes: readonly Scope[];
  /** Slug of the only issuer it shall work for. */
  readonly issuer?: string;
  /** Whole days it works; without an end when left out. */
  readonly days?: number;
}

/** Bearer tokens: made, listed and withdrawn by operators, recognised at the edge. */
export interface Tokens {
  /**
   * Makes a token. The secret is in the answer and nowhere else: only its SHA-256 is stored.
   * @throws {TokenRequestError} no scope, an unknown one, or days outside 1 to 3660.
   */
  create(request: NewToken): Promise<{ readonly secret: string; readonly token: TokenSummary }>;
  /** Every token, expired ones too, by issuer and then as made. */
  list(): Promise<TokenSummary[]>;
  /** Withdraws a token at once. @returns false when there is none of that id. */
  revoke(id: string): Promise<boolean>;
  /** The caller a secret stands for; undefined for an unknown, withdrawn or expired one. */
  authenticate(secret: string): Promise<Caller | undefined>;
}

/** Tokens kept in the documents of a store. */
export function createTokens(dependencies: {
  readonly documents: DocumentStore;
  readonly clock: Clock;
  readonly random: Random;
}): Tokens {
  const { documents, clock, random } = dependencies;

  async function partitions(): Promise<Partition[]> {
    const owners = new Set([WHOLE_HOUSE, ...(await documents.issuers()).sort()]);
    return [...owners].map(partitionOf);
  }

  /** Writes the time of use, once a minute at most. It is a courtesy to operators: a store that cannot write is no reason to turn the caller away. */
  async function noteUse(partition: Partition, digest: string, now: Instant): Promise<void> {
    try {
      await documents.transact(partition, async (transaction) => {
        const stored = await transaction.get(digest);
        if (stored === undefined) return;
        const record = zTokenRecord.parse(stored.value);
        if (!isUseWorthNoting(record, now)) return;
        await transaction.put(digest, { ...record, lastUsedAt: formatInstant(now) }, stored.version);
      });
    } catch (error) {
      if (!(error instanceof StaleVersionError) && !(error instanceof StoreUnavailableError)) throw error;
    }
  }

  return {
    async create({ scopes, issuer, days }) {
      const wanted = [...new Set(scopes)];
      const unknown = wanted.find((scope) => !zScope.safeParse(scope).success);
      if (unknown !== undefined) throw new TokenRequestError(`unknown scope ${JSON.stringify(unknown)}`);
      if (wanted.length === 0) throw new TokenRequestError('a token needs at least one scope');
      if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= MAX_DAYS)) {
        throw new TokenRequestError(`expected a whole number of days from 1 to ${MAX_DAYS}`);
      }
      const now = clock.now();
      const secret = drawSecret((length) => random.bytes(length));
      const record: TokenRecord = {
        id: Buffer.from(random.bytes(ID_BYTES)).toString('hex'),
        prefix: prefixOf(secret),
        scopes: wanted,
        createdAt: formatInstant(now),
        expiresAt: days === undefined ? null : formatInstant(now + days * MILLISECONDS_PER_DAY),
        lastUsedAt: null,
      };
      const partition = partitionOf(issuer ?? WHOLE_HOUSE);
      await documents.transact(partition, (transaction) => transaction.put(digestOf(secret), record, 0));
      return { secret, token: summaryOf(partition, record) };
    },

    async list() {
      const found: TokenSummary[] = [];
      for (const partition of await partitions()) {
        for (const { value } of await documents.list(partition)) {
          found.push(summaryOf(partition, zTokenRecord.parse(value)));
        }
      }
      return found;
    },

    async revoke(id) {
      for (const partition of await partitions()) {
        const stored = (await documents.list(partition)).find(({ value }) => zTokenRecord.parse(value).id === id);
        if (stored === undefined) continue;
        await documents.transact(partition, (transaction) => transaction.delete(stored.id));
        return true;
      }
      return false;
    },

    async authenticate(secret) {
      if (!isSecret(secret)) return undefined;
      const digest = digestOf(secret);
      const now = clock.now();
      for (const partition of await partitions()) {
        const stored = await documents.get(partition, digest);
        if (stored === undefined || !timingSafeEqual(Buffer.from(stored.id), Buffer.from(digest))) continue;
        const record = zTokenRecord.parse(stored.value);
        if (hasExpired(record, now)) return undefined;
        if (isUseWorthNoting(record, now)) await noteUse(partition, digest, now);
        return {
          id: record.id,
          scopes: record.scopes,
          ...(partition.issuer === WHOLE_HOUSE ? {} : { issuer: partition.issuer }),
        };
      }
      return undefined;
    },
  };
}

function partitionOf(issuer: string): Partition {
  return { issuer, collection: 'tokens', name: 'bearer' };
}

function summaryOf(partition: Partition, record: TokenRecord): TokenSummary {
  return { ...record, issuer: partition.issuer === WHOLE_HOUSE ? null : partition.issuer };
}

function hasExpired(record: TokenRecord, now: Instant): boolean {
  const expiresAt = record.expiresAt === null ? undefined : parseInstant(record.expiresAt);
  return expiresAt !== undefined && expiresAt <= now;
}

function isUseWorthNoting(record: TokenRecord, now: Instant): boolean {
  const lastUsedAt = record.lastUsedAt === null ? undefined : parseInstant(record.lastUsedAt);
  return lastUsedAt === undefined || now - lastUsedAt >= LAST_USE_STEP_MILLISECONDS;
}
