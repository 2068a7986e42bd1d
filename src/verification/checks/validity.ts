import type { Json, JsonObject } from '../../ports/json.js';
import { formatInstant, type Instant, parseInstant } from '../../text/instant.js';
import { claimsOpenBadge } from '../acceptance.js';
import { dataModelOf, foreignPeriodMembersOf, periodMembersOf } from '../data-model.js';
import type { Check } from '../examination.js';
import { type Finding, fail, pass } from '../finding.js';
import { LIMITS } from '../limits.js';
import { shownValue } from '../members.js';

/**
 * Now lies within the period of validity, by the dates of the badge's own data model; clocks may differ by 300 seconds
 * at the beginning (V43, V44). The dates of the other model are refused: who reads them would read something else.
 * @see https://www.w3.org/TR/vc-data-model-2.0/#validity-period and https://www.w3.org/TR/vc-data-model-1.1/#issuance-date
 */
export const validityCheck: Check = {
  id: 'validity',
  needs: ['proof', 'key'],
  run({ credential, now, accept }) {
    const beginning = accept === 'credentials' && mayBeginAnytime(credential) ? 'optional' : 'required';
    return validityFindings(credential, now, beginning);
  },
};

/** Open Badges and VCDM 1.1 want the beginning stated, VCDM 2.0 does not. @see https://www.w3.org/TR/vc-data-model-2.0/#validity-period */
export function mayBeginAnytime(credential: JsonObject): boolean {
  return dataModelOf(credential) === '2.0' && !claimsOpenBadge(credential);
}

/** At least one finding: a pass, or what is wrong with the dates of a credential. */
export function validityFindings(
  credential: JsonObject,
  now: Instant,
  beginning: 'required' | 'optional' = 'required',
): Finding[] {
  const { from, until } = periodMembersOf(credential);
  const isNeeded = (value: Json | undefined) => beginning === 'required' || value !== undefined;
  const foreign = foreignPeriodMembersOf(credential).filter((member) => credential[member] !== undefined);
  const malformed = [
    ...(instantOf(credential, from) === undefined && isNeeded(credential[from]) ? [from] : []),
    ...(credential[until] !== undefined && instantOf(credential, until) === undefined ? [until] : []),
    ...foreign,
  ].map((member) => fail('malformed-date', `/${member}`, { member, found: shownValue(credential[member]) }));
  return malformed.length > 0 ? malformed : [periodFinding(credential, now)];
}

function instantOf(credential: JsonObject, member: string): Instant | undefined {
  const value = credential[member];
  return typeof value === 'string' ? parseInstant(value) : undefined;
}

function periodFinding(credential: JsonObject, now: Instant): Finding {
  const members = periodMembersOf(credential);
  const from = instantOf(credential, members.from);
  const until = instantOf(credential, members.until);
  const [validFrom, validUntil] = [shownValue(credential[members.from]), shownValue(credential[members.until])];
  const time = formatInstant(now);
  if (from !== undefined && until !== undefined && until < from) {
    return fail('dates-reversed', `/${members.until}`, { validFrom, validUntil });
  }
  if (from !== undefined && from > now + LIMITS.clockSkewMilliseconds) {
    return fail('not-yet-valid', `/${members.from}`, { validFrom, now: time });
  }
  if (until !== undefined && until < now) return fail('expired', `/${members.until}`, { validUntil, now: time });
  return pass(`/${members.from}`);
}
