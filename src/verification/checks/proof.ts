import { listProofs } from '../../proof/read-proof.js';
import type { Check } from '../examination.js';
import { fail, skipped } from '../finding.js';
import { verifyIssuerProofs } from '../issuer-proofs.js';

/**
 * The issuer's proofs hold over the document exactly as received.
 * @see https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains
 */
export const proofCheck: Check = {
  id: 'proof',
  needs: ['parse', 'context'],
  async run(examination) {
    const { document, issuer, controllerDocument } = examination;
    if (issuer !== undefined) {
      return verifyIssuerProofs(document, { issuer, controller: await controllerDocument(), means: examination });
    }
    return listProofs(document).length === 0
      ? [fail('no-proof', null)]
      : [skipped('precondition-failed', null, { check: 'issuer' })];
  },
};
