/** What verification takes in before it says "too complex" (threat model, section 1). Lower them in this file only. */
export const LIMITS = {
  /** Of JSON or a compact JWS. */
  maxBytes: 2 * 1024 * 1024,
  /** Of a picture with a badge baked in. */
  maxImageBytes: 5 * 1024 * 1024,
  maxDepth: 64,
  maxNodes: 20_000,
  maxContexts: 16,
  maxProofs: 10,
  maxStatusEntries: 10,
  /** In one presentation. */
  maxPresentedCredentials: 20,
  /** Endorsements checked; the rest are said to be unchecked. */
  maxEndorsements: 10,
  maxVerificationMethods: 1_000,
  maxInflatedStatusBytes: 16 * 1024 * 1024,
  /** Files compared with their signed digest; the rest are said to be not read. */
  maxEvidenceFiles: 32,
  /** Of a badge's results, each told with its description, in characters: what a report may repeat. */
  maxShownResultsLength: 1024 * 1024,
  /** Problems named in one report. */
  maxProblems: 20,
  /** Clocks may differ by this much. */
  clockSkewMilliseconds: 300_000,
} as const;
