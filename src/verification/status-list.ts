import type { JsonObject } from '../ports/json.js';
import { missingDetail, type Resolution, type SecuredDocument } from '../ports/resolver.js';
import { contextListFindings, memberFindings } from './checks/context.js';
import { type Parsed, parseReading } from './checks/parse.js';
import type { Examination } from './examination.js';
import { type Finding, fail, unknown, warning } from './finding.js';
import { readCompactJws } from './inputs/compact-jws.js';
import { issuerIdOf } from './issuer-id.js';
import { verifyIssuerJwt } from './issuer-jwt.js';
import { sortProofs, verifyIssuerProofs } from './issuer-proofs.js';

/** A list that may be believed, with warnings at most; or why it may not. */
export type OpenedStatusList =
  | { readonly ok: true; readonly list: JsonObject; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly finding: Finding };

/**
 * Is this list authentic? It is a credential like a badge: trusted words, proofs of its issuer in it or a JWS of the
 * issuer around it. The issuer is the badge's own or one that speaks for the list's address.
 * @param url where the list was found.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm (steps 4 and 5)
 */
export async function openStatusList(
  secured: SecuredDocument,
  { url, examination, pointer }: { readonly url: string; readonly examination: Examination; readonly pointer: string },
): Promise<OpenedStatusList> {
  const { contexts, issuer: badgeIssuer, resolver, statusIssuer = 'any' } = examination;
  const notTrusted = () => ({ ok: false, finding: fail('status-list-not-trusted', pointer, { url }) }) as const;
  const parsed = parseSecured(secured);
  if (!parsed.ok) return notTrusted();
  const { document: list } = parsed;
  const untrusted = [
    ...contextListFindings(list['@context'], contexts, { kind: 'credential' }),
    ...memberFindings(list, contexts),
  ];
  const issuer = issuerIdOf(list);
  if (issuer === undefined || untrusted.length > 0) return notTrusted();
  const isOwn = issuer === badgeIssuer;
  if (!isOwn && originOf(issuer) !== new URL(url).origin) return notTrusted();
  if (!isOwn && statusIssuer === 'same') {
    return { ok: false, finding: fail('status-issuer-differs', pointer, { found: issuer }) };
  }
  const controller = isOwn ? await examination.controllerDocument() : await resolver.controllerDocument(issuer);
  if (controller.outcome !== 'found') {
    const facts = { url, detail: missingDetail(controller) };
    return { ok: false, finding: unknown('status-list-issuer-unknown', pointer, facts) };
  }
  const signatures = await signatureFindings(parsed, { issuer, controller, examination });
  const isLeftOpen = signatures.some((finding) => finding.state === 'unknown' && finding.code === 'too-busy');
  if (isLeftOpen && signatures.every(({ state }) => state !== 'fail')) {
    return { ok: false, finding: unknown('too-busy', pointer) };
  }
  // The keys are at hand: one that cannot be used is a fault of the list.
  if (signatures.some(({ state }) => state === 'fail' || state === 'unknown')) return notTrusted();
  return { ok: true, list, warnings: isOwn ? [] : [warning('status-issuer-differs', pointer, { found: issuer })] };
}

function parseSecured(secured: SecuredDocument): Parsed {
  return typeof secured === 'string' ? parseReading(readCompactJws(secured)) : { ok: true, document: secured };
}

/** @see https://www.w3.org/TR/vc-jose-cose/ for a list with a JWS around it. */
function signatureFindings(
  { document, vcJwt }: Extract<Parsed, { readonly ok: true }>,
  {
    issuer,
    controller,
    examination,
  }: { readonly issuer: string; readonly controller: Resolution<JsonObject>; readonly examination: Examination },
): Promise<Finding[]> {
  return vcJwt === undefined
    ? verifyIssuerProofs(document, { issuer, proofs: sortProofs(document, issuer), controller, means: examination })
    : verifyIssuerJwt(vcJwt, { controller, now: examination.now });
}

/** The https origin an issuer id stands for; undefined where it stands for none. */
function originOf(issuer: string): string | undefined {
  if (issuer.startsWith('https://')) return new URL(issuer).origin;
  const host = /^did:web:([^:]+)/.exec(issuer)?.[1];
  const url = host === undefined ? '' : `https://${host.replace(/%3a/i, ':')}`;
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
