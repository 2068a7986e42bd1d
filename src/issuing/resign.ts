import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import type { CredentialEntry, CredentialVersion } from '../ports/ledger.js';
import type { Instant } from '../text/instant.js';
import type { IssuingContext } from './context.js';
import { getIssuer } from './issuers.js';
import { ReissueRefusedError, reissueCredential } from './reissue.js';

/** How many are under way at once: they share group commits. */
const TOGETHER = 20;

/** What became of the badges of an issuer whose newest version was signed with a compromised key. */
export interface Resigning {
  /** Signed anew, with the key the issuer signs with now. */
  readonly resigned: number;
  /** Recorded at or after the key was compromised: left as they are, and invalid, unless asked for. */
  readonly doubted: number;
  /** Suspended or expired: only a badge in force is issued anew. */
  readonly notInForce: number;
}

export interface ResignRequest {
  /** Slug. */
  readonly issuer: string;
  readonly actor: string;
  /** Also those recorded since the key was compromised: somebody has made sure that the house issued each of them. */
  readonly includeDoubted?: boolean;
  /** @param looked badges looked at so far. @param total of those in force or suspended. */
  readonly onProgress?: (looked: number, total: number) => void;
}

/**
 * Issues anew each badge whose newest version carries a proof by a compromised key: same id, same status entry, newer
 * `validFrom` (architecture, *Life of a credential*), so that it verifies everywhere again. Badges signed anew are no
 * longer found by it: run again after it was cut short, it goes on where it stopped.
 * @throws {SigningHaltedError} {@link SignerError} {@link IssuerKeyMissingError} {@link StoreUnavailableError}
 */
export async function resignBadges(context: IssuingContext, request: ResignRequest): Promise<Resigning> {
  const { issuer: slug, actor, includeDoubted = false, onProgress = () => {} } = request;
  const { ledger } = context.store;
  const { did } = await getIssuer(context, slug);
  const compromised = new Map<string, Instant>();
  for (const { publicKeyMultibase, compromisedSince } of await ledger.keys(slug)) {
    if (compromisedSince !== undefined) compromised.set(`${did}#${publicKeyMultibase}`, compromisedSince);
  }
  const counted = { resigned: 0, doubted: 0, notInForce: 0 };
  if (compromised.size === 0) return counted;
  const counts = await ledger.counts(slug);
  const total = counts.active + counts.suspended;
  let looked = 0;
  let after: string | undefined;
  do {
    const page = await ledger.credentials(slug, after);
    const standing = page.entries.filter(({ state }) => STANDING.has(state));
    for (let start = 0; start < standing.length; start += TOGETHER) {
      const chunk = standing.slice(start, start + TOGETHER);
      const asked = { compromised, includeDoubted, actor };
      for (const outcome of await Promise.all(chunk.map((entry) => resignBadge(context, entry, asked)))) {
        if (outcome !== undefined) counted[outcome] += 1;
      }
      looked += chunk.length;
      onProgress(Math.min(looked, total), total);
    }
    after = page.next;
  } while (after !== undefined);
  return counted;
}

const STANDING: ReadonlySet<string> = new Set(['active', 'suspended']);

/** @returns what became of it; undefined for a badge that no compromised key signed. */
async function resignBadge(
  context: IssuingContext,
  entry: CredentialEntry,
  {
    compromised,
    includeDoubted,
    actor,
  }: {
    readonly compromised: ReadonlyMap<string, Instant>;
    readonly includeDoubted: boolean;
    readonly actor: string;
  },
): Promise<keyof Resigning | undefined> {
  const served = entry.versions.findLast((version) => version.state === 'issued');
  if (served === undefined) return undefined;
  const since = await compromisedSince(context, entry, { served, compromised });
  if (since === undefined) return undefined;
  if (!includeDoubted && (served.issuedAt ?? since) >= since) return 'doubted';
  try {
    await reissueCredential(context, { credential: entry.credential, change: { kind: 'key' }, actor });
    return 'resigned';
  } catch (error) {
    if (error instanceof ReissueRefusedError) return 'notInForce';
    throw error;
  }
}

/** Since when the keys are doubted that the newest version's proofs name; undefined when none of them is. */
async function compromisedSince(
  context: IssuingContext,
  { credential }: CredentialEntry,
  { served, compromised }: { readonly served: CredentialVersion; readonly compromised: ReadonlyMap<string, Instant> },
): Promise<Instant | undefined> {
  const document = (await context.store.ledger.document(credential, served.version)) as JsonObject | undefined;
  const instants = methodsOf(document?.['proof']).flatMap((method) => compromised.get(method) ?? []);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

function methodsOf(proof: Json | undefined): string[] {
  const proofs = Array.isArray(proof) ? proof : [proof];
  return proofs.flatMap((one) => {
    const method = isJsonObject(one) ? one['verificationMethod'] : undefined;
    return typeof method === 'string' ? [method] : [];
  });
}
