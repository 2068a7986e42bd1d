import { DomainError } from '../ports/error.js';
import { type CredentialEntry, LedgerConflictError } from '../ports/ledger.js';
import type { IssuingCore } from './context.js';

/** No credential of this house has that id, or it was never issued. */
export class CredentialNotFoundError extends DomainError {
  override readonly code = 'credential-not-found';
  readonly credential: string;

  constructor(credential: string) {
    super(`no credential ${credential} here`);
    this.credential = credential;
  }
}

/** The credential's state does not allow the change: a revocation is for good, only a suspended one is reinstated. */
export class StatusChangeError extends DomainError {
  override readonly code = 'status-change-refused';
  readonly credential: string;
  readonly state: CredentialEntry['state'];
  readonly change: StatusChange;

  constructor(entry: CredentialEntry, change: StatusChange) {
    super(`${entry.credential} is ${entry.state}: it cannot be ${change}`);
    this.credential = entry.credential;
    this.state = entry.state;
    this.change = change;
  }
}

export type StatusChange = 'revoked' | 'suspended' | 'reinstated';

const ALLOWED_FROM: Readonly<Record<StatusChange, readonly CredentialEntry['state'][]>> = {
  revoked: ['active', 'suspended'],
  suspended: ['active'],
  reinstated: ['suspended'],
};

/** A change asked for twice is answered, not repeated. */
const ALREADY: Readonly<Record<StatusChange, CredentialEntry['state']>> = {
  revoked: 'revoked',
  suspended: 'suspended',
  reinstated: 'active',
};

/**
 * Revokes, suspends or reinstates one credential. Our page and report follow at once; a revocation also sets its bit in
 * the status list, for good. A suspension is a state of the ledger: verifiers elsewhere cannot see it (architecture,
 * *Life of a credential*). The reason is a payload: kept, never published.
 * @param reason why, as the operator states it. @returns the entry, and whether this call changed it.
 * @throws {CredentialNotFoundError} {@link StatusChangeError}
 */
export async function changeStatus(
  context: IssuingCore,
  request: {
    readonly credential: string;
    readonly change: StatusChange;
    readonly reason: string;
    readonly actor: string;
    /** Restricts the change to one issuer's credentials; others are not found. */
    readonly issuer?: string;
  },
): Promise<{ readonly entry: CredentialEntry; readonly changed: boolean }> {
  const { ledger } = context.store;
  const entry = await ledger.credential(request.credential);
  if (
    entry === undefined ||
    ['reserved', 'voided', 'erased'].includes(entry.state) ||
    (request.issuer !== undefined && request.issuer !== entry.issuer)
  ) {
    throw new CredentialNotFoundError(request.credential);
  }
  if (entry.state === ALREADY[request.change]) return { entry, changed: false };
  if (!ALLOWED_FROM[request.change].includes(entry.state)) throw new StatusChangeError(entry, request.change);
  try {
    await ledger.append([
      {
        actor: request.actor,
        event: { kind: request.change, issuer: entry.issuer, credential: entry.credential },
        payload: { reason: request.reason },
      },
    ]);
  } catch (error) {
    const now = await ledger.credential(entry.credential);
    if (!(error instanceof LedgerConflictError) || now?.state === entry.state) throw error;
    // Somebody else changed it first: the answer is the one it would have been a moment later.
    return changeStatus(context, request);
  }
  const changed = await ledger.credential(entry.credential);
  if (changed === undefined) throw new CredentialNotFoundError(request.credential);
  return { entry: changed, changed: true };
}
