import { DomainError } from '../ports/error.js';
import { CredentialNotFoundError } from './change-status.js';
import type { IssuingCore } from './context.js';

/** The badge is a jury's: its student is erased, with every dossier and letter, not one badge of theirs. */
export class StudentsBadgeError extends DomainError {
  override readonly code = 'students-badge';
  readonly credential: string;

  constructor(credential: string) {
    super(`${credential} was awarded by a jury: erase its student`);
    this.credential = credential;
  }
}

/**
 * Erases one credential that came through the API (GDPR art. 17): such a record belongs to no student of the house.
 * Appends `erased`, upon which its payloads are deleted. Its page answers as for an unknown id, its status bit lives on,
 * a copy in the holder's hand still verifies, and a retry of the request that made it is refused.
 * @throws {CredentialNotFoundError} {@link StudentsBadgeError}
 */
export async function eraseApiCredential(
  context: IssuingCore,
  request: { readonly credential: string; readonly actor: string },
): Promise<{ readonly issuer: string }> {
  const { ledger } = context.store;
  const entry = await ledger.credential(request.credential);
  if (entry === undefined || entry.state === 'erased') throw new CredentialNotFoundError(request.credential);
  if (entry.source === 'jury') throw new StudentsBadgeError(request.credential);
  const { issuer, ref } = entry;
  await ledger.append([{ actor: request.actor, event: { kind: 'erased', issuer, refs: [ref] } }]);
  return { issuer };
}
