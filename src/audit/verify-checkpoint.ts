import type { IssuingCore } from '../issuing/context.js';
import { listIssuers } from '../issuing/issuers.js';
import type { Json } from '../ports/json.js';
import type { KeyEntry } from '../ports/ledger.js';
import { createProofVerifier } from '../proof/verify-proof.js';
import type { Checkpoint, ReadCheckpoint } from './checkpoint.js';

/**
 * `holds`: every issuer it names has signed it with a key of its own, and every proof fits. `broken`: it was altered,
 * nobody signed it, or it speaks for an issuer that did not sign. `unknown-key`: the ledger knows no such key of that
 * issuer: another house's, or the ledger is older than the key. `doubted-key`: it fits, but one of the keys is known as
 * compromised; since when says nothing of it, as whoever has the key writes any date.
 */
export type CheckpointSignature = 'holds' | 'broken' | 'unknown-key' | 'doubted-key';

/**
 * Do the proofs of a checkpoint hold, by keys the ledger knows, or that this machine signs with: of a ledger put back
 * from an older copy, the newest key may be the one it does not know? What the checkpoint says of issuers is held
 * against the ledger's own, never believed.
 */
export async function verifyCheckpoint(
  context: IssuingCore,
  { checkpoint, document }: ReadCheckpoint,
): Promise<CheckpointSignature> {
  const { contexts, crypto, clock } = context;
  const known = await knownIssuers(context);
  if (!checkpoint.issuers.every((stated) => agrees(stated, known))) return 'unknown-key';
  const verifier = createProofVerifier(document, { contexts, crypto, at: clock.now() });
  const signed = new Set<string>();
  let doubted = false;
  for (const proof of checkpoint.proof) {
    const method = readMethod(proof['verificationMethod']);
    const stated = checkpoint.issuers.some(({ did }) => did === method?.did);
    const key = method === undefined || !stated ? undefined : await keyOf(context, known, method);
    if (method === undefined || key === undefined) return 'unknown-key';
    if (!(await verifier.verify(proof, key.publicKeyMultibase)).ok) return 'broken';
    doubted ||= key.compromisedSince !== undefined;
    signed.add(method.did);
  }
  if (signed.size === 0 || !speaksForSignersOnly(checkpoint, signed)) return 'broken';
  return doubted ? 'doubted-key' : 'holds';
}

type StatedIssuer = Checkpoint['issuers'][number];

interface KnownIssuer extends StatedIssuer {
  readonly keys: readonly KeyEntry[];
}

async function knownIssuers(context: IssuingCore): Promise<readonly KnownIssuer[]> {
  const issuers = await listIssuers(context);
  return Promise.all(
    issuers.map(async ({ slug, did }) => ({ slug, did, keys: await context.store.ledger.keys(slug) })),
  );
}

/** An issuer the ledger knows by slug or DID is that one by both; one it does not know came after the copy. */
function agrees(stated: StatedIssuer, known: readonly KnownIssuer[]): boolean {
  return known.every(({ slug, did }) => (slug === stated.slug) === (did === stated.did));
}

function speaksForSignersOnly(
  { issuers, lists, erasures, keys = [] }: Checkpoint,
  signed: ReadonlySet<string>,
): boolean {
  const speakers = new Set(issuers.map(({ slug }) => slug));
  return (
    issuers.every(({ did }) => signed.has(did)) &&
    [...lists, ...erasures, ...keys].every((of) => speakers.has(of.issuer))
  );
}

interface Method {
  readonly id: string;
  readonly did: string;
  readonly publicKeyMultibase: string;
}

function readMethod(id: Json | undefined): Method | undefined {
  if (typeof id !== 'string') return undefined;
  const [did = '', publicKeyMultibase, ...more] = id.split('#');
  return publicKeyMultibase === undefined || more.length > 0 ? undefined : { id, did, publicKeyMultibase };
}

/** The signer is asked only of a key that no issuer's ledger knows: it does not know which were compromised. */
async function keyOf(
  { signer }: IssuingCore,
  issuers: readonly KnownIssuer[],
  { id, did, publicKeyMultibase }: Method,
): Promise<Pick<KeyEntry, 'publicKeyMultibase' | 'compromisedSince'> | undefined> {
  for (const issuer of issuers) {
    const key = issuer.keys.find((candidate) => candidate.publicKeyMultibase === publicKeyMultibase);
    if (key !== undefined) return issuer.did === did ? key : undefined;
  }
  return (await signer.canSign(id)) ? { publicKeyMultibase } : undefined;
}
