/** What Sceau uses of the signing libraries, which ship no types. */

declare module '@digitalbazaar/data-integrity' {
  export interface Cryptosuite {
    readonly name: string;
    readonly requiredAlgorithm: string;
    readonly canonize: (input: object, options?: object) => Promise<string>;
    readonly createVerifier: (options: { readonly verificationMethod: object }) => Promise<object>;
  }
  export class DataIntegrityProof {
    constructor(options: {
      readonly signer?: { id: string; algorithm: string; sign(request: { data: Uint8Array }): Promise<Uint8Array> };
      readonly date?: string;
      readonly cryptosuite: Cryptosuite;
      readonly legacyContext?: boolean;
    });
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  import type { Cryptosuite } from '@digitalbazaar/data-integrity';
  export const cryptosuite: Cryptosuite;
}

declare module '@digitalbazaar/ed25519-signature-2020' {
  export class Ed25519Signature2020 {
    constructor(options?: {
      readonly signer?: { id: string; sign(request: { data: Uint8Array }): Promise<Uint8Array> };
      readonly date?: string;
    });
    canonize(input: object, options?: object): Promise<string>;
  }
}

declare module '@digitalbazaar/vc' {
  import type { DocumentLoader } from 'jsonld';

  /** Mutates `credential`: appends a missing suite context, and the proof. */
  export function issue(options: {
    readonly credential: object;
    readonly suite: object;
    readonly documentLoader: DocumentLoader;
    readonly now?: string;
  }): Promise<{ readonly [member: string]: unknown }>;

  /** What `issue` looks at before it signs. @throws {Error} where it would refuse. */
  export function _checkCredential(options: { readonly credential: object; readonly mode: 'issue' }): void;

  export function verifyCredential(options: {
    readonly credential: object;
    readonly suite: object | readonly object[];
    readonly documentLoader: (url: string) => Promise<{
      readonly contextUrl: string | null;
      readonly documentUrl: string;
      readonly document: object;
    }>;
    readonly now?: string;
    readonly checkStatus?: () => Promise<{ readonly verified: boolean }>;
  }): Promise<{ readonly verified: boolean; readonly error?: Error; readonly results?: readonly object[] }>;
}
