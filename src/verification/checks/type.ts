import { claimsOpenBadge } from '../acceptance.js';
import type { Check } from '../examination.js';
import { fail, pass } from '../finding.js';
import { listOf, shownValue } from '../members.js';

const CREDENTIAL = { fr: 'C’est une attestation vérifiable.', en: 'It is a verifiable credential.' };

/**
 * `type` holds VerifiableCredential and one of the two names of an Open Badge, unless any credential will do.
 * @see https://www.imsglobal.org/spec/ob/v3p0/#achievementcredential
 */
export const typeCheck: Check = {
  id: 'type',
  needs: ['parse'],
  run({ credential, accept }) {
    const types = listOf(credential['type']);
    const isCredential = types.includes('VerifiableCredential');
    if (isCredential && claimsOpenBadge(credential)) return [pass('/type')];
    const found = types.map(shownValue).join(', ');
    if (accept !== 'credentials') return [fail('missing-type', '/type', { found })];
    return [isCredential ? pass('/type', CREDENTIAL) : fail('not-a-credential', '/type', { found })];
  },
};
