import { isJsonObject, type Json, type JsonObject } from '../../ports/json.js';
import { jsonPointer, type PointerStep } from '../../text/json-pointer.js';
import { type Check, createExamination, type Examination } from '../examination.js';
import { type Finding, fail, pass, skipped, unknown, warning } from '../finding.js';
import { readCompactJws } from '../inputs/compact-jws.js';
import { LIMITS } from '../limits.js';
import { listOf, objectOf, shownValue } from '../members.js';
import { validateEndorsementCredential } from '../schema/compiled.js';
import { contextCheck } from './context.js';
import { issuerCheck } from './issuer.js';
import { keyCheck } from './key.js';
import { parseReading } from './parse.js';
import { proofCheck } from './proof.js';
import { credentialSchemaFindings } from './schema.js';
import { statusCheck } from './status.js';
import { validityCheck } from './validity.js';

/** An endorsement as it stands in the badge, and what carries it. */
interface Endorsement {
  readonly value: Json;
  readonly pointer: string;
  /** Id of the badge, the achievement or the profile it is to endorse. */
  readonly about: Json | undefined;
}

/**
 * Endorsements, wherever they stand: on the badge, its achievement or a profile. Each is a credential of its own, with
 * an issuer, a proof and dates of its own (V21); none makes the badge valid or invalid. Those inside an endorsement are
 * not looked at, and of more than ten the rest are said to be unchecked (V64).
 * @see https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential
 */
export const endorsementsCheck: Check = {
  id: 'endorsements',
  needs: ['proof', 'key'],
  async run(examination) {
    const all = findEndorsements(examination.document);
    if (all.length === 0) return [skipped('nothing-to-check', null)];
    const findings: Finding[] = [];
    for (const endorsement of all.slice(0, LIMITS.maxEndorsements)) {
      findings.push(...(await endorsementFindings(endorsement, examination)));
    }
    const count = all.length - LIMITS.maxEndorsements;
    return count > 0 ? [...findings, unknown('endorsement-not-checked', null, { count })] : findings;
  },
};

function findEndorsements(document: JsonObject): Endorsement[] {
  const found: Endorsement[] = [];
  /** Where the walk stands; one list for all of it. */
  const path: PointerStep[] = [];
  const walkInto = (value: Json, step: PointerStep): void => {
    if (typeof value !== 'object') return;
    path.push(step);
    walk(value);
    path.pop();
  };
  const walk = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(walkInto);
    if (!isJsonObject(value)) return;
    for (const member in value) {
      const content = value[member] ?? null;
      if (member !== 'endorsement' && member !== 'endorsementJwt') walkInto(content, member);
      else found.push(...endorsementsIn(content, [...path, member], value['id']));
    }
  };
  walk(document);
  return found;
}

function endorsementsIn(content: Json, place: readonly PointerStep[], about: Json | undefined): Endorsement[] {
  return listOf(content).map((value, index) => ({
    value,
    pointer: jsonPointer(Array.isArray(content) ? [...place, index] : place),
    about,
  }));
}

/** One finding that says whether it counts, and a warning where the issuer endorses its own badge. */
async function endorsementFindings({ value, pointer, about }: Endorsement, outer: Examination): Promise<Finding[]> {
  const parsed = typeof value === 'string' ? parseReading(readCompactJws(value)) : parseObject(value);
  if (parsed === undefined) return [fail('endorsement-not-authentic', pointer, { reason: NOT_A_CREDENTIAL })];
  if (!parsed.ok) return [verdict(parsed.findings, pointer)];
  const { document, vcJwt } = parsed;
  const examination = createExamination(document, { ...outer, vcJwt, recipient: undefined });
  const { credential, issuer } = examination;
  const subject = objectOf(credential['credentialSubject'])['id'];
  if (subject !== about) return [fail('endorsement-of-another', pointer, { found: shownValue(subject) })];
  const shape = [
    ...(await contextCheck.run(examination)),
    ...credentialSchemaFindings(credential, validateEndorsementCredential),
  ];
  const found = shape.every(({ state }) => state === 'pass') ? await authenticityFindings(examination) : shape;
  const own = issuer !== undefined && issuer === outer.issuer;
  return [verdict(found, pointer), ...(own ? [warning('endorsement-by-issuer', pointer)] : [])];
}

async function authenticityFindings(examination: Examination): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of [issuerCheck, proofCheck, keyCheck, statusCheck, validityCheck]) {
    findings.push(...(await check.run(examination)));
  }
  return findings;
}

/** The worst of what was found, told as a finding about the endorsement. */
function verdict(findings: readonly Finding[], pointer: string): Finding {
  const failed = findings.find((finding) => finding.state === 'fail');
  if (failed?.state === 'fail') return fail('endorsement-not-authentic', pointer, { reason: failed.message });
  const open = findings.find((finding) => finding.state === 'unknown');
  if (open?.state === 'unknown') return unknown('endorsement-uncertain', pointer, { reason: open.message });
  return pass(pointer);
}

const NOT_A_CREDENTIAL = { fr: 'ce n’est pas un objet JSON.', en: 'it is no JSON object.' };

function parseObject(value: Json) {
  return isJsonObject(value) ? ({ ok: true, document: value, vcJwt: undefined } as const) : undefined;
}
