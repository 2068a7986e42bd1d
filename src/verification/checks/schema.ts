import type { JsonObject } from '../../ports/json.js';
import { claimsOpenBadge } from '../acceptance.js';
import { dataModelOf, inCurrentModel, periodMembersOf } from '../data-model.js';
import { dataModelFindings } from '../data-model-findings.js';
import type { Check } from '../examination.js';
import { type Finding, fail, pass } from '../finding.js';
import { type SchemaValidator, validateAchievementCredential } from '../schema/compiled.js';
import { inListForm, schemaFindings } from '../schema-findings.js';

const DATA_MODEL = {
  fr: 'Il suit le modèle de données des attestations vérifiables.',
  en: 'It follows the data model of verifiable credentials.',
};

/**
 * The official JSON Schema, always, whatever the badge's own `credentialSchema` names; nothing is fetched (V63). What is
 * no badge is held to the data model alone.
 */
export const schemaCheck: Check = {
  id: 'schema',
  needs: ['parse', 'context', 'type'],
  run({ credential, accept }) {
    if (accept === 'credentials' && !claimsOpenBadge(credential)) {
      const broken = dataModelFindings(credential);
      return broken.length === 0 ? [pass(null, DATA_MODEL)] : broken;
    }
    const findings = credentialSchemaFindings(credential, validateAchievementCredential);
    return findings.length === 0 ? [pass()] : findings;
  },
};

/**
 * Where a credential disagrees with the official schema, which is of VCDM 2.0: a credential of 1.1 is held to it with
 * its own context and dates in the place of the newer ones, and must have the name that 1.1 badges need.
 */
export function credentialSchemaFindings(credential: JsonObject, validate: SchemaValidator): Finding[] {
  const members = periodMembersOf(credential);
  const names = { validFrom: members.from, validUntil: members.until };
  const findings = schemaFindings(inListForm(inCurrentModel(credential)), validate, {
    leniency: 'later-versions',
    names,
  });
  if (dataModelOf(credential) === '1.1' && typeof credential['name'] !== 'string') {
    const detail = { fr: '« name » manque dans /', en: '"name" is missing from /' };
    findings.push(fail('schema', '', { detail }));
  }
  return findings;
}
