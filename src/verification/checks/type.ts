import type { Check } from '../examination.js';
import { fail, pass } from '../finding.js';
import { listOf, shownValue } from '../members.js';

/** `type` holds VerifiableCredential and one of the two names of an Open Badge. @see https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential */
export const typeCheck: Check = {
  id: 'type',
  needs: ['parse'],
  run({ credential }) {
    const types = listOf(credential['type']);
    const isBadge = types.includes('OpenBadgeCredential') || types.includes('AchievementCredential');
    return types.includes('VerifiableCredential') && isBadge
      ? [pass('/type')]
      : [fail('missing-type', '/type', { found: types.map(shownValue).join(', ') })];
  },
};
