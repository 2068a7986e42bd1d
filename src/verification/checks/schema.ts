import type { JsonObject } from '../../ports/json.js';
import { claimsOpenBadge } from '../acceptance.js';
import { dataModelOf, inCurrentModel, periodMembersOf } from '../data-model.js';
import { dataModelFindings } from '../data-model-findings.js';
import type { Check } from '../examination.js';
import { type Finding, fail, pass, unknown, warning } from '../finding.js';
import { listOf, objectOf, shownValue } from '../members.js';
import { type SchemaValidator, validateAchievementCredential } from '../schema/compiled.js';
import { inListForm, schemaFindings } from '../schema-findings.js';

const DATA_MODEL = {
  fr: 'Il suit le modèle de données des attestations vérifiables.',
  en: 'It follows the data model of verifiable credentials.',
};

/**
 * The official JSON Schema, always, whatever the badge's own `credentialSchema` names; another one named there leaves the
 * answer open, and nothing is fetched (V63). What is no badge is held to the data model alone.
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
    const unchecked = uncheckedSchemas(credential, accept === 'credentials' ? warning : unknown);
    return findings.length === 0 ? [pass(), ...unchecked] : [...findings, ...unchecked];
  },
};

/** The official schema, by the addresses it goes by. */
const OFFICIAL =
  /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/schema\/json\/ob_v3p0_(?:any)?achievementcredential(?:_schema|-jsonschema1)\.json$/;

/**
 * Schemas the issuer says the badge follows, and nobody here can tell: they are never fetched, let alone compiled (V63).
 * @param say `unknown`, or a warning where any credential is taken, of which most have a schema of their own.
 */
function uncheckedSchemas({ credentialSchema }: JsonObject, say: typeof unknown | typeof warning): Finding[] {
  return listOf(credentialSchema).flatMap((schema, index) => {
    const { id } = objectOf(schema);
    if (typeof id === 'string' && OFFICIAL.test(id)) return [];
    const pointer = Array.isArray(credentialSchema) ? `/credentialSchema/${index}` : '/credentialSchema';
    return [say('schema-not-checked', pointer, { found: shownValue(id) })];
  });
}

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
