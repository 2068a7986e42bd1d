import type { JsonObject } from '../ports/json.js';
import type { CredentialEntry } from '../ports/ledger.js';
import { addProofs, UnsignableCredentialError } from '../proof/sign.js';
import { type Acceptance, claimsOpenBadge } from '../verification/acceptance.js';
import type { CheckResult } from '../verification/report.js';
import type { Reservation } from './award.js';
import type { IssuingCore } from './context.js';
import { getIssuer, signingKey } from './issuers.js';

type Source = CredentialEntry['source'];

/** A jury awards Open Badges; through the API any credential may be signed. */
export const ACCEPTED = { jury: 'open-badges', api: 'credentials' } as const satisfies Record<Source, Acceptance>;

/**
 * Does this line of a report speak against issuing? Through the API, a period to come or over is the caller's affair, and
 * so is a status list of somebody else.
 */
export function speaksAgainst({ state, code }: CheckResult, source: Source): boolean {
  if (state !== 'fail' && state !== 'unknown') return false;
  return source === 'jury' || !LEFT_TO_THE_CALLER.has(code);
}

const LEFT_TO_THE_CALLER: ReadonlySet<string | null> = new Set([
  'expired',
  'not-yet-valid',
  'status-not-retrieved',
  'unsupported-status-type',
]);

/**
 * Signs the document of a reservation.
 * @throws {UnsignableCredentialError} after voiding the reservation: the document will not become signable by waiting.
 * @throws {SignerError} {@link IssuerKeyMissingError}
 */
export async function signVersion(
  context: IssuingCore,
  entry: CredentialEntry,
  { version, reservation }: { readonly version: number; readonly reservation: Reservation },
): Promise<JsonObject> {
  const { document, api } = reservation;
  const issuer = await getIssuer(context, entry.issuer);
  try {
    const signed = await addProofs({
      credential: document,
      suites: api?.suites ?? context.settings.proofSuites,
      key: await signingKey(context, issuer),
      signer: context.signer,
      contexts: context.contexts,
      canonize: context.canonize,
      created: context.clock.now(),
    });
    const [only, ...others] = signed.proof;
    // The schema of Open Badges wants a list; of other credentials one proof is an object, as their readers expect.
    const isAlone = only !== undefined && others.length === 0 && !claimsOpenBadge(document);
    return isAlone ? { ...signed, proof: only } : signed;
  } catch (error) {
    if (error instanceof UnsignableCredentialError) {
      await voidVersion(context, entry, { version, why: { reason: error.code, detail: error.reason } });
    }
    throw error;
  }
}

/** Gives a reserved version up; its index is never used again. @param why kept, never published. */
export async function voidVersion(
  context: IssuingCore,
  { issuer, credential }: CredentialEntry,
  { version, why }: { readonly version: number; readonly why: JsonObject },
): Promise<void> {
  const event = { kind: 'voided', issuer, credential, version } as const;
  await context.store.ledger.append([{ actor: 'house', event, payload: why }]);
}
