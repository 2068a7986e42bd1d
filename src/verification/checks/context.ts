import { isJsonObject, type Json, type JsonObject } from '../../ports/json.js';
import { CREDENTIALS_V1, CREDENTIALS_V2 } from '../../proof/context-urls.js';
import type { PinnedContexts } from '../../proof/pinned-contexts.js';
import { jsonPointer, type PointerStep } from '../../text/json-pointer.js';
import { claimsOpenBadge } from '../acceptance.js';
import type { Check } from '../examination.js';
import { type Finding, fail, pass } from '../finding.js';
import { inlineContextFindings, plainMemberFindings } from '../inline-context.js';
import { LIMITS } from '../limits.js';
import { shownValue } from '../members.js';

const OPEN_BADGES_3 = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(?:-3\.\d\.\d)?\.json$/;
const OPEN_BADGES_3_0_3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

/**
 * The words of the badge mean what the official vocabularies say, and nothing is hidden from a reader who goes by
 * member names (V18 to V21, V65).
 * @see https://www.w3.org/TR/vc-data-model-2.0/#contexts
 */
export const contextCheck: Check = {
  id: 'context',
  needs: ['parse'],
  run({ document, contexts, accept = 'open-badges' }) {
    const ownWords = accept === 'credentials';
    const kind = ownWords && !claimsOpenBadge(document) ? 'credential' : 'open-badge';
    const findings = [
      ...contextListFindings(document['@context'], contexts, { kind, ownWords }),
      ...memberFindings(document, contexts, { ownWords }),
    ];
    return findings.length === 0 ? [pass('/@context')] : findings;
  },
};

/** What a `@context` is held to: that of a badge or of any credential, with contexts written into it or without. */
export interface WantedContexts {
  readonly kind: 'open-badge' | 'credential';
  /** May the document define words of its own? Default no. */
  readonly ownWords?: boolean;
}

/**
 * What is wrong with a top-level `@context`: an ordered list of pinned URLs that begins with VCDM 2.0 or 1.1 and, for a
 * badge, Open Badges 3.0; after them, where that is wanted, objects. No problem, no finding.
 */
export function contextListFindings(
  context: Json | undefined,
  contexts: PinnedContexts,
  { kind, ownWords = false }: WantedContexts,
): Finding[] {
  const first = Array.isArray(context) ? context[0] : context;
  if (context === null || isJsonObject(context))
    return [fail('untrusted-context', '/@context', { found: shownValue(context) })];
  if (!Array.isArray(context) || context.length === 0) {
    return [fail('malformed-context', '/@context', { found: shownValue(context), expected: CREDENTIALS_V2 })];
  }
  if (context.length > LIMITS.maxContexts) {
    const what = { fr: 'nombre de contextes', en: 'number of contexts' };
    return [fail('too-complex', '/@context', { what, limit: LIMITS.maxContexts })];
  }
  const untrusted = context.flatMap((entry, index) => {
    const pointer = `/@context/${index}`;
    return ownWords && isJsonObject(entry)
      ? inlineContextFindings(entry, pointer)
      : untrustedEntry(entry, pointer, contexts);
  });
  if (untrusted.length > 0) return untrusted;
  if (first !== CREDENTIALS_V2 && first !== CREDENTIALS_V1) {
    return [fail('malformed-context', '/@context/0', { found: shownValue(first), expected: CREDENTIALS_V2 })];
  }
  const second = context[1];
  if (kind === 'open-badge' && !(typeof second === 'string' && OPEN_BADGES_3.test(second))) {
    return [fail('malformed-context', '/@context/1', { found: shownValue(second), expected: OPEN_BADGES_3_0_3 })];
  }
  return [];
}

/**
 * Members that would let signed facts escape a reader who goes by name. The signature covers the RDF form, in which
 * `validUntil` is the same whether it stands under that name, under its full IRI or in another place that carries the
 * badge's id: without these rules, the bearer of an expired or revoked badge could rename the member and keep the
 * signature.
 * - keywords (`@id`, `@type`, `@graph`, `@index` …) nowhere; `@context` below the top only where a credential or proof
 *   of its own begins, and pinned;
 * - no member name with a colon: full and compact IRIs; nor that of a class which shares its IRI with a member;
 * - the badge described in one place.
 *
 * @returns as many as a report names: more say no more.
 * @param ownWords where the document may define words of its own and say in which language a name is: its members are
 * plain words then, and `@value` with its language and direction may stand for a text in `name` and `description`.
 */
