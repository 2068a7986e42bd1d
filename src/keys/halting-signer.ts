import type { Signer } from '../ports/signer.js';

/**
 * A signer that asks first whether signing goes on, before each call: what it signs is held back by the emergency stop,
 * whoever asks for it.
 * @param assertSigning rejects while signing is halted.
 */
export function haltingSigner(signer: Signer, assertSigning: () => Promise<void>): Signer {
  return {
    async sign(request) {
      await assertSigning();
      return signer.sign(request);
    },
    canSign: (verificationMethod) => signer.canSign(verificationMethod),
  };
}
