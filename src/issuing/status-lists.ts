import { statusListUrl } from '../credential/urls.js';
import type { StatusListEntry } from '../ports/ledger.js';
import { addProofs } from '../proof/sign.js';
import { encodeStatusList } from '../status/encoded-list.js';
import { composeStatusListCredential } from '../status/list-credential.js';
import type { IssuingCore, PublishedList, StatusLists } from './context.js';
import { getIssuer, signingKey } from './issuers.js';

/**
 * A publisher with a memory: a list is signed when first asked for and again only after a bit was set (its revision
 * changed), so that it never goes backwards and readers share one signature. Concurrent readers wait for one signing.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential
 */
export function createStatusLists(context: IssuingCore): StatusLists {
  const published = new Map<string, { readonly revision: number; readonly list: Promise<PublishedList> }>();
  return {
    async publish(id) {
      const entry = await context.store.ledger.list(id);
      if (entry === undefined) return undefined;
      const kept = published.get(id);
      if (kept !== undefined && kept.revision >= entry.revision) return kept.list;
      const list = signList(context, entry);
      published.set(id, { revision: entry.revision, list });
      list.catch(() => published.delete(id));
      return list;
    },
  };
}

async function signList(context: IssuingCore, entry: StatusListEntry): Promise<PublishedList> {
  const issuer = await getIssuer(context, entry.issuer);
  const now = context.clock.now();
  const unsigned = composeStatusListCredential({
    issuer: issuer.did,
    listUrl: statusListUrl(issuer.baseUrl, entry.list),
    purpose: entry.purpose,
    encodedList: await encodeStatusList(await context.store.ledger.statusBits(entry.list), context.crypto),
    validFrom: now,
  });
  const credential = await addProofs({
    credential: unsigned,
    suites: context.settings.proofSuites,
    key: await signingKey(context, issuer),
    signer: context.signer,
    contexts: context.contexts,
    canonize: context.canonize,
    eddsa: context.eddsa,
    created: now,
  });
  const body = JSON.stringify(credential);
  return { credential, body, etag: `"${context.hash(body).slice(0, 32)}"` };
}
