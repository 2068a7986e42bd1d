/** First halves of the numbers of our advisory locks, so that the purposes do not meet. */

/** Held while the schema is changed. */
export const SCHEMA_LOCK = 0x5cea0001;
/** Second half: a process. Held while it lives. */
export const PROCESS_LOCK = 0x5cea0002;
/** Second half: a strand's number. Held by the process that appends to it. */
export const STRAND_LOCK = 0x5cea0003;
/** Second half: hash of a partition. Held while its documents are written. */
export const PARTITION_LOCK = 0x5cea0004;
