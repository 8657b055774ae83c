-- The store, version 1. Placeholders are what SQLite and PostgreSQL say differently:
-- ${serial} a key that the database numbers itself, ${bytes} a byte string,
-- ${clustered} a table stored in the order of its primary key.
-- Times are milliseconds since the epoch; ranges are half-open; hashes are 32 bytes.

-- Every log that was ever followed. Rows are never deleted: what was found in a log outlives its listing.
CREATE TABLE log (
  no              ${serial},
  id              ${bytes} NOT NULL UNIQUE,
  spki            ${bytes} NOT NULL,
  name            TEXT NOT NULL,
  operator        TEXT NOT NULL,
  protocol        TEXT NOT NULL,
  url             TEXT NOT NULL,
  submission_url  TEXT NOT NULL,
  mmd             BIGINT NOT NULL,
  state           TEXT NOT NULL,
  interval_start  BIGINT,
  interval_end    BIGINT,
  final_size      BIGINT,
  final_root      ${bytes},
  first_seen      BIGINT NOT NULL,
  gone_since      BIGINT,
  start_index     BIGINT,
  malformed_more  BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE log_status (
  log_no         BIGINT PRIMARY KEY REFERENCES log (no),
  standing       TEXT NOT NULL,
  last_success   BIGINT,
  last_error     TEXT,
  last_error_at  BIGINT,
  backlog        BIGINT NOT NULL,
  caught_up_at   BIGINT
);

-- Coverage: the hashes of each compact range one after the other, largest subtree first on the left.
CREATE TABLE segment (
  log_no       BIGINT NOT NULL REFERENCES log (no),
  position     BIGINT NOT NULL,
  from_index   BIGINT NOT NULL,
  to_index     BIGINT NOT NULL,
  state        TEXT NOT NULL,
  left_edge    ${bytes} NOT NULL,
  leaves       ${bytes} NOT NULL,
  right_edge   ${bytes} NOT NULL,
  head_size    BIGINT NOT NULL,
  right_proof  ${bytes} NOT NULL,
  PRIMARY KEY (log_no, position)
) ${clustered};

-- Signed tree heads. Two roots of one size are two rows: evidence.
CREATE TABLE head (
  log_no     BIGINT NOT NULL REFERENCES log (no),
  size       BIGINT NOT NULL,
  root       ${bytes} NOT NULL,
  timestamp  BIGINT NOT NULL,
  raw        ${bytes} NOT NULL,
  stored_at  BIGINT NOT NULL,
  evidence   BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (log_no, size, root)
) ${clustered};
CREATE INDEX head_by_time ON head (log_no, timestamp);

-- Issuance history, per issuer key, log and hour. Keys are numbered because the history has very many rows.
CREATE TABLE issuer (
  no         ${serial},
  key_hash   ${bytes} NOT NULL UNIQUE,
  authority  TEXT NOT NULL
);
CREATE TABLE tally (
  issuer_no    BIGINT NOT NULL REFERENCES issuer (no),
  log_no       BIGINT NOT NULL REFERENCES log (no),
  hour         BIGINT NOT NULL,
  count        BIGINT NOT NULL,
  first_index  BIGINT NOT NULL,
  last_index   BIGINT NOT NULL,
  PRIMARY KEY (issuer_no, log_no, hour)
) ${clustered};

CREATE TABLE malformed (
  log_no       BIGINT NOT NULL REFERENCES log (no),
  entry_index  BIGINT NOT NULL,
  leaf_hash    ${bytes} NOT NULL,
  place        BIGINT NOT NULL,
  reason       TEXT NOT NULL,
  raw          ${bytes} NOT NULL,
  stored_at    BIGINT NOT NULL,
  PRIMARY KEY (log_no, entry_index)
) ${clustered};

-- CA certificates that the graph of authorities learned.
CREATE TABLE authority (
  no         ${serial},
  sha256     ${bytes} NOT NULL UNIQUE,
  der        ${bytes} NOT NULL,
  stored_at  BIGINT NOT NULL
);

-- Alerts: the JSON is the truth, the columns beside it are what is asked for.
CREATE TABLE alert (
  no               ${serial},
  id               TEXT NOT NULL UNIQUE,
  revision         BIGINT NOT NULL,
  type             TEXT NOT NULL,
  severity         BIGINT NOT NULL,
  first_seen       BIGINT NOT NULL,
  certificate      BIGINT NOT NULL,
  acknowledged_at  BIGINT,
  json             TEXT NOT NULL
);
CREATE INDEX alert_by_time ON alert (first_seen, id);

-- Where the certificates of alerts were seen. Finds the alerts that a proof settles.
CREATE TABLE sighting (
  log_no        BIGINT NOT NULL REFERENCES log (no),
  entry_index   BIGINT NOT NULL,
  alert_no      BIGINT NOT NULL REFERENCES alert (no),
  timestamp     BIGINT,
  verification  TEXT NOT NULL,
  PRIMARY KEY (log_no, entry_index, alert_no)
) ${clustered};
CREATE INDEX sighting_of_alert ON sighting (alert_no);
CREATE INDEX sighting_pending ON sighting (log_no, entry_index) WHERE verification = 'pending';

-- One row per alert, sink and revision.
CREATE TABLE outbox (
  alert_no    BIGINT NOT NULL REFERENCES alert (no),
  sink        TEXT NOT NULL,
  revision    BIGINT NOT NULL,
  state       TEXT NOT NULL,
  attempts    BIGINT NOT NULL DEFAULT 0,
  created_at  BIGINT NOT NULL,
  next_at     BIGINT NOT NULL,
  settled_at  BIGINT,
  last_error  TEXT,
  PRIMARY KEY (alert_no, sink, revision)
) ${clustered};
CREATE INDEX outbox_due ON outbox (sink, next_at) WHERE state = 'pending';
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE state <> 'pending';

CREATE TABLE meta (
  name   TEXT PRIMARY KEY,
  value  TEXT NOT NULL
) ${clustered};
