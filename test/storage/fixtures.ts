import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Clock } from '../../src/ports/clock.js';
import type { CredentialEntry, Ledger, LedgerEntry, LedgerEvent } from '../../src/ports/ledger.js';
import type { Random } from '../../src/ports/random.js';

/** A clock that stands still until it is moved. */
export interface HandClock extends Clock {
  advance(milliseconds: number): void;
}

/** 2026-06-24T14:00:00Z, the day of a jury. */
export const START = Date.UTC(2026, 5, 24, 14);

export function handClock(start = START): HandClock {
  let now = start;
  return {
    now: () => now,
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}

/** Bytes that only look random: tests are the same every time. */
export function countingRandom(seed = 1): Random {
  let state = seed;
  return {
    bytes: (length) =>
      Uint8Array.from({ length }, () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        return state >>> 24;
      }),
  };
}

/** A temporary directory that is gone after the test. */
export function temporaryDirectories(): () => Promise<string> {
  const made: string[] = [];
  afterEach(async () => {
    for (const directory of made.splice(0)) await rm(directory, { recursive: true, force: true });
  });
  return async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sceau-store-'));
    made.push(directory);
    return directory;
  };
}

export const ISSUER = 'universite-exemple';
export const OTHER_ISSUER = 'autre-ecole';
export const LIST = 'liste-1';

/** An entry without a payload, or with one. */
export function entry(event: LedgerEvent, payload?: LedgerEntry['payload']): LedgerEntry {
  return payload === undefined ? { event, actor: 'operator-1' } : { event, actor: 'operator-1', payload };
}

export function listOpened(
  list = LIST,
  options: { issuer?: string; purpose?: 'revocation' | 'suspension' } = {},
): LedgerEntry {
  const { issuer = ISSUER, purpose = 'revocation' } = options;
  return entry({ kind: 'list-opened', issuer, list, purpose, length: 131_072 });
}

/** The `reserved` entry of a credential; every credential has a ref of its own unless told otherwise. */
export function reserved(
  credential: string,
  options: {
    readonly index: number;
    readonly version?: number;
    readonly ref?: string;
    readonly list?: string;
    readonly issuer?: string;
  },
): LedgerEntry {
  const { index, version = 1, ref = `ref-of-${credential}`, list = LIST, issuer = ISSUER } = options;
  return entry(
    { kind: 'reserved', issuer, credential, version, list, index, ref, source: 'jury' },
    { unsigned: credential, version },
  );
}

export function issued(credential: string, version = 1, issuer = ISSUER): LedgerEntry {
  return entry({ kind: 'issued', issuer, credential, version }, { signed: credential, version });
}

/** An event that names only the credential, with a reason. */
export function changed(
  kind: 'revoked' | 'suspended' | 'reinstated',
  credential: string,
  reason: string = kind,
  issuer = ISSUER,
): LedgerEntry {
  return entry({ kind, issuer, credential }, { reason });
}

/** Every credential of an issuer, page by page. */
export async function allCredentials(ledger: Ledger, issuer: string): Promise<CredentialEntry[]> {
  const found: CredentialEntry[] = [];
  let after: string | undefined;
  do {
    const page = await ledger.credentials(issuer, after);
    found.push(...page.entries);
    after = page.next;
  } while (after !== undefined);
  return found.sort((a, b) => (a.credential < b.credential ? -1 : 1));
}
