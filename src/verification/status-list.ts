import type { JsonObject } from '../ports/json.js';
import type { Resolution } from '../ports/resolver.js';
import { contextListFindings, memberFindings } from './checks/context.js';
import type { Examination } from './examination.js';
import { type Finding, fail, unknown, warning } from './finding.js';
import { issuerIdOf } from './issuer-id.js';
import { verifyIssuerProofs } from './issuer-proofs.js';

/**
 * Is this list authentic? It is a credential like a badge: trusted words, proofs of its issuer, which is the badge's
 * own or one that speaks for the list's address.
 * @param url where the list was found.
 * @returns nothing when it is; warnings leave it trusted, fails and unknowns do not.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm (steps 4 and 5)
 */
export async function statusListFindings(
  list: JsonObject,
  { url, examination, pointer }: { readonly url: string; readonly examination: Examination; readonly pointer: string },
): Promise<Finding[]> {
  const { contexts, issuer: badgeIssuer, resolver } = examination;
  const untrusted = [
    ...contextListFindings(list['@context'], contexts, 'credential'),
    ...memberFindings(list, contexts),
  ];
  const issuer = issuerIdOf(list);
  if (issuer === undefined || untrusted.length > 0) return [fail('status-list-not-trusted', pointer, { url })];
  const isOwn = issuer === badgeIssuer;
  if (!isOwn && originOf(issuer) !== new URL(url).origin) return [fail('status-list-not-trusted', pointer, { url })];

  const controller: Resolution<JsonObject> = isOwn
    ? await examination.controllerDocument()
    : await resolver.controllerDocument(issuer);
  if (controller.outcome !== 'found') return [unknown('status-list-issuer-unknown', pointer, { url })];
  const proofs = await verifyIssuerProofs(list, { issuer, controller, means: examination });
  // The keys are at hand: one that cannot be used is a fault of the list.
  if (proofs.some(({ state }) => state === 'fail' || state === 'unknown')) {
    return [fail('status-list-not-trusted', pointer, { url })];
  }
  return isOwn ? [] : [warning('status-issuer-differs', pointer, { found: issuer })];
}

/** The https origin an issuer id stands for; undefined where it stands for none. */
function originOf(issuer: string): string | undefined {
  if (issuer.startsWith('https://')) return new URL(issuer).origin;
  const host = /^did:web:([^:]+)/.exec(issuer)?.[1];
  const url = host === undefined ? '' : `https://${host.replace(/%3a/i, ':')}`;
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
