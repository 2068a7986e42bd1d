/** What Sceau uses of jsonld 9, which ships no types. */
declare module 'jsonld' {
  export interface RemoteDocument {
    readonly contextUrl: string | null;
    readonly documentUrl: string;
    readonly document: object;
    readonly tag?: 'static';
  }
  export type DocumentLoader = (url: string) => Promise<RemoteDocument>;

  export interface CanonizeOptions {
    readonly base: null;
    readonly safe: true;
    readonly rdfDirection: 'i18n-datatype';
    readonly documentLoader: DocumentLoader;
    readonly canonizeOptions: {
      readonly algorithm: 'RDFC-1.0';
      readonly format: 'application/n-quads';
      readonly maxWorkFactor: number;
      readonly signal: AbortSignal | null;
    };
  }

  /** Errors of the library: `name` says the kind, `details` what it was about. */
  export interface JsonLdError extends Error {
    readonly details: Readonly<Record<string, unknown>>;
  }

  const jsonld: {
    canonize(input: object, options: CanonizeOptions): Promise<string>;
  };
  export default jsonld;
}
