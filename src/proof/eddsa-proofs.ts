import { _checkCredential as checkAsLibrary } from '@digitalbazaar/vc';
import { hex } from '@scure/base';
import type { Json, JsonObject } from '../ports/json.js';
import { formatInstant, type Instant } from '../text/instant.js';
import type { CompiledCanonize } from './compiled/compiled-canonize.js';
import { CREDENTIALS_V2 } from './context-urls.js';
import { encodeBase58Multibase } from './multibase.js';
import type { ProofSuite } from './suites.js';

/** Sets of proof options whose hash is kept: those of a batch differ only in the second they were made in. */
const KEPT_HASHES = 64;

/** A proof up to its signature. */
export interface BegunProof {
  /** The proof options, as they stand in the finished proof. */
  readonly options: JsonObject;
  /** What is signed: 64 bytes. */
  readonly hashData: Uint8Array;
}

/** What sets the options of one proof apart. */
export interface ProofConfiguration {
  readonly suites: readonly ProofSuite[];
  /** `@context` of the document. */
  readonly context: Json | undefined;
  readonly verificationMethod: string;
  readonly created: Instant;
}

/**
 * Makes the proofs of documents whose canonical form the compiled path knows, as the libraries make them: the same
 * members in the same order, the same bytes signed. One canonical document serves every proof of a set.
 * @see https://www.w3.org/TR/vc-di-eddsa/#create-proof-eddsa-rdfc-2022
 * @see https://www.w3.org/TR/vc-di-eddsa/#ed25519signature2020-0
 */
export interface EddsaProofs {
  /** The canonical form of a document; undefined where another path has to answer, or refuse. */
  canonical(document: JsonObject): string | undefined;
  /**
   * The hash of a document's canonical form, in hexadecimal.
   * @returns undefined for a document the library would not sign as it stands: then it has to say why.
   * @see https://www.w3.org/TR/vc-di-eddsa/#hashing-eddsa-rdfc-2022
   */
  hash(document: JsonObject, canonical: string): string | undefined;
  /** @returns the proofs in the order of the suites; undefined where the compiled path does not know their options. */
  begin(documentHash: string, configuration: ProofConfiguration): readonly BegunProof[] | undefined;
}

/**
 * @param parts.compile canonical form of a small document, see `compileSmall`; what it throws, the library path throws.
 * @param parts.sha256 of a text in UTF-8, as lower-case hexadecimal.
 */
export function createEddsaProofs({
  compile,
  sha256,
}: {
  readonly compile: CompiledCanonize;
  readonly sha256: (text: string) => string;
}): EddsaProofs {
  const optionHashes = new Map<string, string | undefined>();

  function canonical(document: JsonObject): string | undefined {
    try {
      return compile(document);
    } catch {
      return undefined;
    }
  }

  /** The hash of the canonical proof configuration: proof options read through the document's context. */
  function hashOptions(options: JsonObject, context: Json | undefined): string | undefined {
    const configuration = { '@context': context ?? null, ...options };
    const key = JSON.stringify(configuration);
    if (optionHashes.has(key)) return optionHashes.get(key);
    const text = canonical(configuration);
    const hash = text === undefined ? undefined : sha256(text);
    const [oldest] = optionHashes.keys();
    if (optionHashes.size >= KEPT_HASHES && oldest !== undefined) optionHashes.delete(oldest);
    optionHashes.set(key, hash);
    return hash;
  }

  return {
    canonical,
    hash: (document, text) => (isSignedByLibrary(document) ? sha256(text) : undefined),
    begin(documentHash, { suites, context, verificationMethod, created }) {
      const begun: BegunProof[] = [];
      for (const suite of suites) {
        const options = proofOptions(suite, { verificationMethod, created });
        const optionsHash = hashOptions(options, context);
        if (optionsHash === undefined) return undefined;
        // Proof configuration first, then the document.
        begun.push({ options, hashData: hex.decode(optionsHash + documentHash) });
      }
      return begun;
    },
  };
}

/** A begun proof with its signature of 64 bytes. */
export function finishProof({ options }: BegunProof, signature: Uint8Array): JsonObject {
  return { ...options, proofValue: encodeBase58Multibase(signature) };
}

/** @see https://www.w3.org/TR/vc-di-eddsa/#proof-configuration-eddsa-rdfc-2022 */
function proofOptions(
  suite: ProofSuite,
  { verificationMethod, created }: Pick<ProofConfiguration, 'verificationMethod' | 'created'>,
): JsonObject {
  const date = formatInstant(created);
  const proofPurpose = 'assertionMethod';
  switch (suite) {
    case 'eddsa-rdfc-2022':
      return { type: 'DataIntegrityProof', created: date, verificationMethod, cryptosuite: suite, proofPurpose };
    case 'Ed25519Signature2020':
      return { type: suite, created: date, verificationMethod, proofPurpose };
  }
}

/** Would `vc.issue` sign this document without completing it first? Of VCDM 1.1 it may fill in a date. */
function isSignedByLibrary(document: JsonObject): boolean {
  const context = document['@context'];
  if (!Array.isArray(context) || context[0] !== CREDENTIALS_V2) return false;
  try {
    checkAsLibrary({ credential: document, mode: 'issue' });
    return true;
  } catch {
    return false;
  }
}
