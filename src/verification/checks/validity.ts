import type { JsonObject } from '../../ports/json.js';
import { formatInstant, type Instant, parseInstant } from '../../text/instant.js';
import type { Check } from '../examination.js';
import { type Finding, fail, pass } from '../finding.js';
import { LIMITS } from '../limits.js';
import { shownValue } from '../members.js';

/** Members of VCDM 1.1 that a 2.0 document must not use in their stead. */
const OLDER_NAMES = ['issuanceDate', 'expirationDate'] as const;

/**
 * Now lies within validFrom and validUntil; clocks may differ by 300 seconds at the beginning (V43, V44).
 * @see https://www.w3.org/TR/vc-data-model-2.0/#validity-period
 */
export const validityCheck: Check = {
  id: 'validity',
  needs: ['proof', 'key'],
  run({ credential, now }) {
    const malformed = [
      ...dateFindings(credential, 'validFrom'),
      ...dateFindings(credential, 'validUntil'),
      ...OLDER_NAMES.filter((name) => credential[name] !== undefined).map((name) =>
        fail('malformed-date', `/${name}`, { member: name, found: shownValue(credential[name]) }),
      ),
    ];
    return malformed.length > 0 ? malformed : [periodFinding(credential, now)];
  },
};

function dateFindings(credential: JsonObject, member: 'validFrom' | 'validUntil'): Finding[] {
  const value = credential[member];
  if (value === undefined ? member === 'validUntil' : instantOf(credential, member) !== undefined) return [];
  return [fail('malformed-date', `/${member}`, { member, found: shownValue(value) })];
}

function instantOf(credential: JsonObject, member: 'validFrom' | 'validUntil'): Instant | undefined {
  const value = credential[member];
  return typeof value === 'string' ? parseInstant(value) : undefined;
}

function periodFinding(credential: JsonObject, now: Instant): Finding {
  const from = instantOf(credential, 'validFrom');
  const until = instantOf(credential, 'validUntil');
  const [validFrom, validUntil] = [shownValue(credential['validFrom']), shownValue(credential['validUntil'])];
  const time = formatInstant(now);
  if (from !== undefined && until !== undefined && until < from) {
    return fail('dates-reversed', '/validUntil', { validFrom, validUntil });
  }
  if (from !== undefined && from > now + LIMITS.clockSkewMilliseconds) {
    return fail('not-yet-valid', '/validFrom', { validFrom, now: time });
  }
  if (until !== undefined && until < now) return fail('expired', '/validUntil', { validUntil, now: time });
  return pass('/validFrom');
}
