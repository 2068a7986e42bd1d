import type { FetchAnswer } from '../ports/fetcher.js';

/** How long an answer of the house may take. */
const MILLISECONDS = 8_000;

/** Asks the house for a document. @param path absolute, with its query. @param maxBytes more is not read. */
export type AskHouse = (
  path: string,
  asked: { readonly accept: string; readonly maxBytes: number },
) => Promise<FetchAnswer>;

/**
 * Asks the service this script came from, and nobody else: only a path is given. No cookie goes with it, and an answer that leads elsewhere is none.
 */
export function createAskHouse(ask: typeof fetch): AskHouse {
  return async (path, { accept, maxBytes }) => {
    if (!/^\/(?!\/)/.test(path)) return { outcome: 'refused', detail: 'malformed-url' };
    try {
      const response = await ask(path, {
        headers: { Accept: accept },
        credentials: 'omit',
        redirect: 'error',
        signal: AbortSignal.timeout(MILLISECONDS),
      });
      if (response.status === 404) return { outcome: 'not-found' };
      if (!response.ok) return { outcome: 'unreachable', detail: 'http-status' };
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length > maxBytes) return { outcome: 'unreachable', detail: 'too-large' };
      const contentType = response.headers.get('Content-Type') ?? undefined;
      return { outcome: 'found', bytes, contentType, finalUrl: response.url };
    } catch {
      // A browser does not say why.
      return { outcome: 'unreachable', detail: 'connect-failed' };
    }
  };
}
