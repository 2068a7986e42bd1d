import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import type { Resolution } from '../ports/resolver.js';
import { listProofs } from '../proof/read-proof.js';
import { HOLDER_MESSAGES } from '../text/check-messages-vc.js';
import type { VerificationMeans } from './examination.js';
import { type Finding, fail, unknown, warning } from './finding.js';
import { issuerIdOf } from './issuer-id.js';
import { type IssuerProof, sortProofs, verifyIssuerProofs } from './issuer-proofs.js';
import { shownValue, textsOf } from './members.js';
import { findProofKey } from './signing-key.js';

/** What the caller asked the holder to sign, and compares now: a challenge against copies, a domain against relays. */
export interface AskedOfHolder {
  readonly challenge?: string;
  /** One name, or several in any order. */
  readonly domain?: readonly string[];
}

/** Who presents, by their own proof, and what was found about it. */
export interface HolderExamination {
  readonly holder: string | undefined;
  readonly findings: readonly Finding[];
}

const PURPOSE = 'authentication';

/**
 * Do the holder's proofs hold? Made for `authentication`, over this challenge and this domain, under a key of the
 * holder's that may authenticate: the same rules as for an issuer's proofs, asked about another purpose. Where no holder
 * is named, whoever controls the key of the first proof presents.
 * @see https://www.w3.org/TR/vc-data-integrity/#verify-proof
 */
export async function examineHolder(
  presentation: JsonObject,
  asked: AskedOfHolder,
  means: VerificationMeans,
): Promise<HolderExamination> {
  const named = presentation['holder'];
  const proofs = listProofs(presentation);
  if (proofs.length === 0) return { holder: undefined, findings: [fail('presentation-not-signed', null)] };
  const holder = issuerIdOf({ issuer: named ?? controllerOf(proofs[0]) });
  if (holder === undefined) {
    return { holder, findings: [fail('malformed-holder', '/holder', { found: shownValue(named) })] };
  }
  const controller = await means.resolver.controllerDocument(holder);
  const sorted = sortProofs(presentation, holder);
  const findings = [
    ...(await verifyIssuerProofs(presentation, {
      issuer: holder,
      proofs: sorted,
      controller,
      means,
      purpose: PURPOSE,
    })),
    ...keyFindings(sorted.issuer, { controller, holder, means }),
    ...sorted.issuer.flatMap((proof) => askedFindings(proof, asked)),
  ];
  return {
    holder,
    findings: findings.map((finding) => inWordsOf(finding, { holder, signer: controllerOf(proofs[0]) })),
  };
}

function controllerOf(proof: Json | undefined): string {
  const method = isJsonObject(proof) ? proof['verificationMethod'] : undefined;
  return typeof method === 'string' ? (method.split('#', 1)[0] ?? '') : '';
}

/** Why a key of the holder's cannot be relied on; nothing where all can. */
function keyFindings(
  proofs: readonly IssuerProof[],
  {
    controller,
    holder,
    means,
  }: { readonly controller: Resolution<JsonObject>; readonly holder: string; readonly means: VerificationMeans },
): Finding[] {
  if (controller.outcome !== 'found') return [unknown('holder-unresolved', '/holder', { holder })];
  return proofs.flatMap(({ reading, pointer: proof }) => {
    const pointer = `${proof}/verificationMethod`;
    const key = findProofKey(controller.value, reading, { issuer: holder, pointer, now: means.now, purpose: PURPOSE });
    return key.ok ? [] : [key.finding];
  });
}

/**
 * Challenge and domain are compared with what the caller passes (V34). What the holder signed beyond that cannot be, and
 * the caller is told so: a presentation made for somebody else may be a copy.
 */
function askedFindings({ reading, pointer }: IssuerProof, { challenge, domain }: AskedOfHolder): Finding[] {
  const { challenge: signedChallenge, domain: signedDomain } = reading.options;
  const findings: Finding[] = [];
  if (challenge !== undefined && signedChallenge !== challenge) {
    findings.push(fail('wrong-challenge', `${pointer}/challenge`, { found: shownValue(signedChallenge) }));
  }
  if (domain !== undefined && !sameNames(textsOf(signedDomain), domain)) {
    findings.push(fail('wrong-domain', `${pointer}/domain`, { found: shownValue(signedDomain) }));
  }
  const isUnasked = (signed: Json | undefined, wanted: unknown) => signed !== undefined && wanted === undefined;
  if (isUnasked(signedChallenge, challenge) || isUnasked(signedDomain, domain)) {
    findings.push(warning('challenge-not-compared', pointer));
  }
  return findings;
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  const [names, others] = [new Set(one), new Set(other)];
  return names.size === others.size && [...names].every((name) => others.has(name));
}

/** The sentences about an issuer's proof, told of a holder's; codes and problem types stay what they are. */
function inWordsOf(
  finding: Finding,
  { holder, signer }: { readonly holder: string; readonly signer: string },
): Finding {
  if (finding.state === 'pass') return finding;
  const { code, pointer } = finding;
  if (code === 'issuer-mismatch') return fail('holder-mismatch', pointer, { found: signer, holder });
  const words = Object.entries(HOLDER_MESSAGES).find(([name]) => name === code)?.[1];
  return words === undefined ? finding : { ...finding, message: words };
}
