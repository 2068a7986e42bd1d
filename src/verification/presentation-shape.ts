import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import type { PinnedContexts } from '../proof/pinned-contexts.js';
import { contextListFindings, memberFindings } from './checks/context.js';
import { idFindings } from './data-model-findings.js';
import { type Finding, fail } from './finding.js';
import { LIMITS } from './limits.js';
import { listOf, shownValue, withoutEmpty } from './members.js';

const WHAT = { fr: 'nombre d’attestations présentées', en: 'number of credentials presented' };
const OBJECTS = {
  fr: '« verifiableCredential » doit contenir des objets',
  en: '"verifiableCredential" must hold objects',
};

/**
 * What is wrong with a presentation before anybody's keys are looked at: its words, its type, and what it holds: at most
 * twenty credentials, and no further presentation (V64). Each credential's own words are its own affair.
 */
export function presentationShapeFindings(presentation: JsonObject, contexts: PinnedContexts): Finding[] {
  const { verifiableCredential: _, ...envelope } = presentation;
  const { type, verifiableCredential, id } = withoutEmpty(presentation);
  const types = listOf(type);
  if (types.includes('EnvelopedVerifiablePresentation')) {
    return [fail('unsupported-proof', '/type', { found: 'EnvelopedVerifiablePresentation' })];
  }
  const findings = [
    ...contextListFindings(presentation['@context'], contexts, { kind: 'credential', ownWords: true }),
    ...memberFindings(envelope, contexts, { ownWords: true }),
    ...idFindings(id, '/id'),
  ];
  if (!types.includes('VerifiablePresentation')) {
    findings.push(fail('not-a-presentation', '/type', { found: types.map(shownValue).join(', ') }));
  }
  return [...findings, ...contentFindings(listOf(verifiableCredential))];
}

function contentFindings(credentials: readonly Json[]): Finding[] {
  if (credentials.length > LIMITS.maxPresentedCredentials) {
    return [fail('too-complex', '/verifiableCredential', { what: WHAT, limit: LIMITS.maxPresentedCredentials })];
  }
  return credentials.flatMap((credential, index) => {
    const pointer = `/verifiableCredential/${index}`;
    if (!isJsonObject(credential)) return [fail('data-model', pointer, { detail: OBJECTS })];
    return listOf(credential['type']).some((type) => PRESENTATIONS.has(type))
      ? [fail('nested-presentation', pointer)]
      : [];
  });
}

const PRESENTATIONS: ReadonlySet<Json> = new Set(['VerifiablePresentation', 'EnvelopedVerifiablePresentation']);
