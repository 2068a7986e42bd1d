import type { CredentialEntry, CredentialVersion, StatusPurpose } from '../../../ports/ledger.js';

/**
 * The bit of a version's status entry, given what it is now. A bit for revocation is set by revoking and by superseding
 * and never cleared; one for suspension follows the suspension. Voiding and erasing change no bit.
 */
export function statusBitOf(
  entry: CredentialEntry,
  version: CredentialVersion,
  { purpose, isSet }: { readonly purpose: StatusPurpose; readonly isSet: boolean },
): boolean {
  if (version.state === 'voided' || entry.state === 'erased') return isSet;
  if (entry.state === 'revoked' || version.superseded) return true;
  return purpose === 'suspension' ? entry.state === 'suspended' : isSet;
}
