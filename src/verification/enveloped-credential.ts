import { isJsonObject, type JsonObject } from '../ports/json.js';
import type { PinnedContexts } from '../proof/pinned-contexts.js';
import type { Localized } from '../text/localized.js';
import { contextListFindings } from './checks/context.js';
import { type Finding, fail } from './finding.js';
import { listOf } from './members.js';

const TYPE = 'EnvelopedVerifiableCredential';
/** Of the media types a badge in JWT form goes by, then the compact JWS itself. @see https://www.rfc-editor.org/rfc/rfc2397 */
const DATA_URL =
  /^data:application\/(?:vc\+jwt|vc\+ld\+jwt|vc-ld\+jwt|jwt),([A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*)$/;
const MEMBERS: ReadonlySet<string> = new Set(['@context', 'id', 'type']);

const WHY = {
  members: {
    fr: 'elle ne porte rien d’autre que « @context », « id » et « type »',
    en: 'it bears nothing but "@context", "id" and "type"',
  },
  url: {
    fr: '« id » doit être une adresse « data:application/vc+jwt, » suivie d’un JWS compact',
    en: '"id" must be a "data:application/vc+jwt," URL with a compact JWS',
  },
} as const satisfies Record<string, Localized>;

/** What is in an envelope, or why it is none. */
export type Opened =
  | { readonly ok: true; readonly jws: string }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Does the document say that it is an envelope around a credential? */
export function isEnvelope(document: JsonObject): boolean {
  return listOf(document['type']).includes(TYPE);
}

/**
 * Takes the JWS out of an envelope. Nothing beside it is believed, so nothing may stand there (V42).
 * @see https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials
 */
export function openEnvelope(document: JsonObject, contexts: PinnedContexts): Opened {
  const findings = contextListFindings(document['@context'], contexts, { kind: 'credential' });
  if (findings.length > 0) return { ok: false, findings };
  if (Object.keys(document).some((member) => !MEMBERS.has(member)) || isJsonObject(document['type'] ?? null)) {
    return { ok: false, findings: [fail('malformed-envelope', '', { detail: WHY.members })] };
  }
  const { id } = document;
  const jws = typeof id === 'string' ? DATA_URL.exec(id)?.[1] : undefined;
  if (jws === undefined) return { ok: false, findings: [fail('malformed-envelope', '/id', { detail: WHY.url })] };
  return { ok: true, jws };
}
