import { claimsOpenBadge } from '../acceptance.js';
import { crossReferenceFindings } from '../cross-references.js';
import type { Check } from '../examination.js';
import { fail, pass } from '../finding.js';
import { listOf, objectOf } from '../members.js';

const SUBJECT = { fr: 'Il déclare quelque chose de quelqu’un.', en: 'It makes a claim about somebody.' };

/** Who was awarded what: an id or an identifier is there, and the results fit the achievement. @see https://www.imsglobal.org/spec/ob/v3p0/#achievementsubject */
export const subjectCheck: Check = {
  id: 'subject',
  needs: ['parse', 'type'],
  run({ credential, accept }) {
    if (accept === 'credentials' && !claimsOpenBadge(credential)) return [pass('/credentialSubject', SUBJECT)];
    const subject = objectOf(credential['credentialSubject']);
    const identified = typeof subject['id'] === 'string' || listOf(subject['identifier']).length > 0;
    const findings = crossReferenceFindings(credential);
    if (!identified) findings.unshift(fail('no-recipient', '/credentialSubject'));
    return findings.some(({ state }) => state === 'fail') ? findings : [pass('/credentialSubject'), ...findings];
  },
};
