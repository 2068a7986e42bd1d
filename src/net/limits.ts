/** What one fetch may take (threat model, section 1). */
export interface FetchLimits {
  readonly maxUrlLength: number;
  /** Asking the name servers. */
  readonly resolveMilliseconds: number;
  /** Connection and TLS handshake, all addresses tried together. */
  readonly connectMilliseconds: number;
  /** The whole, redirects and body included. */
  readonly totalMilliseconds: number;
  /** Status line and headers. */
  readonly maxHeaderBytes: number;
}

/** How often the house may ask at all, so that it amplifies no attack (S10). */
export interface FetchBudgets {
  /** Requests sent for one verification, redirects included. */
  readonly perVerification: number;
  /** Requests under way at once. */
  readonly concurrent: number;
  /** Of these, to one address: a few slow servers must not take all places. */
  readonly concurrentPerAddress: number;
  /** Requests to one host at once, and how many more each second. */
  readonly hostBurst: number;
  readonly hostPerSecond: number;
  /** The same for one address, which several hosts may share (an IPv6 network of 64 bits counts as one). */
  readonly addressBurst: number;
  readonly addressPerSecond: number;
  /** Hosts, and addresses, remembered for these rates. */
  readonly maxRemembered: number;
  /** How long a failure is believed. */
  readonly negativeSeconds: number;
  /** How long a document is believed that does not say how long it may be. */
  readonly defaultSeconds: number;
  /** The longest a document is believed, whatever it says: the delay of a revocation. */
  readonly maxSeconds: number;
  readonly maxCachedAnswers: number;
  readonly maxCachedBytes: number;
}

export const FETCH_LIMITS: FetchLimits = {
  maxUrlLength: 8 * 1024,
  resolveMilliseconds: 2_000,
  connectMilliseconds: 2_000,
  totalMilliseconds: 5_000,
  maxHeaderBytes: 16 * 1024,
};

export const FETCH_BUDGETS: FetchBudgets = {
  perVerification: 8,
  concurrent: 64,
  concurrentPerAddress: 16,
  hostBurst: 20,
  hostPerSecond: 1,
  addressBurst: 60,
  addressPerSecond: 5,
  maxRemembered: 10_000,
  negativeSeconds: 30,
  defaultSeconds: 60,
  maxSeconds: 300,
  maxCachedAnswers: 512,
  maxCachedBytes: 32 * 1024 * 1024,
};
