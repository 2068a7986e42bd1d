/** First halves of the numbers of our advisory locks, so that the purposes do not meet. */

/** Held while the schema is changed. */
export const SCHEMA_LOCK = 0x5cea0001;
/** Second half: a process. Held while it lives. */
export const PROCESS_LOCK = 0x5cea0002;
/** Second half: a strand's number. Held by the process that appends to it. */
export const STRAND_LOCK = 0x5cea0003;
/** Second half: hash of a partition. Held while its documents are written. */
export const PARTITION_LOCK = 0x5cea0004;
/** Second half: hash of a batch. Held while somebody begins it. */
export const BATCH_LOCK = 0x5cea0005;

/** The numbers of the processes of this database that live, as a query. */
export const LIVING_PROCESSES = `SELECT objid::integer FROM pg_locks
  WHERE locktype = 'advisory' AND classid = ${PROCESS_LOCK} AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
