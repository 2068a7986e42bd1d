import { readFile } from 'node:fs/promises';
import type { FetchAnswer, SharedFetcher } from '../ports/fetcher.js';
import type { Resolver } from '../ports/resolver.js';
import { readControllerDocument } from './read-json-object.js';

/** What stands in for the guarded fetcher and the house's own store. */
export interface GivenDocuments {
  readonly fetcher: SharedFetcher;
  readonly own: Resolver;
}

/**
 * Documents somebody gave, in place of the network: nobody else is asked, and one that was not given is unreachable.
 * @param files absolute path of each document, by its URL or DID.
 */
export function createGivenDocuments(files: ReadonlyMap<string, string>): GivenDocuments {
  async function read(name: string, maxBytes = Number.POSITIVE_INFINITY): Promise<FetchAnswer> {
    const file = files.get(name);
    if (file === undefined) return { outcome: 'unreachable', detail: 'not-given' };
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes === undefined) return { outcome: 'unreachable', detail: 'file-unreadable' };
    if (bytes.length > maxBytes) return { outcome: 'unreachable', detail: 'too-large' };
    return { outcome: 'found', bytes, contentType: undefined, finalUrl: name };
  }

  const notGiven = { outcome: 'refused', detail: 'not-given' } as const;
  const fetcher = { fetch: (url: string, { maxBytes }: { readonly maxBytes: number }) => read(url, maxBytes) };
  return {
    fetcher: { ...fetcher, forVerification: () => fetcher },
    own: {
      /** By the id itself; a `did:web` may also be given under the URL of its document, which the fetcher answers. */
      async controllerDocument(id) {
        if (!files.has(id)) return notGiven;
        const answer = await read(id);
        return answer.outcome === 'found' ? readControllerDocument(answer.bytes) : answer;
      },
      statusList: async () => notGiven,
      async evidence(url) {
        const answer = files.has(url) ? await read(url) : notGiven;
        return answer.outcome === 'found' ? { outcome: 'found', value: answer.bytes } : answer;
      },
      ownState: async () => undefined,
    },
  };
}
