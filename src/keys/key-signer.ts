import { sign } from 'node:crypto';
import { type Signer, SignerError } from '../ports/signer.js';
import type { KeyPair } from './key-pair.js';

/**
 * The Signer port over keys in memory, kept as key objects so that a signature costs no parsing.
 * @param find the key whose public half is the fragment of a verification method; throws when it is there but unusable.
 */
export function createKeySigner(
  find: (publicKeyMultibase: string) => KeyPair | undefined | Promise<KeyPair | undefined>,
): Signer {
  async function findKey(verificationMethod: string): Promise<KeyPair> {
    const [, publicKeyMultibase] = /^did:[^#]+#(z[1-9A-HJ-NP-Za-km-z]+)$/.exec(verificationMethod) ?? [];
    let key: KeyPair | undefined;
    try {
      key = publicKeyMultibase === undefined ? undefined : await find(publicKeyMultibase);
    } catch (cause) {
      throw new SignerError(verificationMethod, `the private half of ${verificationMethod} cannot be used`, { cause });
    }
    if (key === undefined) {
      throw new SignerError(verificationMethod, `no private half of ${verificationMethod} is kept here`);
    }
    return key;
  }

  return {
    async sign({ verificationMethod, messages }) {
      const key = await findKey(verificationMethod);
      return messages.map((message) => signMessage(key, message));
    },
    async canSign(verificationMethod) {
      try {
        await findKey(verificationMethod);
        return true;
      } catch (error) {
        if (error instanceof SignerError) return false;
        throw error;
      }
    },
  };
}

function signMessage({ algorithm, privateKey }: KeyPair, message: Uint8Array): Uint8Array {
  const signature =
    algorithm === 'Ed25519'
      ? sign(null, message, privateKey)
      : sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return new Uint8Array(signature);
}
