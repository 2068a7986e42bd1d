import type { Caller } from '../access/token-record.js';
import type { HolderProfile } from '../sharing/holder-desk.js';
import type { HolderSession } from '../sharing/holder-sessions.js';
import type { Keeping } from './answers/answer-memory.js';

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
    /** Set by a page that brings a script of this origin: without it no script runs at all. */
    runsScripts: boolean;
    /** Set by an answer that may be given again to whoever asks the same. */
    keeping: Keeping;
    /** Set once a session on the holder's pages was recognised. */
    holder: { readonly session: HolderSession; readonly profile: HolderProfile };
  };
}
