import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import type { Resolution } from '../ports/resolver.js';
import type { ProofProblem } from '../proof/proof-problem.js';
import { listProofs, type ReadProof, readProof } from '../proof/read-proof.js';
import { SUITE_TRAITS } from '../proof/suites.js';
import type { ProofVerifier } from '../proof/verify-proof.js';
import { formatInstant, type Instant } from '../text/instant.js';
import type { VerificationMeans } from './examination.js';
import { type Finding, fail, pass, unknown, warning } from './finding.js';
import { LIMITS } from './limits.js';
import { shownValue } from './members.js';
import { findProofKey, type KeyPurpose } from './signing-key.js';

/** A proof that names a key of the issuer, by what it says itself. */
export interface IssuerProof {
  readonly proof: Json;
  readonly pointer: string;
  readonly reading: ReadProof;
}

/** The proofs of a document, sorted by whose they claim to be. */
export interface SortedProofs {
  /** The issuer's, of a suite that is checked here. */
  readonly issuer: readonly IssuerProof[];
  /** Fails, and warnings about proofs that cannot be checked here. */
  readonly findings: readonly Finding[];
}

/**
 * Sorts the proofs of a document. Those of strangers count for nothing; a proof of the issuer in an unknown suite is a
 * warning beside one that can be checked, and a failure alone (V13, V14, V24, V29, V32).
 */
export function sortProofs(document: JsonObject, issuer: string): SortedProofs {
  const proofs = listProofs(document);
  if (proofs.length === 0) return { issuer: [], findings: [fail('no-proof', null)] };
  if (proofs.length > LIMITS.maxProofs) {
    const what = { fr: 'nombre de signatures', en: 'number of proofs' };
    return { issuer: [], findings: [fail('too-complex', '/proof', { what, limit: LIMITS.maxProofs })] };
  }
  const ours: IssuerProof[] = [];
  const findings: Finding[] = [];
  const unsupported: { readonly pointer: string; readonly found: string }[] = [];
  const strangers: { readonly pointer: string; readonly found: string }[] = [];
  proofs.forEach((proof, index) => {
    const pointer = Array.isArray(document['proof']) ? `/proof/${index}` : '/proof';
    const method = isJsonObject(proof) ? proof['verificationMethod'] : undefined;
    const controller = typeof method === 'string' ? method.split('#', 1)[0] : undefined;
    const reading = readProof(proof);
    if (controller !== undefined && controller !== issuer) strangers.push({ pointer, found: controller });
    else if (reading.ok) ours.push({ proof, pointer, reading: reading.proof });
    else if (reading.code === 'unsupported-proof') unsupported.push({ pointer, found: suiteOf(proof) });
    else findings.push(fail('malformed-proof', pointer));
  });
  const alone = ours.length === 0 && findings.length === 0;
  for (const { pointer, found } of unsupported) {
    findings.push((alone ? fail : warning)('unsupported-proof', pointer, { found }));
  }
  if (alone && unsupported.length === 0) {
    for (const { pointer, found } of strangers) findings.push(fail('issuer-mismatch', pointer, { found, issuer }));
  }
  return { issuer: ours, findings };
}

/**
 * Do the issuer's proofs hold? Every one of a known suite must, and at least one; where a proof names no usable key, the
 * answer is unknown here and the key's own check says why.
 * @param proofs those of this very document, by {@link sortProofs}.
 * @param controller what came of asking for the issuer's controller document.
 * @param purpose what the proofs must have been made for; `authentication` where the issuer is a holder who presents.
 */
