import type { Crypto } from '../ports/crypto.js';
import type { JsonObject } from '../ports/json.js';
import type { OwnState, Resolution, Resolver } from '../ports/resolver.js';
import type { PinnedContexts } from '../proof/pinned-contexts.js';
import type { createProofVerifier } from '../proof/verify-proof.js';
import type { Instant } from '../text/instant.js';
import type { Acceptance } from './acceptance.js';
import { documentAsOf, showsRevokedKey } from './controllers/document-as-of.js';
import { compareEvidenceDigests, type EvidenceDigests } from './evidence-digests.js';
import type { Finding } from './finding.js';
import { issuerIdOf } from './issuer-id.js';
import { type SortedProofs, sortProofs } from './issuer-proofs.js';
import type { VcJwt } from './jwt/decode-vc-jwt.js';
import { textOf, withoutEmpty } from './members.js';
import type { Recipient } from './recipient.js';
import { recordedAt } from './recorded-signature.js';
import type { CheckId } from './report.js';
import type { openStatusList } from './status-list.js';

/** What verification needs from outside. */
export interface VerificationMeans {
  readonly contexts: PinnedContexts;
  readonly crypto: Crypto;
  readonly resolver: Resolver;
  /** When the question is asked. */
  readonly now: Instant;
  /** Aborted when the time for the whole verification is up: what is not found out by then stays unknown. */
  readonly signal?: AbortSignal;
  /** May a status list be of another issuer than the badge (V49)? `any`, the default, warns; `same` refuses. */
  readonly statusIssuer?: 'any' | 'same';
  /** What is taken for a credential; Open Badges alone unless told. */
  readonly accept?: Acceptance;
  /** The ledger's word on this very credential, where the caller knows which of the house's own it is. */
  readonly ownState?: OwnState;
  /** Makes the verifier of a document's proofs: where canonicalisation moves to a worker, this is replaced. */
  readonly createVerifier: typeof createProofVerifier;
  /** Opens status lists: replaced where many badges of one list are looked at. */
  readonly openList?: typeof openStatusList;
}

/** One badge on the table, and what the checks share: nothing is asked of the resolver twice. */
export interface Examination extends VerificationMeans {
  /** As received: what the proofs are over. */
  readonly document: JsonObject;
  /** The JWT the document came in: its signature then stands for proofs in the document. */
  readonly vcJwt: VcJwt | undefined;
  /** The same without what carries no meaning: what is read and shown. */
  readonly credential: JsonObject;
  /** Undefined when the badge names no acceptable issuer. */
  readonly issuer: string | undefined;
  readonly recipient: Recipient | undefined;
  /** The document's proofs, by whose they claim to be: read once, whichever checks look at them. */
  proofs(): SortedProofs;
  /** The issuer's controller document as it stands, asked for when first needed. */
  controllerDocument(): Promise<Resolution<JsonObject>>;
  /**
   * The controller document the issuer's keys are looked up in: as it stands, or, of a badge the house recorded exactly as
   * it is here, as it stood then, where a key was revoked since.
   */
  signingDocument(): Promise<Resolution<JsonObject>>;
  /** The ledger's word on the badge, where the house issued it: id and issuer both, since anybody can sign any id. */
  askOwnState(): Promise<OwnState | undefined>;
  /** The files held here, compared with the digests the badge states. */
  evidenceDigests(): Promise<EvidenceDigests>;
}

/** A check: what must have passed before it, and what it finds (at least one finding). */
export interface Check {
  readonly id: CheckId;
  /** When one of these did not pass, the check is skipped. */
  readonly needs: readonly CheckId[];
  run(examination: Examination): Finding[] | Promise<Finding[]>;
}

/** Lays a parsed document on the table. */
export function createExamination(
  document: JsonObject,
  options: VerificationMeans & { readonly vcJwt?: VcJwt | undefined; readonly recipient: Recipient | undefined },
): Examination {
  const { resolver } = options;
  const credential = withoutEmpty(document);
  const issuer = issuerIdOf(credential);
  const controllerDocument = once(
    async (): Promise<Resolution<JsonObject>> =>
      issuer === undefined
        ? { outcome: 'refused', detail: 'issuer-id-not-supported' }
        : resolver.controllerDocument(issuer),
  );
  const askOwnState = once(async () => {
    const id = textOf(credential['id']);
    const own = options.ownState ?? (id === null ? undefined : await resolver.ownState(id, issuer));
    return own?.issuer === issuer ? own : undefined;
  });
  return {
    ...options,
    document,
    vcJwt: options.vcJwt,
    credential,
    issuer,
    proofs: once(() => sortProofs(document, issuer ?? '')),
    controllerDocument,
    signingDocument: once(async (): Promise<Resolution<JsonObject>> => {
      const resolution = await controllerDocument();
      if (resolution.outcome !== 'found' || !showsRevokedKey(resolution.value)) return resolution;
      const at = await recordedAt(document, await askOwnState(), options.crypto);
      return at === undefined ? resolution : { outcome: 'found', value: documentAsOf(resolution.value, at) };
    }),
    askOwnState,
    evidenceDigests: once(() => compareEvidenceDigests(credential, options)),
  };
}

function once<T>(ask: () => T): () => T {
  let answer: { readonly value: T } | undefined;
  return () => {
    answer ??= { value: ask() };
    return answer.value;
  };
}
