import type { Check } from '../examination.js';
import { skipped } from '../finding.js';

/** A refresh service is named in the report and not asked. */
export const refreshCheck: Check = {
  id: 'refresh',
  needs: ['proof', 'key'],
  run({ credential }) {
    return credential['refreshService'] === undefined
      ? [skipped('nothing-to-check', null)]
      : [skipped('refresh-not-followed', '/refreshService')];
  },
};
