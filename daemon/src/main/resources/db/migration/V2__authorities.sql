-- The store, version 2: the graph of authorities, and what is to be read again because of it.

-- CA certificates that the graph of authorities learned, each with the key under which its signature was verified.
-- Version 1 never wrote any.
DROP TABLE authority;
CREATE TABLE authority (
  no          ${serial},
  sha256      ${bytes} NOT NULL UNIQUE,
  issuer_key  ${bytes} NOT NULL,
  der         ${bytes} NOT NULL,
  stored_at   BIGINT NOT NULL
);

-- Keys whose issuance is looked for: what is tallied was examined with these in mind, or is owed.
CREATE TABLE watched_key (
  key_hash  ${bytes} PRIMARY KEY
) ${clustered};

-- Entries that are to be examined again, the oldest row first.
CREATE TABLE obligation (
  no          ${serial},
  log_no      BIGINT NOT NULL REFERENCES log (no),
  from_index  BIGINT NOT NULL,
  to_index    BIGINT NOT NULL,
  created_at  BIGINT NOT NULL,
  UNIQUE (log_no, from_index, to_index)
);
