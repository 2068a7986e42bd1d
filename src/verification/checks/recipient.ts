import type { Check } from '../examination.js';
import { fail, pass, skipped, unknown } from '../finding.js';
import { objectOf } from '../members.js';
import { recipientMatches } from '../recipient.js';

/** The badge was awarded to the person asked about. A no is a warning: it does not make the badge invalid. */
export const recipientCheck: Check = {
  id: 'recipient',
  needs: ['proof', 'key'],
  async run({ credential, recipient, crypto }) {
    if (recipient === undefined) return [skipped('nothing-to-check', null)];
    const match = await recipientMatches(objectOf(credential['credentialSubject']), recipient, crypto);
    if (match === 'matches') return [pass('/credentialSubject')];
    return match === 'differs'
      ? [fail('recipient-differs', '/credentialSubject')]
      : [unknown('recipient-not-stated', '/credentialSubject')];
  },
};
