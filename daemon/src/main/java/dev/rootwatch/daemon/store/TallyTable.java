package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.watch.Examined.TallyRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Issuance history. */
record TallyTable(Handle db) {

  void add(long log, List<TallyRow> tally) {
    if (tally.isEmpty()) {
      return;
    }
    putIssuers(tally);
    try (PreparedBatch rows =
        db.prepareBatch(
            """
            INSERT INTO tally (issuer_no, log_no, hour, count, first_index, last_index)
            SELECT no, ?, ?, ?, ?, ? FROM issuer WHERE key_hash = ?
            ON CONFLICT (issuer_no, log_no, hour) DO UPDATE SET
              count = tally.count + excluded.count,
              first_index = CASE WHEN excluded.first_index < tally.first_index
                THEN excluded.first_index ELSE tally.first_index END,
              last_index = CASE WHEN excluded.last_index > tally.last_index
                THEN excluded.last_index ELSE tally.last_index END\
            """)) {
      for (TallyRow row : tally) {
        rows.add(
            log,
            row.hour(),
            row.count(),
            row.firstIndex(),
            row.lastIndex(),
            row.issuerKeyHash().toBytes());
      }
      rows.execute();
    }
  }

  /** The label is the key's, not the hour's: what is known of a key last counts for all of it. */
  private void putIssuers(List<TallyRow> tally) {
    try (PreparedBatch rows =
        db.prepareBatch(
            """
            INSERT INTO issuer (key_hash, authority) VALUES (?, ?)
            ON CONFLICT (key_hash) DO UPDATE SET authority = excluded.authority
            WHERE issuer.authority <> excluded.authority\
            """)) {
      for (TallyRow row : tally) {
        rows.add(row.issuerKeyHash().toBytes(), row.authority());
      }
      rows.execute();
    }
  }

  List<Issuance> ofIssuer(Hash keyHash, Instant since) {
    return db.select(
            """
            SELECT i.key_hash, i.authority, l.id AS log_id,
              t.hour, t.count, t.first_index, t.last_index
            FROM tally t JOIN issuer i ON i.no = t.issuer_no JOIN log l ON l.no = t.log_no
            WHERE i.key_hash = ? AND t.hour >= ? ORDER BY t.log_no, t.hour\
            """,
            keyHash.toBytes(),
            since.toEpochMilli())
        .map((row, ctx) -> new Issuance(new LogId(Hash.of(row.getBytes("log_id"))), tally(row)))
        .list();
  }

  List<TallyRow> inLog(long log, Instant since) {
    return db.select(
            """
            SELECT i.key_hash, i.authority, MIN(t.hour) AS hour, SUM(t.count) AS count,
              MIN(t.first_index) AS first_index, MAX(t.last_index) AS last_index
            FROM tally t JOIN issuer i ON i.no = t.issuer_no
            WHERE t.log_no = ? AND t.hour >= ?
            GROUP BY i.key_hash, i.authority ORDER BY i.key_hash\
            """,
            log,
            since.toEpochMilli())
        .map((row, ctx) -> tally(row))
        .list();
  }

  /** Deletes at most {@code most} rows, so that a large clean-up does not hold up the reading. */
  int forget(long beforeHour, int most) {
    return db.execute(
        """
        DELETE FROM tally WHERE (issuer_no, log_no, hour) IN
          (SELECT issuer_no, log_no, hour FROM tally WHERE hour < ? LIMIT ?)\
        """,
        beforeHour,
        most);
  }

  private static TallyRow tally(ResultSet row) throws SQLException {
    return new TallyRow(
        Hash.of(row.getBytes("key_hash")),
        row.getLong("hour"),
        row.getLong("count"),
        row.getLong("first_index"),
        row.getLong("last_index"),
        row.getString("authority"));
  }
}
