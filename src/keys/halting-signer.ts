import type { Signer } from '../ports/signer.js';

/**
 * A signer that asks whether signing goes on before each call, and again before it gives the signatures: what a slow key
 * service signed after the emergency stop was asked for is used by nobody.
 * @param assertSigning rejects while signing is halted.
 */
export function haltingSigner(signer: Signer, assertSigning: () => Promise<void>): Signer {
  return {
    async sign(request) {
      await assertSigning();
      const signatures = await signer.sign(request);
      await assertSigning();
      return signatures;
    },
    canSign: (verificationMethod) => signer.canSign(verificationMethod),
  };
}
