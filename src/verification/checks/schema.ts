import type { Check } from '../examination.js';
import { pass } from '../finding.js';
import { validateAchievementCredential } from '../schema/compiled.js';
import { inListForm, schemaFindings } from '../schema-findings.js';

/** The official JSON Schema, always, whatever the badge's own `credentialSchema` names; nothing is fetched (V63). */
export const schemaCheck: Check = {
  id: 'schema',
  needs: ['parse', 'context', 'type'],
  run({ credential }) {
    const findings = schemaFindings(inListForm(credential), validateAchievementCredential, 'later-versions');
    return findings.length === 0 ? [pass()] : findings;
  },
};
