import type { CredentialEntry } from '../ports/ledger.js';
import type { Acceptance } from '../verification/acceptance.js';
import type { CheckResult } from '../verification/report.js';

/** Who answers for a credential: a jury, or the bearer of a token. */
export type Source = CredentialEntry['source'];

/** A jury awards Open Badges; through the API any credential may be signed. */
export const ACCEPTED = { jury: 'open-badges', api: 'credentials' } as const satisfies Record<Source, Acceptance>;

/**
 * Does this line of a report speak against issuing? Through the API, a period to come or over is the caller's affair, and
 * so is a status list of somebody else.
 */
export function speaksAgainst({ state, code }: CheckResult, source: Source): boolean {
  if (state !== 'fail' && state !== 'unknown') return false;
  return source === 'jury' || !LEFT_TO_THE_CALLER.has(code);
}

const LEFT_TO_THE_CALLER: ReadonlySet<string | null> = new Set([
  'expired',
  'not-yet-valid',
  'status-not-retrieved',
  'unsupported-status-type',
]);
