package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.SignedTreeHead;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Signed tree heads: those that coverage stands on, the newest, and evidence. */
record HeadTable(Handle db) {

  /** A tree that was signed again keeps its latest signature; evidence stays evidence. */
  void put(long log, List<SignedTreeHead> heads, boolean evidence, long now) {
    if (heads.isEmpty()) {
      return;
    }
    try (PreparedBatch rows =
        db.prepareBatch(
            """
            INSERT INTO head (log_no, size, root, timestamp, raw, stored_at, evidence)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (log_no, size, root) DO UPDATE SET
              raw = CASE WHEN excluded.timestamp > head.timestamp THEN excluded.raw ELSE head.raw END,
              timestamp = CASE WHEN excluded.timestamp > head.timestamp
                THEN excluded.timestamp ELSE head.timestamp END,
              evidence = CASE WHEN excluded.evidence > head.evidence
                THEN excluded.evidence ELSE head.evidence END\
            """)) {
      for (SignedTreeHead head : heads) {
        rows.add(
            log,
            head.size(),
            head.root().toBytes(),
            head.timestamp(),
            head.raw(),
            now,
            evidence ? 1 : 0);
      }
      rows.execute();
    }
  }

  Optional<SignedTreeHead> newest(LogId id, long log) {
    return db.select(
            "SELECT * FROM head WHERE log_no = ? ORDER BY size DESC, stored_at, timestamp DESC LIMIT 1",
            log)
        .map((row, ctx) -> head(id, row))
        .findFirst();
  }

  /** When the largest head was first stored. */
  Optional<Instant> largestSince(long log) {
    return db.select(
            "SELECT stored_at FROM head WHERE log_no = ? ORDER BY size DESC, stored_at LIMIT 1",
            log)
        .mapTo(Long.class)
        .findFirst()
        .map(Instant::ofEpochMilli);
  }

  List<SignedTreeHead> ofSize(LogId id, long log, long size) {
    return db.select(
            "SELECT * FROM head WHERE log_no = ? AND size = ? ORDER BY timestamp DESC", log, size)
        .map((row, ctx) -> head(id, row))
        .list();
  }

  /**
   * Forgets heads that nothing stands on: not the newest of their log, not at an edge of its
   * coverage. A poll every half minute would else leave a million heads a year. Evidence goes after
   * its own time.
   */
  int forget(long olderThan, long evidenceOlderThan) {
    return db.execute(
        """
        DELETE FROM head WHERE stored_at < ? AND (evidence = 0 OR stored_at < ?)
          AND timestamp < (SELECT MAX(n.timestamp) FROM head n WHERE n.log_no = head.log_no)
          AND size < (SELECT MAX(n.size) FROM head n WHERE n.log_no = head.log_no)
          AND NOT EXISTS (SELECT 1 FROM segment s WHERE s.log_no = head.log_no
            AND (s.head_size = head.size OR s.from_index = head.size OR s.to_index = head.size))
          AND (stored_at < ? OR NOT EXISTS (SELECT 1 FROM head o WHERE o.log_no = head.log_no
            AND o.size = head.size AND o.root <> head.root))\
        """,
        olderThan,
        evidenceOlderThan,
        evidenceOlderThan);
  }

  private static SignedTreeHead head(LogId id, ResultSet row) throws SQLException {
    return new SignedTreeHead(
        id,
        row.getLong("size"),
        Hash.of(row.getBytes("root")),
        row.getLong("timestamp"),
        row.getBytes("raw"));
  }
}
