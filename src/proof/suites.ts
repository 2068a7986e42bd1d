/**
 * The proofs Sceau makes and checks (decision 3 of the architecture): what Open Badges certification asks today, and
 * what older verifiers and learner wallets expect.
 */
export const PROOF_SUITES = ['eddsa-rdfc-2022', 'Ed25519Signature2020'] as const;
export type ProofSuite = (typeof PROOF_SUITES)[number];
