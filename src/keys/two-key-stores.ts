import type { KeyStore } from '../ports/key-store.js';
import type { Signer } from '../ports/signer.js';
import type { KeyFolder } from './key-folder.js';

/**
 * A key service, with the key files of before: what has a file here is signed with it, and everything new is made in the
 * service. So a house moves by rotating its keys, and signs meanwhile.
 */
export function withKeyFiles(
  remote: { readonly signer: Signer } & KeyStore,
  folder: KeyFolder,
): { readonly signer: Signer } & KeyStore {
  const signerOf = (verificationMethod: string): Signer =>
    folder.holds(verificationMethod.split('#').at(-1) ?? '') ? folder.signer : remote.signer;
  return {
    create: (issuer, algorithm) => remote.create(issuer, algorithm),
    signer: {
      sign: (request) => signerOf(request.verificationMethod).sign(request),
      canSign: (verificationMethod) => signerOf(verificationMethod).canSign(verificationMethod),
    },
  };
}
