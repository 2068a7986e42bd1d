import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { CredentialNotFoundError, StatusChangeError } from '../issuing/change-status.js';
import type { SelfVerificationError } from '../issuing/complete-versions.js';
import type { CredentialIdTakenError, IdempotencyKeyReusedError } from '../issuing/issue-through-api.js';
import type { IssuerKeyMissingError } from '../issuing/issuers.js';
import { errorPage } from '../pages/error-page.js';
import type { StaleVersionError } from '../ports/documents.js';
import type { ClockBehindError, LedgerConflictError } from '../ports/ledger.js';
import type { SignerError, SigningHaltedError } from '../ports/signer.js';
import type { StoreDamagedError, StoreLockedError, StoreUnavailableError } from '../ports/store.js';
import type { BadgeNotActiveError } from '../sharing/attest.js';
import { PROBLEM_TEXTS, type ProblemText } from '../text/problems.js';
import { PROBLEM_BASE } from '../verification/problem-types.js';
import type { HttpEnv } from './env.js';
import type { HttpError } from './http-error.js';
import { preferredType } from './negotiation.js';
import { frameOf, readerLanguage } from './reader.js';

/** Codes of the errors that may reach the edge. A new one does not compile until it is in the table below. */
export type ErrorCode =
  | HttpError['code']
  | StaleVersionError['code']
  | LedgerConflictError['code']
  | StoreUnavailableError['code']
  | StoreDamagedError['code']
  | StoreLockedError['code']
  | ClockBehindError['code']
  | IssuerKeyMissingError['code']
  | SelfVerificationError['code']
  | IdempotencyKeyReusedError['code']
  | CredentialIdTakenError['code']
  | CredentialNotFoundError['code']
  | BadgeNotActiveError['code']
  | StatusChangeError['code']
  | 'unsignable-credential'
  | 'status-list-full'
  | SignerError['code']
  | SigningHaltedError['code']
  | 'internal-error';

interface Problem {
  readonly type: string;
  readonly title: ProblemText['title'];
  readonly status: ContentfulStatusCode;
}

function problem(code: ErrorCode, status: ContentfulStatusCode): Problem {
  return { type: `${PROBLEM_BASE}${code}`, title: PROBLEM_TEXTS[code].title, status };
}

/** The one table from codes to RFC 9457 problems. */
export const PROBLEMS = {
  'badge-not-found': problem('badge-not-found', 404),
  'not-found': problem('not-found', 404),
  'not-bound': problem('not-bound', 406),
  'badge-not-active': problem('badge-not-active', 409),
  'not-acceptable': problem('not-acceptable', 406),
  'method-not-allowed': problem('method-not-allowed', 405),
  'uri-too-long': problem('uri-too-long', 414),
  'query-invalid': problem('query-invalid', 400),
  'body-unreadable': problem('body-unreadable', 400),
  'json-unreadable': problem('json-unreadable', 400),
  'unsupported-media-type': problem('unsupported-media-type', 415),
  'request-invalid': problem('request-invalid', 400),
  'credential-invalid': problem('credential-invalid', 400),
  'unsignable-credential': problem('unsignable-credential', 400),
  'idempotency-key-malformed': problem('idempotency-key-malformed', 400),
  'idempotency-key-reused': problem('idempotency-key-reused', 422),
  'credential-id-taken': problem('credential-id-taken', 409),
  'credential-not-found': problem('credential-not-found', 404),
  'status-change-refused': problem('status-change-refused', 409),
  'payload-too-large': problem('payload-too-large', 413),
  'too-many-requests': problem('too-many-requests', 429),
  'holder-signed-out': problem('holder-signed-out', 401),
  'form-not-yours': problem('form-not-yours', 403),
  'wallet-offer-ended': problem('wallet-offer-ended', 410),
  'wallet-offer-used': problem('wallet-offer-used', 409),
  'wallet-message-malformed': problem('wallet-message-malformed', 400),
  'wallet-badge-refused': problem('wallet-badge-refused', 409),
  unauthorized: problem('unauthorized', 401),
  'scope-missing': problem('scope-missing', 403),
  'stale-version': problem('stale-version', 409),
  'ledger-conflict': problem('ledger-conflict', 409),
  'store-unavailable': problem('store-unavailable', 503),
  'store-damaged': problem('store-damaged', 503),
  'store-locked': problem('store-locked', 503),
  'clock-behind': problem('clock-behind', 503),
  'issuer-key-missing': problem('issuer-key-missing', 503),
  'status-list-full': problem('status-list-full', 503),
  'verification-failed': problem('verification-failed', 500),
  'signer-unavailable': problem('signer-unavailable', 503),
  halted: problem('halted', 503),
  'internal-error': problem('internal-error', 500),
} satisfies Record<ErrorCode, Problem>;

const RETRY_AFTER_SECONDS = 5;

/** True for a code that has a place in the table. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(PROBLEMS, code);
}

/**
 * Answers with a problem: a page for readers of HTML, `application/problem+json` for everybody else, never stored by
 * caches. Title and detail are in the reader's language; what to decide on is `type`.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function problemResponse(c: Context<HttpEnv>, code: ErrorCode, facts?: Partial<HttpError>): Response {
  const { type, title, status } = PROBLEMS[code];
  const language = readerLanguage(c);
  const requestId = c.get('requestId');
  const headers = {
    'Cache-Control': 'no-store',
    Vary: 'Accept, Accept-Language',
    ...(status === 503 ? { 'Retry-After': String(RETRY_AFTER_SECONDS) } : {}),
    ...facts?.headers,
  };
  const detail = PROBLEM_TEXTS[code].detail[language];
  if (wantsPage(c)) {
    const page = errorPage({ frame: frameOf(c, language), status, title: title[language], detail, requestId });
    return c.html(page, status, headers);
  }
  const errors = (facts?.errors ?? []).map((mistake) => ({ ...mistake, detail: mistake.detail[language] }));
  const body = { type, title: title[language], status, detail, instance: `urn:sceau:request:${requestId}` };
  return c.body(JSON.stringify(errors.length === 0 ? body : { ...body, errors }), status, {
    ...headers,
    'Content-Type': 'application/problem+json',
    'Content-Language': language,
  });
}

function wantsPage(c: Context<HttpEnv>): boolean {
  if (c.req.path.startsWith('/api/')) return false;
  const offered = ['application/problem+json', 'application/json', 'text/html'] as const;
  return preferredType(c.req.header('Accept'), offered) === 'text/html';
}
