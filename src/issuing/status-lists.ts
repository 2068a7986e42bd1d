import { setTimeout as pause } from 'node:timers/promises';
import type { Issuer } from '../credential/issuer.js';
import { statusListUrl } from '../credential/urls.js';
import type { JsonObject } from '../ports/json.js';
import type { StatusListEntry } from '../ports/ledger.js';
import type { SigningKey } from '../ports/signer.js';
import { addProofs } from '../proof/sign.js';
import { encodeStatusList } from '../status/encoded-list.js';
import { composeStatusListCredential } from '../status/list-credential.js';
import type { IssuingCore, PublishedList, StatusLists } from './context.js';
import { getIssuer, signingKey } from './issuers.js';
import { keepList, readKeptList } from './kept-lists.js';

/** Between two signatures of a list: a thousand revocations in a row are a few signatures, and nobody notices. */
const REST_MILLISECONDS = 100;

/** A list as signed, or being signed. */
interface Publication {
  readonly revision: number;
  readonly method: string;
  readonly list: Promise<PublishedList>;
  /** By the process's own clock, which never goes back. */
  signedAt: number;
}

/**
 * A publisher with a memory: a list is signed when first asked for and again only after a bit was set (its revision
 * changed) or the issuer has another key, so that it never goes backwards and readers share one signature. Whoever asks
 * gets every bit set before they asked: in a burst of changes they wait for the next signature, together. What was signed
 * is kept in the store too: after a restart the same list is served, also while nothing can be signed.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential
 */
export function createStatusLists(context: IssuingCore): StatusLists {
  const published = new Map<string, Publication>();
  const next = new Map<string, Promise<PublishedList | undefined>>();

  const wanted = async (id: string): Promise<ListToSign | undefined> => {
    const entry = await context.store.ledger.list(id);
    if (entry === undefined) return undefined;
    const issuer = await getIssuer(context, entry.issuer);
    return { entry, issuer, key: await signingKey(context, issuer) };
  };
  const current = (id: string, { entry, key }: ListToSign): Promise<PublishedList> | undefined => {
    const kept = published.get(id);
    const isFresh = kept !== undefined && kept.revision >= entry.revision;
    return isFresh && kept.method === key.verificationMethod ? kept.list : undefined;
  };
  const publishNext = async (id: string): Promise<PublishedList | undefined> => {
    await rested(published.get(id));
    // From here on whoever comes may know of more than is about to be signed.
    next.delete(id);
    const list = await wanted(id);
    if (list === undefined) return undefined;
    const known = current(id, list);
    if (known !== undefined) return known;
    const publication: Publication = {
      revision: list.entry.revision,
      method: list.key.verificationMethod,
      list: openList(context, list),
      signedAt: performance.now(),
    };
    published.set(id, publication);
    publication.list.then(
      () => {
        publication.signedAt = performance.now();
      },
      () => {
        if (published.get(id) === publication) published.delete(id);
      },
    );
    return publication.list;
  };

  return {
    async publish(id) {
      const list = await wanted(id);
      if (list === undefined) return undefined;
      const known = current(id, list) ?? next.get(id);
      if (known !== undefined) return known;
      const publication = publishNext(id);
      next.set(id, publication);
      const forget = (): void => {
        if (next.get(id) === publication) next.delete(id);
      };
      publication.catch(forget);
      return publication;
    },
  };
}

/** Resolves when a list was signed long enough ago to be signed again. */
async function rested(publication: Publication | undefined): Promise<void> {
  if (publication === undefined) return;
  await publication.list.catch(() => undefined);
  const left = publication.signedAt + REST_MILLISECONDS - performance.now();
  if (left > 0) await pause(left);
}

/** A list to be published: what the ledger says of it, whose it is, and the key that is to sign it. */
interface ListToSign {
  readonly entry: StatusListEntry;
  readonly issuer: Issuer;
  readonly key: SigningKey;
}

/** The list as it was signed last, where it would say the same now, with the same key; else signed now, and kept. */
async function openList(context: IssuingCore, { entry, issuer, key }: ListToSign): Promise<PublishedList> {
  const encodedList = await encodeStatusList(await context.store.ledger.statusBits(entry.list), context.crypto);
  const mark = context.hash(`${key.verificationMethod} ${context.settings.proofSuites.join()} ${encodedList}`);
  const kept = await readKeptList(context, entry, mark);
  if (kept !== undefined) return publishedList(context, kept);
  const credential = await signList(context, { entry, issuer, key, encodedList });
  await keepList(context, entry, { mark, credential });
  return publishedList(context, credential);
}

async function signList(
  context: IssuingCore,
  { entry, issuer, key, encodedList }: ListToSign & { readonly encodedList: string },
): Promise<JsonObject> {
  const now = context.clock.now();
  return addProofs({
    credential: composeStatusListCredential({
      issuer: issuer.did,
      listUrl: statusListUrl(issuer.baseUrl, entry.list),
      purpose: entry.purpose,
      encodedList,
      validFrom: now,
    }),
    suites: context.settings.proofSuites,
    key,
    signer: context.signer,
    contexts: context.contexts,
    canonize: context.canonize,
    eddsa: context.eddsa,
    created: now,
  });
}

function publishedList({ hash }: IssuingCore, credential: JsonObject): PublishedList {
  const body = JSON.stringify(credential);
  return { credential, body, etag: `"${hash(body).slice(0, 32)}"` };
}
