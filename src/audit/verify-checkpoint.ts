import type { IssuingCore } from '../issuing/context.js';
import type { Json } from '../ports/json.js';
import type { KeyEntry } from '../ports/ledger.js';
import { createProofVerifier } from '../proof/verify-proof.js';
import { parseInstant } from '../text/instant.js';
import type { ReadCheckpoint } from './checkpoint.js';

/**
 * `holds`: every proof is by a key of ours and fits. `broken`: it was altered, or nobody signed it. `unknown-key`: the
 * ledger knows no such key of that issuer: another house's, or the ledger is older than the key. `doubted-key`: signed
 * when somebody else may have had the key.
 */
export type CheckpointSignature = 'holds' | 'broken' | 'unknown-key' | 'doubted-key';

/**
 * Do the proofs of a checkpoint hold, by keys the ledger knows, or that this machine signs with: of a ledger put back
 * from an older copy, the newest key may be the one it does not know? Every proof must.
 */
export async function verifyCheckpoint(
  context: IssuingCore,
  { checkpoint, document }: ReadCheckpoint,
): Promise<CheckpointSignature> {
  const { contexts, crypto, clock } = context;
  const verifier = createProofVerifier(document, { contexts, crypto, at: clock.now() });
  const at = parseInstant(checkpoint.at) ?? Number.POSITIVE_INFINITY;
  for (const proof of checkpoint.proof) {
    const key = await keyOf(context, checkpoint.issuers, proof['verificationMethod']);
    if (key === undefined) return 'unknown-key';
    if (!(await verifier.verify(proof, key.publicKeyMultibase)).ok) return 'broken';
    if (key.compromisedSince !== undefined && key.compromisedSince <= at) return 'doubted-key';
  }
  return checkpoint.proof.length > 0 ? 'holds' : 'broken';
}

async function keyOf(
  { store, signer }: IssuingCore,
  issuers: ReadCheckpoint['checkpoint']['issuers'],
  verificationMethod: Json | undefined,
): Promise<Pick<KeyEntry, 'publicKeyMultibase' | 'compromisedSince'> | undefined> {
  if (typeof verificationMethod !== 'string') return undefined;
  const [did, publicKeyMultibase = ''] = verificationMethod.split('#');
  const issuer = issuers.find((candidate) => candidate.did === did);
  if (issuer === undefined) return undefined;
  const known = (await store.ledger.keys(issuer.slug)).find((key) => key.publicKeyMultibase === publicKeyMultibase);
  return known ?? ((await signer.canSign(verificationMethod)) ? { publicKeyMultibase } : undefined);
}
