import type { StatusEntry } from './open-badge.js';
import { statusListUrl } from './urls.js';

/** A drawn place in a status list. */
export interface StatusPlace {
  /** Id of the list. */
  readonly list: string;
  /** From 0, counted from the left-most bit. */
  readonly index: number;
}

/**
 * The one status entry of a badge, of purpose revocation unless told: Open Badges leaves room for a single one. It has
 * an `id` of its own, which the official schema wants and which may not be the list's.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry
 */
export function composeStatusEntry(
  baseUrl: string,
  { list, index }: StatusPlace,
  statusPurpose: StatusEntry['statusPurpose'] = 'revocation',
): StatusEntry {
  const url = statusListUrl(baseUrl, list);
  return {
    id: `${url}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose,
    statusListIndex: String(index),
    statusListCredential: url,
  };
}
