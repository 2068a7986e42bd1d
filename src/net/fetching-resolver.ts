import type { DocumentDetail, Fetcher, FetchRequest } from '../ports/fetcher.js';
import type { JsonObject } from '../ports/json.js';
import type { Resolution, Resolver, SecuredDocument } from '../ports/resolver.js';
import { readControllerDocument, readJsonObject } from './read-json-object.js';

export interface FetchingResolverOptions {
  /** The view of one verification, see `SharedFetcher.forVerification`. */
  readonly fetcher: Fetcher;
  /** What the house holds itself: asked first, and alone for evidence and for the state of its own badges. */
  readonly own: Resolver;
  /** Where the document of a did:web is; undefined for a text that is no did:web. */
  readonly didWebUrl: (did: string) => string | undefined;
  /** Documents that a DID spells out itself, by method (`key`, `jwk`); undefined for a text that is no such DID. */
  readonly selfDescribed: Readonly<Record<string, (did: string) => JsonObject | undefined>>;
  /** Aborts when the verification has taken its time: what is asked then is unreachable at once. */
  readonly signal?: AbortSignal;
}

const CONTROLLER = {
  accept: 'application/did, application/cid, application/did+json, application/did+ld+json, application/json;q=0.9',
  maxBytes: 1024 * 1024,
} as const;
const STATUS_LIST: FetchRequest = {
  purpose: 'status-list',
  accept:
    'application/vc, application/vc+ld+json, application/ld+json, application/json;q=0.9, application/vc+jwt;q=0.5',
  maxBytes: 2 * 1024 * 1024,
};
/** A plain list of revoked badges names each of them: the size is what bounds it. */
const MAX_STATUS_LIST_NODES = 200_000;
const DID = /^did:([a-z0-9]+):./;
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Resolves what a badge points to: the house's own documents from the store, DIDs that spell out their document without
 * asking anybody, everything else through the guarded fetcher. Make one for each verification. Evidence is never fetched
 * (S13). Whether a document is the asked one (`id`, controller, keys in force: S11) is for verification to judge.
 */
export function createFetchingResolver(options: FetchingResolverOptions): Resolver {
  const { fetcher, own, didWebUrl, selfDescribed, signal } = options;

  async function fetchDocument<T>(
    url: string,
    request: FetchRequest,
    read: (bytes: Uint8Array) => Resolution<T>,
  ): Promise<Resolution<T>> {
    const answer = await fetcher.fetch(url, signal === undefined ? request : { ...request, signal });
    return answer.outcome === 'found' ? read(answer.bytes) : answer;
  }

  function foreignController(id: string): Promise<Resolution<JsonObject>> | Resolution<JsonObject> {
    if (/^https:/i.test(id)) {
      return fetchDocument(id, { ...CONTROLLER, purpose: 'controller', redirects: 2 }, readControllerDocument);
    }
    const method = DID.exec(id)?.[1];
    if (method === 'web') {
      const url = didWebUrl(id);
      if (url === undefined) return refused('malformed-did');
      return fetchDocument(url, { ...CONTROLLER, purpose: 'did-document' }, readControllerDocument);
    }
    if (method === undefined || !Object.hasOwn(selfDescribed, method)) {
      return refused('issuer-id-not-supported');
    }
    const document = selfDescribed[method]?.(id);
    return document === undefined ? refused('malformed-did') : { outcome: 'found', value: document };
  }

  return {
    async controllerDocument(id) {
      const held = await own.controllerDocument(id);
      return isDecided(held) ? held : foreignController(id);
    },
    async statusList(url) {
      const held = await own.statusList(url);
      return isDecided(held) ? held : fetchDocument(url, STATUS_LIST, readStatusList);
    },
    evidence: (url) => own.evidence(url),
    ownState: (credentialId, issuer) => own.ownState(credentialId, issuer),
  };
}

/** The document is the house's own, whether it can be had now or not: nobody else is asked for it. */
function isDecided({ outcome }: Resolution<unknown>): boolean {
  return outcome !== 'refused';
}

/** A list secured with a JWS is handed on as it came: reading it is part of verifying it. */
function readStatusList(bytes: Uint8Array): Resolution<SecuredDocument> {
  const text = new TextDecoder().decode(bytes);
  return COMPACT_JWS.test(text)
    ? { outcome: 'found', value: text }
    : readJsonObject(bytes, { maxNodes: MAX_STATUS_LIST_NODES });
}

function refused(detail: DocumentDetail): Resolution<never> {
  return { outcome: 'refused', detail };
}
