import type { Issuer } from '../credential/issuer.js';
import { composeStatusEntry } from '../credential/status-entry.js';
import { credentialIdOf, credentialUrl } from '../credential/urls.js';
import { DomainError } from '../ports/error.js';
import { asJson, type JsonObject } from '../ports/json.js';
import type { CredentialEntry } from '../ports/ledger.js';
import { normaliseId } from '../text/public-id.js';
import { shownValue } from '../verification/members.js';
import { lintApiCredential } from './api-credential.js';
import { type ApiOptions, problem } from './api-options.js';
import { type ApiName, apiRef, findByIdRef, noteDocumentId } from './api-refs.js';
import { type ApiRecord, readReservation } from './award.js';
import type { Completed } from './complete-versions.js';
import type { IssuingContext } from './context.js';
import { canonicalJson, toHex } from './digest.js';
import type { IssueOne } from './issue-together.js';
import { listIssuers } from './issuers.js';
import { CredentialInvalidError } from './reserve-credentials.js';
import { fittingSuites } from './suite-contexts.js';
import { apiRequestOf } from './turn-keys.js';

const REF_BYTES = 32;
const FIRST_VERSION = 1;

/** Who asks, by their token. */
export interface ApiCaller {
  readonly id: string;
  /** Slug of the only issuer the token works for. */
  readonly issuer?: string;
}

export interface ApiIssueRequest {
  readonly caller: ApiCaller;
  /** Unsigned, as parsed by the strict reader. */
  readonly credential: JsonObject;
  readonly options: ApiOptions;
  /** The same key with the same request is answered alike, however often and at whatever process. */
  readonly idempotencyKey?: string;
}

/** What the caller gets. */
export interface ApiIssued {
  /** Public id. */
  readonly credentialId: string;
  /** Where it is served. */
  readonly url: string;
  readonly document: JsonObject;
}

/** The key was used before, with another request. */
export class IdempotencyKeyReusedError extends DomainError {
  override readonly code = 'idempotency-key-reused';
}

/** The issuer has given another credential this id. */
export class CredentialIdTakenError extends DomainError {
  override readonly code = 'credential-id-taken';
}

/** The means of issuing, and the way requests go that come together. */
export interface ApiContext extends IssuingContext {
  readonly issueOne: IssueOne;
}

/**
 * Issues one credential for whose content the bearer of a token answers: nothing in it is filled in, and it goes the way
 * of every badge (compose, check, reserve, sign, verify, store). A retry, also after a crash, finds the first answer: by
 * its key, else by the document's own id.
 * @throws {CredentialInvalidError} with pointers into the request. @throws {IdempotencyKeyReusedError}
 * {@link CredentialIdTakenError} {@link SignerError} {@link StoreUnavailableError} {@link IssuerKeyMissingError}
 */
export async function issueThroughApi(context: ApiContext, request: ApiIssueRequest): Promise<ApiIssued> {
  const { credential, options, idempotencyKey, caller } = request;
  const issuer = await issuerOf(context, request);
  const { document, suites } = fittingSuites(credential, options.suites ?? context.settings.proofSuites, {
    asked: options.suites !== undefined,
  });
  const linted = await lintApiCredential(context, { issuer, credential: document, options });
  if (linted.problems.length > 0) throw new CredentialInvalidError(linted.problems);

  const refOf = async (kind: ApiName['kind'], text: string) => ({
    text,
    ref: await apiRef(context, issuer.slug, { kind, text }),
  });
  const id = typeof credential['id'] === 'string' ? await refOf('id', credential['id']) : undefined;
  const key = idempotencyKey === undefined ? undefined : await refOf('key', idempotencyKey);
  const ref = (key ?? id)?.ref ?? toHex(context.random.bytes(REF_BYTES));
  const api: ApiRecord = { request: context.hash(canonicalJson(asJson({ credential, options }))), suites };
  const own = ownIdOf(issuer, credential);

  const issue = async (): Promise<ApiIssued> => {
    const known = await alreadyIssued(context, issuer, { api, ref, isKey: key !== undefined, id });
    if (known === undefined && id !== undefined && key !== undefined) {
      await noteDocumentId(context, issuer.slug, { idRef: id.ref, ref });
    }
    const issued = await context.issueOne({
      issuer,
      ref: known?.ref ?? ref,
      actor: `token:${caller.id}`,
      basis: { api },
      linted: { document, linted },
      ...(own === undefined ? {} : { credentialId: own }),
      ...(options.statusPurpose === undefined ? {} : { statusPurpose: options.statusPurpose }),
      compose: ({ status }) =>
        options.statusPurpose === undefined
          ? document
          : { ...document, credentialStatus: composeStatusEntry(issuer.baseUrl, status, options.statusPurpose) },
    });
    return answerOf(context, issuer, issued);
  };
  // By id, then by key: whoever waits for a key holds no key, so nobody waits in a circle. Turns are taken before a place
  // in a group: of one id or key there is only one request in it, and none in it waits for another.
  const inTurn = (name: { readonly ref: string } | undefined, work: typeof issue) =>
    name === undefined ? work() : context.turns.run(apiRequestOf(issuer.slug, name.ref), work);
  return inTurn(id, () => inTurn(key, issue));
}