export function memberFindings(
  document: JsonObject,
  contexts: PinnedContexts,
  { ownWords = false }: Pick<WantedContexts, 'ownWords'> = {},
): Finding[] {
  const findings: Finding[] = ownWords ? plainMemberFindings(document) : [];
  /** Where the walk stands; one list for all of it, written out only where something is found. */
  const path: PointerStep[] = [];
  const walkInto = (value: Json, step: PointerStep): void => {
    if (typeof value !== 'object') return;
    path.push(step);
    walk(value);
    path.pop();
  };
  const walk = (value: Json): void => {
    if (findings.length >= LIMITS.maxProblems) return;
    if (Array.isArray(value)) value.forEach(walkInto);
    if (!isJsonObject(value)) return;
    if (path.length > 0 && repeatsCredential(value, document)) {
      findings.push(fail('credential-split', jsonPointer(path), { id: shownValue(document['id']) }));
    }
    for (const member in value) {
      if (findings.length >= LIMITS.maxProblems) return;
      const content = value[member] ?? null;
      if (member === '@context') {
        if (path.length > 0) findings.push(...nestedContextFindings(content, path, contexts));
      } else if (ownWords && isLanguageMember(member, path)) {
        walkInto(content, member);
      } else if (member.startsWith('@')) {
        findings.push(fail('untrusted-context', jsonPointer([...path, member]), { found: member }));
      } else if (member.includes(':') || CLASSES_OF_MEMBERS.has(member)) {
        findings.push(fail('member-not-a-term', jsonPointer([...path, member]), { member }));
      } else {
        walkInto(content, member);
      }
    }
  };
  walk(document);
  return findings;
}

/** Some versions of the Open Badges context give a member the IRI of the class of its values: either name is signed alike. */
const CLASSES_OF_MEMBERS: ReadonlySet<string> = new Set([
  'Achievement',
  'Address',
  'Criteria',
  'GeoCoordinates',
  'Image',
  'Profile',
]);

const LANGUAGE_MEMBERS: ReadonlySet<string> = new Set(['@value', '@language', '@direction']);
const TEXTS: ReadonlySet<PointerStep> = new Set(['name', 'description']);

/** @see https://www.w3.org/TR/vc-data-model-2.0/#language-and-base-direction */
function isLanguageMember(member: string, path: readonly PointerStep[]): boolean {
  return LANGUAGE_MEMBERS.has(member) && TEXTS.has(path.findLast((step) => typeof step === 'string') ?? '');
}

function nestedContextFindings(context: Json, path: readonly PointerStep[], contexts: PinnedContexts): Finding[] {
  const pointer = jsonPointer([...path, '@context']);
  const owner = path.findLast((step) => typeof step === 'string');
  if (owner !== 'endorsement' && owner !== 'proof') {
    return [fail('untrusted-context', pointer, { found: shownValue(context) })];
  }
  const entries: readonly Json[] = Array.isArray(context) ? context : [context];
  return entries.flatMap((entry) => untrustedEntry(entry, pointer, contexts));
}

function untrustedEntry(entry: Json, pointer: string, contexts: PinnedContexts): Finding[] {
  const trusted = typeof entry === 'string' && contexts.get(entry) !== undefined;
  return trusted ? [] : [fail('untrusted-context', pointer, { found: shownValue(entry) })];
}

/** Naming the badge is fine (an endorsement does), saying more about it there is not. */
const HARMLESS_MEMBERS: ReadonlySet<string> = new Set(['id', 'type', 'endorsementComment']);

function repeatsCredential(value: JsonObject, { id }: JsonObject): boolean {
  return typeof id === 'string' && value['id'] === id && Object.keys(value).some((name) => !HARMLESS_MEMBERS.has(name));
}
