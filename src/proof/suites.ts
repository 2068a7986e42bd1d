import type { MultikeyAlgorithm } from './multikey.js';

/**
 * The proofs Sceau makes (decision 3 of the architecture): what Open Badges certification asks today, and what older
 * verifiers and learner wallets expect.
 */
export const PROOF_SUITES = ['eddsa-rdfc-2022', 'Ed25519Signature2020'] as const;
export type ProofSuite = (typeof PROOF_SUITES)[number];

/** The proofs Sceau checks: its own kinds, and those of others. */
export const VERIFIED_SUITES = [...PROOF_SUITES, 'eddsa-jcs-2022', 'ecdsa-rdfc-2019', 'ecdsa-sd-2023'] as const;
export type VerifiedSuite = (typeof VERIFIED_SUITES)[number];

/** What sets one suite apart from another. */
export interface SuiteTraits {
  /** How the document becomes bytes: as RDF (RDFC-1.0), as JSON (RFC 8785), or as RDF of which parts are revealed. */
  readonly form: 'rdfc' | 'jcs' | 'selective';
  /** The keys it signs with: no other is looked at. */
  readonly keys: readonly MultikeyAlgorithm[];
}

export const SUITE_TRAITS: Readonly<Record<VerifiedSuite, SuiteTraits>> = {
  'eddsa-rdfc-2022': { form: 'rdfc', keys: ['Ed25519'] },
  Ed25519Signature2020: { form: 'rdfc', keys: ['Ed25519'] },
  'eddsa-jcs-2022': { form: 'jcs', keys: ['Ed25519'] },
  'ecdsa-rdfc-2019': { form: 'rdfc', keys: ['ES256', 'ES384'] },
  'ecdsa-sd-2023': { form: 'selective', keys: ['ES256'] },
};
