import { listProofs } from '../../proof/read-proof.js';
import type { Check } from '../examination.js';
import { fail, skipped } from '../finding.js';
import { verifyIssuerJwt } from '../issuer-jwt.js';
import { verifyIssuerProofs } from '../issuer-proofs.js';

/**
 * The issuer's proofs hold over the document exactly as received; of a VC-JWT, the signature around it.
 * @see https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains
 */
export const proofCheck: Check = {
  id: 'proof',
  needs: ['parse', 'context'],
  async run(examination) {
    const { document, issuer, vcJwt, proofs, signingDocument, now } = examination;
    if (vcJwt !== undefined) return verifyIssuerJwt(vcJwt, { controller: await signingDocument(), now });
    if (issuer !== undefined) {
      const controller = await signingDocument();
      return verifyIssuerProofs(document, { issuer, proofs: proofs(), controller, means: examination });
    }
    return listProofs(document).length === 0
      ? [fail('no-proof', null)]
      : [skipped('precondition-failed', null, { check: 'issuer' })];
  },
};
