import type { Caller } from '../access/token-record.js';

/** What travels with a request. */
export interface HttpEnv {
  Bindings: {
    /** Node's own request, when a real server runs the app: its address is the one sent, before any normalisation. */
    readonly incoming?: { readonly url?: string; readonly socket?: { readonly remoteAddress?: string } };
  };
  Variables: {
    /** Drawn for each request; in the log and in every error. */
    requestId: string;
    /** Set once a token was recognised. */
    caller: Caller;
  };
}
