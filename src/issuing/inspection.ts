import type { JsonObject } from '../ports/json.js';
import type { VerificationMeans } from '../verification/examination.js';
import { type LintProblem, lintCredential } from '../verification/lint-credential.js';
import type { CheckResult } from '../verification/report.js';
import { checkCredential } from '../verification/verify-credential.js';
import { withinChunk } from './chunk-means.js';
import type { IssuingContext } from './context.js';
import { attempt, type Outcome } from './outcome.js';
import { ACCEPTED, type Source } from './source.js';

/** Documents that are looked at, signed and stored together, at most. */
export const CHUNK = 256;

/** A document of a chunk, and where it comes from. */
export interface Inspected {
  readonly document: JsonObject;
  readonly source: Source;
}

/** A document before it is signed. */
export interface Linted {
  /** None: it may be signed. */
  readonly problems: readonly LintProblem[];
  /** Of its canonical form, see `EddsaProofs.hash`; undefined where the library has to sign it. */
  readonly hash: string | undefined;
}

/** A signed document: the lines of its report that are no pass. */
export type Verified = readonly CheckResult[];

/**
 * What is looked at before a document is signed and after it: most of the work of issuing. One document or a chunk of
 * them, in this thread or in others, with the same answers.
 */
export interface Inspection {
  /** How many chunks may be looked at at once. */
  readonly atOnce: number;
  lint(context: IssuingContext, documents: readonly Inspected[]): Promise<readonly Outcome<Linted>[]>;
  verify(context: IssuingContext, documents: readonly Inspected[]): Promise<readonly Outcome<Verified>[]>;
}

/** A short list is not cut into smaller chunks than this: each costs a commit or two. */
const SMALL_CHUNK = 64;

/**
 * How a list is worked through in chunks: while some are looked at, another waits for the disk or the signer.
 * @param count items of the list.
 */
export function chunksOf({ atOnce }: Inspection, count: number): { readonly size: number; readonly atOnce: number } {
  return { size: Math.min(CHUNK, Math.max(SMALL_CHUNK, Math.ceil(count / atOnce))), atOnce };
}

/** Looks in this thread, at one document after the other: whoever else has work gets a turn in between. */
export const inspectionHere: Inspection = {
  atOnce: 1,
  lint: (context, documents) => oneByOne(documents, (each) => lintHere(context, each)),
  verify(context, documents) {
    const means = documents.length > 1 ? withinChunk(context) : context;
    return oneByOne(documents, (each) => verifyHere(means, each));
  },
};

async function oneByOne<T>(
  documents: readonly Inspected[],
  look: (document: Inspected) => Promise<T>,
): Promise<Outcome<T>[]> {
  const outcomes: Outcome<T>[] = [];
  for (const [number, each] of documents.entries()) {
    if (number > 0) await new Promise((resolve) => setImmediate(resolve));
    outcomes.push(await attempt(() => look(each)));
  }
  return outcomes;
}

/** What looking at a document needs, in whatever thread. */
export type LintMeans = Pick<IssuingContext, 'contexts' | 'canonize' | 'eddsa'>;

/** One canonical form serves the look in safe mode and the signature. */
export async function lintHere(
  { contexts, canonize, eddsa }: LintMeans,
  { document, source }: Inspected,
): Promise<Linted> {
  const canonical = eddsa.canonical(document);
  const problems = await lintCredential(document, {
    contexts,
    canonize: canonical === undefined ? canonize : async () => canonical,
    accept: ACCEPTED[source],
  });
  return { problems, hash: canonical === undefined ? undefined : eddsa.hash(document, canonical) };
}

export type VerifyMeans = Pick<
  IssuingContext,
  'contexts' | 'canonize' | 'crypto' | 'createVerifier' | 'resolver' | 'clock'
> &
  Pick<VerificationMeans, 'openList'>;

/** Verifies a signed document as an outsider would, with our own documents. */
export async function verifyHere(means: VerifyMeans, { document, source }: Inspected): Promise<Verified> {
  const { contexts, crypto, createVerifier, resolver, clock, openList } = means;
  const checks = await checkCredential({
    input: document,
    contexts,
    crypto,
    createVerifier,
    resolver,
    accept: ACCEPTED[source],
    now: clock.now(),
    ...(openList === undefined ? {} : { openList }),
  });
  return checks.filter(({ state }) => state === 'fail' || state === 'unknown');
}
