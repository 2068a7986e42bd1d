import { credentialIdOf, statusListIdOf, statusListUrl } from '../credential/urls.js';
import type { OwnStateRecord, RecordedVersion } from '../ports/house-record.js';
import type { JsonObject } from '../ports/json.js';
import type { CredentialEntry } from '../ports/ledger.js';
import type { OwnState, Resolution, Resolver } from '../ports/resolver.js';
import { SignerError, SigningHaltedError } from '../ports/signer.js';
import { canonicalJson } from '../proof/canonical-json.js';
import { ownStateFrom } from '../status/own-state.js';
import { formatInstant } from '../text/instant.js';
import { findByDocumentId } from './api-refs.js';
import type { IssuingCore, StatusLists } from './context.js';
import { getIssuer, IssuerKeyMissingError, listIssuers } from './issuers.js';

/**
 * Answers verification from the store: our DID documents, our lists, our ledger. Everything that is not ours is
 * `refused`: nothing is fetched here.
 */
export function createOwnResolver(context: IssuingCore, statusLists: StatusLists): Resolver {
  const foreign = { outcome: 'refused', detail: 'not-held-here' } as const;
  return {
    async controllerDocument(did) {
      const issuer = (await listIssuers(context)).find((candidate) => candidate.did === did);
      if (issuer === undefined) return foreign;
      return found(context.didDocument(issuer.did, await context.store.ledger.keys(issuer.slug)));
    },
    async statusList(url) {
      const id = await idOf(context, url, statusListIdOf);
      if (id === undefined) return foreign;
      try {
        const list = await statusLists.publish(id);
        return list === undefined ? { outcome: 'not-found' } : found(list.credential);
      } catch (error) {
        if (!CANNOT_SIGN.some((kind) => error instanceof kind)) throw error;
        return { outcome: 'unreachable', detail: 'not-signed-now' };
      }
    },
    async evidence() {
      return foreign;
    },
    async ownState(url, did) {
      const entry = await findByAddress(context, url, did);
      return entry === undefined ? undefined : ownStateOf(context, entry);
    },
  };
}

/** Why a list that changed cannot be signed now. */
const CANNOT_SIGN = [SignerError, SigningHaltedError, IssuerKeyMissingError] as const;

/**
 * The credential an id in a badge is about. One that came through the API may have any id, which its issuer then keeps to
 * one credential.
 * @param did who the badge says issued it.
 */
export async function findByAddress(
  context: IssuingCore,
  url: string,
  did: string | undefined,
): Promise<CredentialEntry | undefined> {
  const id = await idOf(context, url, credentialIdOf);
  if (id !== undefined) return context.store.ledger.credential(id);
  const issuer = (await listIssuers(context)).find((candidate) => candidate.did === did);
  return issuer === undefined ? undefined : findByDocumentId(context, issuer.slug, url);
}

/** Our badges carry the base URL their issuer was made under, which on one's own machine may have changed since. */
async function idOf(
  context: IssuingCore,
  url: string,
  read: (baseUrl: string, url: string) => string | undefined,
): Promise<string | undefined> {
  const bases = new Set([context.settings.publicUrl, ...(await listIssuers(context)).map(({ baseUrl }) => baseUrl)]);
  for (const base of bases) {
    const id = read(base, url);
    if (id !== undefined) return id;
  }
  return undefined;
}

function found<T>(value: T): Resolution<T> {
  return { outcome: 'found', value };
}

/** The ledger's word on a credential, for verification. */
export async function ownStateOf(context: IssuingCore, entry: CredentialEntry): Promise<OwnState> {
  return ownStateFrom(await ownStateRecord(context, entry));
}

/** The ledger's word on a credential, as data. */
export async function ownStateRecord(context: IssuingCore, entry: CredentialEntry): Promise<OwnStateRecord> {
  const { ledger } = context.store;
  const isDoubted = (await ledger.keys(entry.issuer)).some(({ state }) => state === 'compromised');
  const newest = entry.versions.filter((version) => version.state === 'issued').at(-1);
  const superseded = entry.versions.filter((version) => version.superseded);
  const validFromOf = new Map<number, string>();
  const recorded: RecordedVersion[] = [];
  // Each is read from the disk: none that nothing is asked about.
  const asked = isDoubted ? entry.versions : entry.versions.filter((each) => each === newest || each.superseded);
  for (const { version, issuedAt } of asked) {
    const document = (await ledger.document(entry.credential, version)) as JsonObject | undefined;
    const validFrom = document?.['validFrom'];
    if (typeof validFrom === 'string') validFromOf.set(version, validFrom);
    if (isDoubted && document !== undefined && issuedAt !== undefined) {
      recorded.push({ digest: context.hash(canonicalJson(document)), at: formatInstant(issuedAt) });
    }
  }
  const { did, baseUrl } = await getIssuer(context, entry.issuer);
  return {
    issuer: did,
    state: entry.state === 'erased' ? 'active' : entry.state,
    newestValidFrom: (newest === undefined ? undefined : validFromOf.get(newest.version)) ?? null,
    superseded: superseded.map(({ version }) => validFromOf.get(version)).filter((text) => text !== undefined),
    // Of an erased badge only the list still knows whether it had been revoked.
    lists: entry.state === 'erased' ? [] : entry.versions.map(({ list }) => statusListUrl(baseUrl, list)),
    recorded,
  };
}