export async function verifyIssuerProofs(
  document: JsonObject,
  {
    issuer,
    proofs,
    controller,
    means,
    purpose = 'assertionMethod',
  }: {
    readonly issuer: string;
    readonly proofs: SortedProofs;
    readonly controller: Resolution<JsonObject>;
    readonly means: VerificationMeans;
    readonly purpose?: KeyPurpose;
  },
): Promise<Finding[]> {
  const { contexts, crypto, now, createVerifier } = means;
  const findings = [...proofs.findings];
  const verifier = createVerifier(document, { contexts, crypto, at: now, proofPurpose: purpose });
  const held: IssuerProof[] = [];
  for (const issuerProof of proofs.issuer) {
    const { proof, pointer, reading } = issuerProof;
    const own = ownFinding(reading, pointer, { now, purpose });
    if (own !== undefined) {
      findings.push(own);
      continue;
    }
    const key =
      controller.outcome === 'found'
        ? findProofKey(controller.value, reading, { issuer, pointer, now, purpose })
        : undefined;
    const finding = key?.ok
      ? await signatureFinding(verifier, { proof, pointer, publicKeyMultibase: key.key })
      : unknown('key-unavailable', pointer);
    if (finding.state === 'pass') held.push(issuerProof);
    findings.push(finding);
  }
  return [...findings, ...disclosureFindings(held)];
}

/**
 * Of a derived proof the holder chose what is shown: what the issuer did not make mandatory, a status or an end among
 * it, may be missing without a trace. A proof over the whole document beside it settles that nothing is.
 * @see https://www.w3.org/TR/vc-di-ecdsa/#selective-disclosure-functions
 */
function disclosureFindings(held: readonly IssuerProof[]): Finding[] {
  const [first] = held;
  const isPart = held.every(({ reading }) => SUITE_TRAITS[reading.suite].form === 'selective');
  return first !== undefined && isPart ? [warning('shown-in-part', first.pointer)] : [];
}

/** What the proof says of itself, before any key is looked at. */
function ownFinding(
  { proofPurpose, created, expires }: ReadProof,
  pointer: string,
  { now, purpose }: { readonly now: Instant; readonly purpose: KeyPurpose },
): Finding | undefined {
  if (proofPurpose !== purpose) return fail('wrong-proof-purpose', pointer, { found: proofPurpose });
  if (created !== undefined && created > now + LIMITS.clockSkewMilliseconds) {
    return fail('proof-in-future', pointer, { created: formatInstant(created), now: formatInstant(now) });
  }
  if (expires !== undefined && expires <= now) {
    return fail('proof-expired', pointer, { expires: formatInstant(expires), now: formatInstant(now) });
  }
  return undefined;
}

async function signatureFinding(
  verifier: ProofVerifier,
  {
    proof,
    pointer,
    publicKeyMultibase,
  }: {
    readonly proof: Json;
    readonly pointer: string;
    readonly publicKeyMultibase: string;
  },
): Promise<Finding> {
  const verdict = await verifier.verify(proof, publicKeyMultibase);
  return verdict.ok ? pass(pointer) : problemFinding(verdict, proof, pointer);
}

function problemFinding({ code }: ProofProblem, proof: Json, pointer: string): Finding {
  switch (code) {
    case 'CRYPTOGRAPHIC_SECURITY_ERROR':
      return fail('signature-invalid', pointer);
    case 'PROOF_TRANSFORMATION_ERROR':
      return fail('unsafe-document', pointer, { found: '' });
    case 'MALFORMED_VALUE_ERROR':
      return fail('unsafe-value', pointer);
    case 'INVALID_VERIFICATION_METHOD':
      return unknown('key-unavailable', pointer);
    case 'INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD':
      return fail('wrong-proof-purpose', pointer, {
        found: shownValue(isJsonObject(proof) ? proof['proofPurpose'] : ''),
      });
    case 'unsupported-proof':
      return fail('unsupported-proof', pointer, { found: suiteOf(proof) });
    case 'untrusted-context':
      return fail('untrusted-context', pointer, { found: '@context' });
    case 'too-complex':
      return fail('proof-too-complex', pointer);
    case 'too-busy':
      return unknown('too-busy', pointer);
    case 'PROOF_VERIFICATION_ERROR':
      return fail('proof-not-verifiable', pointer);
  }
}

function suiteOf(proof: Json): string {
  const { type, cryptosuite } = isJsonObject(proof) ? proof : {};
  return shownValue(type === 'DataIntegrityProof' ? cryptosuite : type);
}
