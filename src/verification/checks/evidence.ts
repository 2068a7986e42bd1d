import type { Check } from '../examination.js';
import { fail, pass, skipped } from '../finding.js';

/** The evidence files held here are those whose digests were signed (decision 9); others are never fetched (S13). */
export const evidenceCheck: Check = {
  id: 'evidence',
  needs: ['proof', 'key'],
  async run({ evidenceDigests }) {
    const digests = [...(await evidenceDigests())];
    const different = digests.filter(([, comparison]) => comparison === 'differs');
    if (different.length > 0) return different.map(([url]) => fail('evidence-differs', '/relatedResource', { url }));
    if (digests.length === 0) return [skipped('nothing-to-check', null)];
    const read = digests.filter(([, comparison]) => comparison === 'matches').length;
    return read === digests.length
      ? [pass('/relatedResource')]
      : [skipped('evidence-not-read', '/relatedResource', { read, stated: digests.length })];
  },
};
