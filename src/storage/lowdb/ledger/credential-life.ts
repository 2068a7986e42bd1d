import {
  type CredentialEntry,
  type CredentialLifeState,
  type CredentialVersion,
  LedgerConflictError,
  type LedgerEvent,
} from '../../../ports/ledger.js';
import type { Instant } from '../../../text/instant.js';

/** Events about one credential that exists already. */
export type LifeEvent = Extract<
  LedgerEvent,
  { kind: 'issued' | 'voided' | 'revoked' | 'suspended' | 'reinstated' | 'superseded' }
>;
export type ReservedEvent = Extract<LedgerEvent, { kind: 'reserved' }>;

function forbid(entry: CredentialEntry, event: LedgerEvent): LedgerConflictError {
  return new LedgerConflictError(
    'state-forbids',
    `credential ${entry.credential} is ${entry.state}: no ${event.kind} now`,
  );
}

function inState(entry: CredentialEntry, state: CredentialLifeState, at: Instant): CredentialEntry {
  return { ...entry, state, since: at };
}

function withVersion(entry: CredentialEntry, changed: CredentialVersion): CredentialEntry {
  const versions = entry.versions.map((version) => (version.version === changed.version ? changed : version));
  return { ...entry, versions };
}

/** The newest version that was issued: the one served, whose status entry counts. */
export function servedVersion(entry: CredentialEntry): CredentialVersion | undefined {
  return entry.versions.findLast((version) => version.state === 'issued');
}

function reservedVersion(event: ReservedEvent, at: Instant): CredentialVersion {
  const { version, list, index } = event;
  return { version, list, index, state: 'reserved', superseded: false, reservedAt: at, issuedAt: undefined };
}

/** A credential's first version. */
export function firstReservation(event: ReservedEvent, at: Instant): CredentialEntry {
  const { credential, issuer, ref, source } = event;
  return { credential, issuer, ref, source, state: 'reserved', since: at, versions: [reservedVersion(event, at)] };
}

/**
 * A further version of a credential: a re-issue or a correction. One at a time, of a credential in force.
 * @throws {LedgerConflictError}
 */
export function furtherReservation(entry: CredentialEntry, event: ReservedEvent, at: Instant): CredentialEntry {
  if (entry.issuer !== event.issuer || entry.ref !== event.ref || entry.source !== event.source) {
    throw new LedgerConflictError('version-taken', `credential ${entry.credential} belongs to another award`);
  }
  const newest = entry.versions.at(-1);
  if (newest !== undefined && event.version <= newest.version) {
    throw new LedgerConflictError('version-taken', `credential ${entry.credential} has version ${event.version}`);
  }
  const inForce = entry.state === 'active' || entry.state === 'suspended';
  if (!inForce || newest?.state === 'reserved' || event.version !== (newest?.version ?? 0) + 1) {
    throw forbid(entry, event);
  }
  return { ...entry, versions: [...entry.versions, reservedVersion(event, at)] };
}

/**
 * `reserved → active | voided`, `active ⇄ suspended`, either `→ revoked`.
 * @throws {LedgerConflictError} when the credential's state does not allow it.
 */
export function nextInLife(entry: CredentialEntry, event: LifeEvent, at: Instant): CredentialEntry {
  switch (event.kind) {
    case 'issued':
    case 'voided':
      return settled(entry, event, at);
    case 'superseded':
      return superseded(entry, event);
    case 'revoked':
      if (entry.state !== 'active' && entry.state !== 'suspended') throw forbid(entry, event);
      return inState(entry, 'revoked', at);
    case 'suspended':
      if (entry.state !== 'active') throw forbid(entry, event);
      return inState(entry, 'suspended', at);
    case 'reinstated':
      if (entry.state !== 'suspended') throw forbid(entry, event);
      return inState(entry, 'active', at);
  }
}

function settled(entry: CredentialEntry, event: LifeEvent & { version: number }, at: Instant): CredentialEntry {
  const version = entry.versions.find((candidate) => candidate.version === event.version);
  if (version === undefined) {
    throw new LedgerConflictError('unknown-credential', `${entry.credential} has no version ${event.version}`);
  }
  if (version.state === 'issued' && event.kind === 'issued') {
    throw new LedgerConflictError(
      'version-taken',
      `version ${version.version} of ${entry.credential} is issued already`,
    );
  }
  if (version.state !== 'reserved' || entry.state === 'erased') throw forbid(entry, event);
  const first = entry.state === 'reserved';
  if (event.kind === 'voided') {
    const changed = withVersion(entry, { ...version, state: 'voided' });
    return first ? inState(changed, 'voided', at) : changed;
  }
  // A version still in the making does not come out of a credential revoked meanwhile.
  if (entry.state === 'revoked') throw forbid(entry, event);
  const changed = withVersion(entry, { ...version, state: 'issued', issuedAt: at });
  return first ? inState(changed, 'active', at) : changed;
}

/** A newer version has another status entry: every version that shares the old entry is out of date with it. */
function superseded(entry: CredentialEntry, event: LifeEvent & { version: number }): CredentialEntry {
  const old = entry.versions.find((candidate) => candidate.version === event.version);
  const served = servedVersion(entry);
  if (old === undefined) {
    throw new LedgerConflictError('unknown-credential', `${entry.credential} has no version ${event.version}`);
  }
  const shares = (version: CredentialVersion): boolean => version.list === old.list && version.index === old.index;
  if (old.state !== 'issued' || old.superseded || entry.state === 'erased') throw forbid(entry, event);
  if (served === undefined || served.version <= old.version || shares(served)) throw forbid(entry, event);
  const versions = entry.versions.map((version) =>
    version.state === 'issued' && shares(version) ? { ...version, superseded: true } : version,
  );
  return { ...entry, versions };
}
