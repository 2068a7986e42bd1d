import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { DomainError } from '../ports/error.js';
import { isJsonObject, type JsonObject } from '../ports/json.js';
import type { Signer, SigningKey } from '../ports/signer.js';
import { formatInstant, type Instant } from '../text/instant.js';
import { type Canonize, canonize } from './canonize.js';
import { CREDENTIALS_V2, DATA_INTEGRITY_V2, ED25519_SIGNATURE_2020_V1 } from './context-urls.js';
import { createDocumentLoader } from './document-loader.js';
import { type BegunProof, type EddsaProofs, finishProof } from './eddsa-proofs.js';
import type { PinnedContexts } from './pinned-contexts.js';
import type { ProofSuite } from './suites.js';

export type { ProofSuite };

export interface AddProofsRequest {
  /** Without `proof`; its `@context` defines the suites already. */
  readonly credential: JsonObject;
  /** At least one, each once; the proofs stand in this order. */
  readonly suites: readonly ProofSuite[];
  /** An Ed25519 key: one Multikey verification method serves both suites. */
  readonly key: SigningKey;
  readonly signer: Signer;
  readonly contexts: PinnedContexts;
  /** Written to the second, in UTC. */
  readonly created: Instant;
  /** Default: in this thread, which is for documents the house itself has written. */
  readonly canonize?: Canonize;
  /** Makes the proofs of documents the compiled path knows. Default: all go through the library. */
  readonly eddsa?: EddsaProofs;
}

export type SignedDocument = JsonObject & { readonly proof: readonly JsonObject[] };

/**
 * Signs a credential with a proof *set*: every proof covers the credential and itself, none covers another. The
 * document is canonicalised once for all of them. What the compiled path does not know goes through
 * `@digitalbazaar/vc`, which gives the same proofs and alone refuses.
 * @returns a new object: the credential's own members, then `proof`, always an array.
 * @throws {UnsignableCredentialError} when a suite cannot be applied to this document or key; nothing is filled in.
 * @throws {UnsafeDocumentError} {@link ContextNotPinnedError} {@link DocumentTooComplexError} {@link SignerError}
 * @see https://www.w3.org/TR/vc-data-integrity/#proof-sets
 */
export async function addProofs(request: AddProofsRequest): Promise<SignedDocument> {
  assertSignable(request);
  const begun = beginProofs(request);
  const proof = begun === undefined ? await proofsOfLibrary(request) : await signBegun(begun, request);
  return { ...request.credential, proof };
}

/**
 * The proofs of a document up to their signatures, where the compiled path knows it.
 * @param known the hash of the document, where it was made before; see {@link EddsaProofs.hash}.
 * @returns undefined for a document that the library has to sign, or to refuse.
 */
export function beginProofs(
  { credential, suites, key, created, eddsa }: Omit<AddProofsRequest, 'signer' | 'contexts' | 'canonize'>,
  known?: string,
): readonly BegunProof[] | undefined {
  const canonical = known === undefined ? eddsa?.canonical(credential) : undefined;
  const hash = canonical === undefined ? known : eddsa?.hash(credential, canonical);
  if (hash === undefined) return undefined;
  const { verificationMethod } = key;
  return eddsa?.begin(hash, { suites, context: credential['@context'], verificationMethod, created });
}

/** Signs every proof of the set in one call. */
async function signBegun(
  begun: readonly BegunProof[],
  { key, signer }: Pick<AddProofsRequest, 'key' | 'signer'>,
): Promise<JsonObject[]> {
  const messages = begun.map(({ hashData }) => hashData);
  const signatures = await signer.sign({ verificationMethod: key.verificationMethod, messages });
  return begun.map((each, number) => finishProof(each, signatureAt(signatures, number)));
}

/** @throws {UnsignableCredentialError} when the signer gave fewer signatures than it was asked for. */
export function signatureAt(signatures: readonly Uint8Array[], number: number): Uint8Array {
  const signature = signatures[number];
  if (signature === undefined) throw new UnsignableCredentialError('key', 'the signer gave no signature');
  return signature;
}