/** The issuer the credential names: one of ours, and one the token signs for. Another one of the house is as unknown as any (A2). */
async function issuerOf(context: IssuingContext, { caller, credential }: ApiIssueRequest): Promise<Issuer> {
  const named = credential['issuer'];
  const did = typeof named === 'string' ? named : asJson(Object(named ?? {}))['id'];
  const visible = (await listIssuers(context)).filter(
    ({ slug }) => caller.issuer === undefined || caller.issuer === slug,
  );
  const issuer = visible.find((candidate) => candidate.did === did);
  if (issuer === undefined) {
    throw new CredentialInvalidError([problem('issuer-not-ours', '/credential/issuer', { found: shownValue(did) })]);
  }
  return issuer;
}

/** The public id a caller chose, where the document's id is an address of ours; undefined for any other id. */
function ownIdOf(issuer: Issuer, { id }: JsonObject): string | undefined {
  const chosen = typeof id === 'string' ? credentialIdOf(issuer.baseUrl, id) : undefined;
  return chosen === undefined ? undefined : normaliseId(chosen);
}

/** What a request is known by. */
interface RequestNames {
  readonly api: ApiRecord;
  /** Of the key, else of the id. */
  readonly ref: string;
  readonly isKey: boolean;
  /** The document's own. */
  readonly id: { readonly text: string; readonly ref: string } | undefined;
}

/**
 * What an earlier request led to, if it was the same.
 * @throws {IdempotencyKeyReusedError} {@link CredentialIdTakenError}
 */
async function alreadyIssued(
  context: IssuingContext,
  issuer: Issuer,
  { api, ref, isKey, id }: RequestNames,
): Promise<CredentialEntry | undefined> {
  const byRef = await context.store.ledger.byRef(issuer.slug, ref);
  if (byRef !== undefined) {
    if (await isSameRequest(context, byRef, api)) return byRef;
    if (!isKey) throw new CredentialIdTakenError(`another credential has the id ${id?.text ?? ''}`);
    throw new IdempotencyKeyReusedError('the key was used with another request');
  }
  if (id === undefined) return undefined;
  const own = credentialIdOf(issuer.baseUrl, id.text);
  const byId =
    (own === undefined ? undefined : await context.store.ledger.credential(own)) ??
    (await findByIdRef(context, issuer.slug, id.ref));
  if (byId === undefined) return undefined;
  if (byId.issuer === issuer.slug && byId.state !== 'voided' && (await isSameRequest(context, byId, api))) return byId;
  throw new CredentialIdTakenError(`another credential has the id ${id.text}`);
}

/** An erased request cannot be compared any more: it is another one. */
async function isSameRequest(
  context: IssuingContext,
  entry: CredentialEntry,
  { request }: ApiRecord,
): Promise<boolean> {
  const reservation = readReservation(await context.store.ledger.reservation(entry.credential, FIRST_VERSION));
  return reservation?.api?.request === request;
}

/** The first version as it was answered the first time, whatever became of the credential since. */
async function answerOf(context: IssuingContext, issuer: Issuer, issued: Completed): Promise<ApiIssued> {
  const { credential } = issued.entry;
  const document = issued.document ?? (await context.store.ledger.document(credential, FIRST_VERSION));
  if (document === undefined) throw new IdempotencyKeyReusedError(`${credential} was issued and erased`);
  return {
    credentialId: credential,
    url: credentialUrl(issuer.baseUrl, credential),
    document: asJson(Object(document)),
  };
}
