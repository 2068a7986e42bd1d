/** What tests use of the libraries that make the badges of others. They ship no types. */

declare module '@digitalbazaar/ecdsa-multikey' {
  export interface EcdsaKeyPair {
    readonly publicKeyMultibase: string;
    signer(): { id: string; algorithm: string; sign(request: { data: Uint8Array }): Promise<Uint8Array> };
  }
  export function generate(options: {
    readonly curve: 'P-256' | 'P-384';
    readonly id?: string;
    readonly controller?: string;
  }): Promise<EcdsaKeyPair & { id: string; controller: string }>;
}

declare module '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite' {
  import type { Cryptosuite } from '@digitalbazaar/data-integrity';
  export const cryptosuite: Cryptosuite;
}

declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  import type { Cryptosuite } from '@digitalbazaar/data-integrity';
  export function createSignCryptosuite(): Cryptosuite;
  export function createVerifyCryptosuite(): Cryptosuite & {
    createVerifyData(options: {
      readonly cryptosuite: Cryptosuite;
      readonly document: object;
      readonly proof: object;
    }): Promise<Uint8Array>;
  };
}

declare module '@digitalbazaar/ecdsa-sd-2023-cryptosuite' {
  import type { Cryptosuite } from '@digitalbazaar/data-integrity';
  export function createSignCryptosuite(options: { readonly mandatoryPointers: readonly string[] }): Cryptosuite;
  export function createDiscloseCryptosuite(options: { readonly selectivePointers: readonly string[] }): Cryptosuite;
}

declare module '@digitalbazaar/vc' {
  export function derive(options: {
    readonly verifiableCredential: object;
    readonly suite: object;
    readonly documentLoader: (url: string) => Promise<{
      readonly contextUrl: string | null;
      readonly documentUrl: string;
      readonly document: object;
    }>;
  }): Promise<{ readonly [member: string]: unknown }>;
}
