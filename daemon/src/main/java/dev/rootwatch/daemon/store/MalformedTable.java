package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.wire.MalformedEntry;
import dev.rootwatch.watch.Examined.MalformedRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Entries that could not be read. */
record MalformedTable(Handle db) {
  /** A log could be malformed from end to end: beyond so many rows it is only counted. */
  static final int MOST_ROWS_PER_LOG = 100_000;

  private static final int MOST_RAW_BYTES = 4_096;
  private static final int MOST_REASON_CHARS = 500;

  void add(long log, List<MalformedRow> malformed, long now) {
    if (malformed.isEmpty()) {
      return;
    }
    long room = Math.max(0, MOST_ROWS_PER_LOG - count(log));
    List<MalformedRow> listed = malformed.subList(0, (int) Math.min(room, malformed.size()));
    if (!listed.isEmpty()) {
      insert(log, listed, now);
    }
    if (listed.size() < malformed.size()) {
      db.execute(
          "UPDATE log SET malformed_more = malformed_more + ? WHERE no = ?",
          malformed.size() - listed.size(),
          log);
    }
  }

  private void insert(long log, List<MalformedRow> malformed, long now) {
    try (PreparedBatch rows =
        db.prepareBatch(
            """
            INSERT INTO malformed (log_no, entry_index, leaf_hash, place, reason, raw, stored_at)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (log_no, entry_index) DO NOTHING\
            """)) {
      for (MalformedRow row : malformed) {
        rows.add(
            log,
            row.entry().index(),
            row.leafHash().toBytes(),
            row.entry().offset(),
            Columns.cut(row.entry().reason(), MOST_REASON_CHARS),
            Arrays.copyOf(row.raw(), Math.min(row.raw().length, MOST_RAW_BYTES)),
            now);
      }
      rows.execute();
    }
  }

  /** What stood in bytes that turned out not to be the log's. */
  void forget(long log, EntryRange range) {
    db.execute(
        "DELETE FROM malformed WHERE log_no = ? AND entry_index >= ? AND entry_index < ?",
        log,
        range.from(),
        range.to());
  }

  List<MalformedRow> of(long log, long from, int most) {
    return db.select(
            """
            SELECT * FROM malformed WHERE log_no = ? AND entry_index >= ?
            ORDER BY entry_index LIMIT ?\
            """,
            log,
            from,
            most)
        .map((row, ctx) -> malformed(row))
        .list();
  }

  long count(long log) {
    return db.select("SELECT COUNT(*) FROM malformed WHERE log_no = ?", log)
        .mapTo(Long.class)
        .one();
  }

  /** How many were only counted. */
  long notListed(long log) {
    return db.select("SELECT malformed_more FROM log WHERE no = ?", log).mapTo(Long.class).one();
  }

  /** The bytes go; that the entry was malformed, and its leaf hash, belong to the coverage. */
  int forgetBytes(long before) {
    return db.execute(
        "UPDATE malformed SET raw = ? WHERE stored_at < ? AND LENGTH(raw) > 0",
        new byte[0],
        before);
  }

  private static MalformedRow malformed(ResultSet row) throws SQLException {
    return new MalformedRow(
        new MalformedEntry(
            row.getLong("entry_index"), row.getInt("place"), row.getString("reason")),
        Hash.of(row.getBytes("leaf_hash")),
        row.getBytes("raw"));
  }
}
