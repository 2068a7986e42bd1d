/** What these tests use of the libraries holders sign with. They ship no types. */

declare module '@digitalbazaar/ed25519-multikey' {
  export interface Ed25519KeyPair {
    id: string;
    controller: string;
    readonly publicKeyMultibase: string;
    signer(): { id: string; algorithm: string; sign(request: { data: Uint8Array }): Promise<Uint8Array> };
  }
  export function generate(): Promise<Ed25519KeyPair>;
}

declare module '@digitalbazaar/vc' {
  export function signPresentation(options: {
    readonly presentation: object;
    readonly suite: object;
    readonly documentLoader: (url: string) => Promise<{
      readonly contextUrl: string | null;
      readonly documentUrl: string;
      readonly document: object;
    }>;
    readonly challenge: string;
    readonly domain?: string;
  }): Promise<object>;
}
