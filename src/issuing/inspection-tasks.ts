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

/** A chunk to verify, with all that verification may ask the house for. */
export interface ChunkToVerify {
  readonly documents: readonly Inspected[];
  readonly now: Instant;
  /** Controller documents by DID. */
  readonly controllers: Readonly<Record<string, Resolution<JsonObject>>>;
  /** Status list credentials by URL. */
  readonly lists: Readonly<Record<string, Resolution<SecuredDocument>>>;
  /** The ledger's word on each document, in their order; null on one that is not ours. */
  readonly ownStates: readonly (OwnStateRecord | null)[];
}

/**
 * The jobs of looking at a chunk, of which each goes in and comes out as JSON text. Null stands for a document that is to be
 * looked at where it came from: the library has to canonicalise it, in bounded time, something it points to is missing, or
 * looking at it failed here.
 */
export type InspectionTasks = {
  readonly lint: (documents: string) => Promise<string>;
  readonly verify: (chunk: string) => Promise<string>;
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
    async lint(text) {
      const documents = fromJson<Inspected[]>(JSON.parse(text));
      return answer(documents, (each): Promise<Linted> => lintHere({ contexts, canonize, eddsa }, each));
    },
    async verify(text) {
      const { documents, ...given } = fromJson<ChunkToVerify>(JSON.parse(text));
      const means = withinChunk({
        contexts,
        crypto,
        canonize,
        createVerifier: createProofVerifier,
        resolver: givenResolver(given, documents),
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
async function answer(
  documents: readonly Inspected[],
  look: (document: Inspected) => Promise<unknown>,
): Promise<string> {
  const answers: unknown[] = [];
  for (const each of documents) {
    const looked = await attempt(() => look(each));
    // Whatever went wrong with one is found, and told of it alone, where it is looked at again.
    answers.push(looked.ok ? looked.value : null);
  }
  return JSON.stringify(answers);
}

/** Answers from what was given, as the house's own resolver would. */
function givenResolver(
  { controllers, lists, ownStates }: Omit<ChunkToVerify, 'documents'>,
  documents: readonly Inspected[],
): Resolver {
  const states = new Map(documents.map(({ document }, number) => [document['id'], ownStates[number] ?? null]));
  return {
    controllerDocument: async (did) => controllers[did] ?? elsewhere(),
    statusList: async (url) => lists[url] ?? elsewhere(),
    evidence: async () => ({ outcome: 'refused', detail: 'not-held-here' }),
    async ownState(id) {
      const state = states.get(id);
      if (state === undefined) return elsewhere();
      return state === null ? undefined : ownStateFrom(state);
    },
  };
}
