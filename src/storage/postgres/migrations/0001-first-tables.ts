import type { Migration } from './migration.js';

/**
 * Texts that must come back as they were written (records, payloads, values) are `text`: `jsonb` would reorder members
 * and round numbers. Keys are compared as bytes (`COLLATE "C"`), whatever the database's own language.
 */
export const firstTables: Migration = {
  number: 1,
  name: 'first tables',
  sql: `
    -- What people edit.
    CREATE TABLE documents (
      issuer text COLLATE "C" NOT NULL,
      collection text COLLATE "C" NOT NULL,
      partition text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      version bigint NOT NULL,
      value text NOT NULL,
      place bigint GENERATED ALWAYS AS IDENTITY,
      PRIMARY KEY (issuer, collection, partition, id)
    );

    -- Rows of which the last write of a key wins.
    CREATE TABLE log_rows (
      issuer text COLLATE "C" NOT NULL,
      topic text COLLATE "C" NOT NULL,
      key text COLLATE "C" NOT NULL,
      value text NOT NULL,
      PRIMARY KEY (issuer, topic, key)
    );

    -- The ledger: a strand of chained records for each writer, and the payloads their digests stand for.
    CREATE TABLE strands (
      strand text PRIMARY KEY,
      number integer GENERATED ALWAYS AS IDENTITY UNIQUE,
      records bigint NOT NULL DEFAULT 0,
      head text NOT NULL,
      last_at double precision,
      continues boolean NOT NULL DEFAULT true
    );
    -- Where a strand goes on under another name: after a restore.
    CREATE TABLE strand_starts (
      name text PRIMARY KEY,
      strand text NOT NULL REFERENCES strands,
      after_sequence bigint NOT NULL,
      after_head text NOT NULL
    );
    CREATE TABLE ledger_records (
      strand text NOT NULL REFERENCES strands,
      sequence bigint NOT NULL,
      place bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
      record text NOT NULL,
      digest text NOT NULL,
      PRIMARY KEY (strand, sequence)
    );
    CREATE TABLE ledger_payloads (
      strand text NOT NULL,
      sequence bigint NOT NULL,
      issuer text COLLATE "C",
      ref text COLLATE "C",
      salt bytea,
      payload text,
      PRIMARY KEY (strand, sequence),
      FOREIGN KEY (strand, sequence) REFERENCES ledger_records
    );
    CREATE INDEX ledger_payloads_by_ref ON ledger_payloads (issuer, ref) WHERE ref IS NOT NULL;

    -- What follows from the records, kept with them in one transaction. The keys here are what makes it unique.
    CREATE TABLE refs (
      issuer text COLLATE "C" NOT NULL,
      ref text COLLATE "C" NOT NULL,
      erased boolean NOT NULL DEFAULT false,
      PRIMARY KEY (issuer, ref)
    );
    CREATE TABLE credentials (
      credential text COLLATE "C" PRIMARY KEY,
      place bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
      issuer text COLLATE "C" NOT NULL,
      ref text COLLATE "C" NOT NULL,
      voided boolean NOT NULL,
      unfinished boolean NOT NULL,
      entry text NOT NULL,
      state_strand text NOT NULL,
      state_sequence bigint NOT NULL
    );
    CREATE INDEX credentials_by_ref ON credentials (issuer, ref, place);
    CREATE UNIQUE INDEX credentials_one_of_ref ON credentials (issuer, ref) WHERE NOT voided;
    CREATE INDEX credentials_unfinished ON credentials (place) WHERE unfinished;
    CREATE TABLE versions (
      credential text COLLATE "C" NOT NULL REFERENCES credentials,
      version integer NOT NULL,
      -- Which process reserved it, by the number it holds a lock on while it lives.
      owner integer NOT NULL,
      reserved_strand text NOT NULL,
      reserved_sequence bigint NOT NULL,
      issued_strand text,
      issued_sequence bigint,
      PRIMARY KEY (credential, version)
    );
    CREATE TABLE credential_counts (
      issuer text COLLATE "C" NOT NULL,
      strand text NOT NULL,
      state text NOT NULL,
      count bigint NOT NULL,
      PRIMARY KEY (issuer, strand, state)
    );
    CREATE TABLE status_lists (
      list text COLLATE "C" PRIMARY KEY,
      place bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
      issuer text COLLATE "C" NOT NULL,
      purpose text NOT NULL,
      length integer NOT NULL,
      closed boolean NOT NULL DEFAULT false
    );
    CREATE INDEX status_lists_by_issuer ON status_lists (issuer, place);
    CREATE TABLE status_entries (
      list text COLLATE "C" NOT NULL REFERENCES status_lists,
      index integer NOT NULL,
      bit boolean NOT NULL DEFAULT false,
      drawn_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
      PRIMARY KEY (list, index)
    );
    CREATE INDEX status_entries_drawn ON status_entries (list, drawn_in);
    CREATE INDEX status_entries_set ON status_entries (list) WHERE bit;
    -- By strand, here and above, so that two writers do not wait for each other's sums.
    CREATE TABLE list_usage (
      list text COLLATE "C" NOT NULL REFERENCES status_lists,
      strand text NOT NULL,
      used bigint NOT NULL,
      revision bigint NOT NULL,
      PRIMARY KEY (list, strand)
    );
    CREATE TABLE issuer_keys (
      issuer text COLLATE "C" NOT NULL,
      key text COLLATE "C" NOT NULL,
      place bigint GENERATED ALWAYS AS IDENTITY,
      entry text NOT NULL,
      PRIMARY KEY (issuer, key)
    );
    CREATE TABLE sessions (
      session text COLLATE "C" PRIMARY KEY,
      place bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
      issuer text COLLATE "C" NOT NULL,
      digest text COLLATE "C" NOT NULL,
      entry text NOT NULL,
      strand text NOT NULL,
      sequence bigint NOT NULL,
      UNIQUE (issuer, digest)
    );
    CREATE TABLE session_rows (
      session text COLLATE "C" NOT NULL REFERENCES sessions,
      number integer NOT NULL,
      strand text NOT NULL,
      sequence bigint NOT NULL,
      PRIMARY KEY (session, number)
    );
    -- Who is at which batch, and at which of its rows.
    CREATE TABLE batch_parts (
      session text COLLATE "C" NOT NULL,
      name text NOT NULL,
      owner integer NOT NULL,
      PRIMARY KEY (session, name)
    );
    CREATE TABLE batch_portions (
      session text COLLATE "C" NOT NULL,
      first integer NOT NULL,
      part text,
      done boolean NOT NULL DEFAULT false,
      PRIMARY KEY (session, first)
    );
    CREATE TABLE house (
      is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
      -- 'filling' while another store is copied into this one: it is served by nobody then.
      state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'filling')),
      halt text,
      halt_strand text,
      halt_sequence bigint
    );
    INSERT INTO house DEFAULT VALUES;
  `,
};
