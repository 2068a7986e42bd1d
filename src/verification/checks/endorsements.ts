import { isJsonObject, type Json } from '../../ports/json.js';
import type { Check } from '../examination.js';
import { skipped, unknown } from '../finding.js';
import { listOf } from '../members.js';

/** Endorsements, wherever they stand: on the badge, its achievement or a profile. They are counted, not checked yet. */
export const endorsementsCheck: Check = {
  id: 'endorsements',
  needs: ['proof', 'key'],
  run({ credential }) {
    const count = countEndorsements(credential);
    return count === 0 ? [skipped('nothing-to-check', null)] : [unknown('endorsement-not-checked', null, { count })];
  },
};

function countEndorsements(value: Json): number {
  if (Array.isArray(value)) return value.reduce((sum, item) => sum + countEndorsements(item), 0);
  if (!isJsonObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [member, content]) =>
      sum +
      (member === 'endorsement' || member === 'endorsementJwt' ? listOf(content).length : countEndorsements(content)),
    0,
  );
}
