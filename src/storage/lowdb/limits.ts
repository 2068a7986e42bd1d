/** How large files may grow before the next one begins, and how much of them memory holds. */
export interface StoreLimits {
  /** JSON of documents that is kept in memory. UTF-16 units. */
  readonly cacheLength: number;
  /** The same of the log. */
  readonly logCacheLength: number;
  /** Most documents in one part of a partition. */
  readonly partDocuments: number;
  /** A part this long takes no further documents: an edit rewrites its part. UTF-16 units of JSON. */
  readonly partLength: number;
  /** Most rows of a log that one write rewrites. */
  readonly leafRows: number;
  /** A chain segment this long is followed by the next. */
  readonly chainBytes: number;
  /** A payload segment this long is followed by the next. */
  readonly payloadBytes: number;
  /** So many records beyond the index file are worth writing it anew. */
  readonly indexRecords: number;
}

export const DEFAULT_LIMITS: StoreLimits = {
  cacheLength: 8_388_608,
  logCacheLength: 4_194_304,
  partDocuments: 2_000,
  partLength: 1_048_576,
  leafRows: 1_000,
  chainBytes: 67_108_864,
  payloadBytes: 268_435_456,
  indexRecords: 10_000,
};
