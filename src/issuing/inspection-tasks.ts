import type { Crypto } from '../ports/crypto.js';
import type { OwnStateRecord } from '../ports/house-record.js';
import { fromJson, type JsonObject } from '../ports/json.js';
import type { Resolution, Resolver, SecuredDocument } from '../ports/resolver.js';
import type { Canonize } from '../proof/canonize.js';
import type { EddsaProofs } from '../proof/eddsa-proofs.js';
import type { PinnedContexts } from '../proof/pinned-contexts.js';
import { createProofVerifier } from '../proof/verify-proof.js';
import { ownStateFrom } from '../status/own-state.js';
import type { Instant } from '../text/instant.js';
import { withinChunk } from './chunk-means.js';
import { type Inspected, type Linted, lintHere, type Verified, verifyHere } from './inspection.js';
import { attempt } from './outcome.js';

/** What verification may ask the house for about the documents of a chunk. */
export interface GivenToVerify {
  readonly now: Instant;
  /** Controller documents by DID. */
  readonly controllers: ReadonlyMap<string, Resolution<JsonObject>>;
  /** Status list credentials by URL. */
  readonly lists: ReadonlyMap<string, Resolution<SecuredDocument>>;
  /** The ledger's word on documents by their `id`; null on one that is not ours. */
  readonly ownStates: ReadonlyMap<string, OwnStateRecord | null>;
}

/**
 * The jobs of looking at a chunk. Each document goes in as JSON text of its own (see {@link Inspected}), read when it is its
 * turn; the answers come out as one. Null stands for a document that is to be looked at where it came from: the library
 * has to canonicalise it, in bounded time, something it points to is missing, or looking at it failed here.
 */
export type InspectionTasks = {
  readonly lint: (chunk: { readonly documents: readonly string[] }) => Promise<string>;
  readonly verify: (chunk: { readonly documents: readonly string[]; readonly given: GivenToVerify }) => Promise<string>;
};

/** The jobs as a worker thread does them: by the same code as in the thread of the house. */
export function inspectionTasks({
  contexts,
  crypto,
  compile,
  eddsa,
}: {
  readonly contexts: PinnedContexts;
  readonly crypto: Crypto;
  /** See `compileSmall`. */
  readonly compile: (document: JsonObject) => string | undefined;
  readonly eddsa: EddsaProofs;
}): InspectionTasks {
  const canonize: Canonize = async (document) => compile(document) ?? elsewhere();
  return {
    lint({ documents }) {
      return answer(documents, (each): Promise<Linted> => lintHere({ contexts, canonize, eddsa }, each));
    },
    verify({ documents, given }) {
      const means = withinChunk({
        contexts,
        crypto,
        canonize,
        createVerifier: createProofVerifier,
        resolver: givenResolver(given),
        clock: { now: () => given.now },
      });
      return answer(documents, (each): Promise<Verified> => verifyHere(means, each));
    },
  };
}

/** This document is none for a worker thread. Crosses between threads as null. */
function elsewhere(): never {
  throw new Error('to be looked at in the thread of the house');
}

/** One document after the other, so that what looking at one takes is gone before the next. */
async function answer(documents: readonly string[], look: (document: Inspected) => Promise<unknown>): Promise<string> {
  const answers: unknown[] = [];
  for (const text of documents) {
    const looked = await attempt(() => look(fromJson<Inspected>(JSON.parse(text))));
    // Whatever went wrong with one is found, and told of it alone, where it is looked at again.
    answers.push(looked.ok ? looked.value : null);
  }
  return JSON.stringify(answers);
}

/** Answers from what was given, as the house's own resolver would. */
function givenResolver({ controllers, lists, ownStates }: GivenToVerify): Resolver {
  return {
    controllerDocument: async (did) => controllers.get(did) ?? elsewhere(),
    statusList: async (url) => lists.get(url) ?? elsewhere(),
    evidence: async () => ({ outcome: 'refused', detail: 'not-held-here' }),
    async ownState(id) {
      const state = ownStates.get(id);
      if (state === undefined) return elsewhere();
      return state === null ? undefined : ownStateFrom(state);
    },
  };
}
