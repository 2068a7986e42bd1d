import type { Json, JsonObject } from '../ports/json.js';
import { isJsonObject } from '../ports/json.js';
import { type Canonize, canonize } from '../proof/canonize.js';
import { DocumentTooComplexError, UnsafeDocumentError } from '../proof/canonize-errors.js';
import { ContextNotPinnedError, type PinnedContexts } from '../proof/pinned-contexts.js';
import type { CheckCode } from '../text/check-messages.js';
import { parseInstant } from '../text/instant.js';
import { jsonPointer, type PointerStep } from '../text/json-pointer.js';
import type { Localized } from '../text/localized.js';
import { type Acceptance, claimsOpenBadge } from './acceptance.js';
import { contextListFindings, memberFindings } from './checks/context.js';
import { mayBeginAnytime, validityFindings } from './checks/validity.js';
import { crossReferenceFindings } from './cross-references.js';
import { dataModelFindings } from './data-model-findings.js';
import { type Finding, fail } from './finding.js';
import { issuerIdOf } from './issuer-id.js';
import { listOf, objectOf, shownValue } from './members.js';
import { validateAchievementCredential } from './schema/compiled.js';
import { schemaFindings } from './schema-findings.js';

/** A mistake in a badge about to be signed. */
export interface LintProblem {
  readonly code: CheckCode;
  /** JSON pointer; null for the document as a whole. */
  readonly pointer: string | null;
  readonly message: Localized;
}

/**
 * Looks at a badge before it is signed: the official schema to the letter, official vocabularies, safe mode, references,
 * dates, and nothing empty. Stricter than verification: what we would merely tolerate we do not sign.
 * @param unsigned without `proof`.
 * @param accept with `credentials`, what does not say that it is an Open Badge is held to the data model instead.
 * @returns every problem; none means it may be signed.
 */
export async function lintCredential(
  unsigned: JsonObject,
  options: {
    readonly contexts: PinnedContexts;
    /** The library, here and now, unless told. */
    readonly canonize?: Canonize;
    readonly accept?: Acceptance;
  },
): Promise<LintProblem[]> {
  const { contexts, accept = 'open-badges' } = options;
  const isBadge = accept === 'open-badges' || claimsOpenBadge(unsigned);
  const findings = [
    ...(isBadge ? badgeFindings(unsigned, contexts) : credentialFindings(unsigned, contexts)),
    ...(await safeModeFindings(unsigned, options.canonize ?? ((document) => canonize(document, { contexts })))),
  ];
  return findings.flatMap((finding) => {
    if (finding.state !== 'fail') return [];
    const { code, pointer, message } = finding;
    return [{ code, pointer, message }];
  });
}

function badgeFindings(unsigned: JsonObject, contexts: PinnedContexts): Finding[] {
  return [
    ...contextListFindings(unsigned['@context'], contexts, { kind: 'open-badge' }),
    ...memberFindings(unsigned, contexts),
    ...schemaFindings(unsigned, validateAchievementCredential),
    ...emptyFindings(unsigned),
    ...subjectFindings(unsigned),
    ...dateFindings(unsigned),
  ];
}

/** A credential that is no badge may be signed ahead of its time, or for a time that is over. */
function credentialFindings(unsigned: JsonObject, contexts: PinnedContexts): Finding[] {
  const types = listOf(unsigned['type']);
  const beginning = mayBeginAnytime(unsigned) ? 'optional' : 'required';
  const dates = validityFindings(unsigned, 0, beginning).filter(
    (finding) => finding.state === 'fail' && OUT_OF_ORDER.has(finding.code),
  );
  return [
    ...contextListFindings(unsigned['@context'], contexts, { kind: 'credential', ownWords: true }),
    ...memberFindings(unsigned, contexts, { ownWords: true }),
    ...(types.includes('VerifiableCredential')
      ? []
      : [fail('not-a-credential', '/type', { found: types.map(shownValue).join(', ') })]),
    ...dataModelFindings(unsigned),
    ...(issuerIdOf(unsigned) === undefined
      ? [fail('malformed-issuer', '/issuer', { found: shownValue(unsigned['issuer']) })]
      : []),
    ...dates,
  ];
}

const OUT_OF_ORDER: ReadonlySet<CheckCode> = new Set<CheckCode>(['malformed-date', 'dates-reversed']);

function subjectFindings(unsigned: JsonObject): Finding[] {
  const subject = objectOf(unsigned['credentialSubject']);
  const { id, narrative } = objectOf(objectOf(subject['achievement'])['criteria']);
  const findings = crossReferenceFindings(unsigned);
  if (typeof subject['id'] !== 'string' && listOf(subject['identifier']).length === 0) {
    findings.push(fail('no-recipient', '/credentialSubject'));
  }
  if (id === undefined && narrative === undefined) {
    findings.push(fail('no-criteria', '/credentialSubject/achievement/criteria'));
  }
  if (issuerIdOf(unsigned) === undefined || !isJsonObject(unsigned['issuer'])) {
    findings.push(fail('malformed-issuer', '/issuer', { found: shownValue(unsigned['issuer']) }));
  }
  return findings;
}

function dateFindings(unsigned: JsonObject): Finding[] {
  return (['validFrom', 'validUntil', 'awardedDate'] as const).flatMap((member) => {
    const value = unsigned[member];
    if (value === undefined || (typeof value === 'string' && parseInstant(value) !== undefined)) return [];
    return [fail('malformed-date', `/${member}`, { member, found: shownValue(value) })];
  });
}

/** Nulls, empty lists, objects and texts: the standard wants what is not known to be left out. */
function emptyFindings(document: JsonObject): Finding[] {
  const findings: Finding[] = [];
  /** Where the walk stands; one list for all of it, written out only where something is found. */
  const path: PointerStep[] = [];
  const walkInto = (value: Json, step: PointerStep): void => {
    path.push(step);
    walk(value);
    path.pop();
  };
  const walk = (value: Json): void => {
    if (isEmpty(value)) {
      findings.push(fail('empty-member', jsonPointer(path), { member: String(path.at(-1) ?? '') }));
    } else if (Array.isArray(value)) {
      value.forEach(walkInto);
    } else if (isJsonObject(value)) {
      for (const [member, content] of Object.entries(value)) walkInto(content, member);
    }
  };
  walk(document);
  return findings;
}

function isEmpty(value: Json): boolean {
  return (
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (isJsonObject(value) && Object.keys(value).length === 0)
  );
}

async function safeModeFindings(unsigned: JsonObject, canonizeDocument: Canonize): Promise<Finding[]> {
  try {
    await canonizeDocument(unsigned);
    return [];
  } catch (error) {
    if (error instanceof ContextNotPinnedError) return [fail('untrusted-context', '/@context', { found: error.url })];
    if (error instanceof DocumentTooComplexError) return [fail('proof-too-complex', null)];
    if (!(error instanceof UnsafeDocumentError)) throw error;
    const isValue = error.reason === 'number' || error.reason === 'text';
    return [
      isValue
        ? fail('unsafe-value', error.subject ?? null)
        : fail('unsafe-document', null, { found: error.subject ?? '' }),
    ];
  }
}
