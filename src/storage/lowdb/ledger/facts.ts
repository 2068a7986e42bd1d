import type { CredentialEntry, HaltEntry, KeyEntry, SessionEntry, StatusPurpose } from '../../../ports/ledger.js';

export interface OpenedList {
  readonly list: string;
  readonly issuer: string;
  readonly purpose: StatusPurpose;
  readonly length: number;
  readonly closed: boolean;
}

/** What the rules ask of the ledger: of what is durable, or of that and the entries before in the same group. */
export interface LedgerFacts {
  credential(id: string): CredentialEntry | undefined;
  /** Every credential of a ref, voided ones too; the newest last. */
  credentialsOfRef(issuer: string, ref: string): readonly string[];
  /** Did an erasure name this ref? */
  isRefErased(issuer: string, ref: string): boolean;
  list(id: string): OpenedList | undefined;
  isIndexUsed(list: string, index: number): boolean;
  key(issuer: string, publicKeyMultibase: string): KeyEntry | undefined;
  halt(): HaltEntry | undefined;
  session(id: string): SessionEntry | undefined;
  sessionOfDigest(issuer: string, digest: string): string | undefined;
  isJudged(session: string, row: number): boolean;
  /** Did a restore begin a strand of this name? */
  isStrand(name: string): boolean;
}

/** What an event changes, worked out once and then taken by the draft and, when durable, by the index. */
export type LedgerChange =
  | { readonly kind: 'credential'; readonly entry: CredentialEntry }
  | { readonly kind: 'list'; readonly list: OpenedList }
  | { readonly kind: 'key'; readonly entry: KeyEntry }
  /** Undefined when signing goes on again. */
  | { readonly kind: 'halt'; readonly entry: HaltEntry | undefined }
  | { readonly kind: 'session'; readonly entry: SessionEntry }
  | { readonly kind: 'row'; readonly session: string; readonly row: number }
  | { readonly kind: 'strand'; readonly strand: string }
  | {
      readonly kind: 'erasure';
      readonly issuer: string;
      readonly refs: readonly string[];
      readonly entries: readonly CredentialEntry[];
    };