async function proofsOfLibrary(request: AddProofsRequest): Promise<JsonObject[]> {
  const { credential, suites, contexts } = request;
  const canonizeOnce = rememberByText(request.canonize ?? ((document) => canonize(document, { contexts })));
  const unsigned = JSON.stringify(credential);
  const proof: JsonObject[] = [];
  for (const suite of suites) {
    const { proof: made, ...document } = await issueWith(createSuite(suite, request, canonizeOnce), request);
    // The library completes what it is given (a context, a date): a proof over that would not fit our document.
    if (!isJsonObject(made) || JSON.stringify(document) !== unsigned) {
      throw new UnsignableCredentialError('changed-by-library', `${suite} would sign something else than it was given`);
    }
    proof.push(made);
  }
  return proof;
}

async function issueWith(suite: object, { credential, contexts, created }: AddProofsRequest): Promise<JsonObject> {
  try {
    const signed: unknown = await issue({
      // `issue` appends to the very object it is given.
      credential: structuredClone(credential),
      suite,
      documentLoader: createDocumentLoader(contexts),
      now: formatInstant(created),
    });
    if (isJsonObject(signed)) return signed;
    throw new TypeError('the library returned no document');
  } catch (error) {
    if (error instanceof DomainError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new UnsignableCredentialError('refused-by-library', detail, { cause: error });
  }
}

/** @throws {UnsignableCredentialError} for what no path signs. */
export function assertSignable({
  credential,
  suites,
  key,
}: Pick<AddProofsRequest, 'credential' | 'suites' | 'key'>): void {
  if (suites.length === 0 || new Set(suites).size < suites.length) {
    throw new UnsignableCredentialError('suites', 'ask for at least one suite, each once');
  }
  if (key.algorithm !== 'Ed25519') {
    throw new UnsignableCredentialError('key', `${key.verificationMethod} is no Ed25519 key`);
  }
  if ('proof' in credential) {
    throw new UnsignableCredentialError('has-proof', 'the credential carries a proof already');
  }
  const context = credential['@context'];
  const urls = Array.isArray(context) ? context : [context];
  for (const suite of suites) {
    const [needed, ...alternatives] =
      suite === 'Ed25519Signature2020' ? [ED25519_SIGNATURE_2020_V1] : [CREDENTIALS_V2, DATA_INTEGRITY_V2];
    if (![needed, ...alternatives].some((url) => urls.includes(url))) {
      throw new UnsignableCredentialError('missing-context', `${suite} needs ${needed} in @context before signing`);
    }
  }
}

type SuiteCanonize = (document: object) => Promise<string>;

function createSuite(
  suite: ProofSuite,
  { key, signer, created }: AddProofsRequest,
  canonizeOnce: SuiteCanonize,
): object {
  const date = formatInstant(created);
  const adapter = {
    id: key.verificationMethod,
    algorithm: key.algorithm,
    async sign({ data }: { data: Uint8Array }): Promise<Uint8Array> {
      return signatureAt(await signer.sign({ verificationMethod: key.verificationMethod, messages: [data] }), 0);
    },
  };
  if (suite === 'eddsa-rdfc-2022') {
    return new DataIntegrityProof({ signer: adapter, date, cryptosuite: { ...cryptosuite, canonize: canonizeOnce } });
  }
  const legacy = new Ed25519Signature2020({ signer: adapter, date });
  legacy.canonize = canonizeOnce;
  return legacy;
}

/** Both suites canonicalise the same document: the same text has the same canonical form. */
function rememberByText(compute: Canonize): SuiteCanonize {
  const known = new Map<string, Promise<string>>();
  return (document) => {
    if (!isJsonObject(document)) throw new TypeError('only JSON objects are canonicalised');
    const text = JSON.stringify(document);
    const canonical = known.get(text) ?? compute(document);
    known.set(text, canonical);
    return canonical;
  };
}

/** The credential cannot be signed as asked: a mistake in the document or the call, not in the key store. */
export class UnsignableCredentialError extends DomainError {
  override readonly code = 'unsignable-credential';
  readonly reason: 'suites' | 'key' | 'has-proof' | 'missing-context' | 'changed-by-library' | 'refused-by-library';

  constructor(reason: UnsignableCredentialError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
