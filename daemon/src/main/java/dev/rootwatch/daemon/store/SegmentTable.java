package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.Segment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The coverage of each log, a row per segment. */
record SegmentTable(Handle db) {

  /** Coverage is small (a handful of segments) and changes at its edges: it is written anew. */
  void replace(long log, Coverage coverage) {
    db.execute("DELETE FROM segment WHERE log_no = ?", log);
    if (coverage.segments().isEmpty()) {
      return;
    }
    try (PreparedBatch rows =
        db.prepareBatch(
            """
            INSERT INTO segment (log_no, position, from_index, to_index, state,
              left_edge, leaves, right_edge, head_size, right_proof)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """)) {
      int position = 0;
      for (Segment segment : coverage.segments()) {
        rows.add(
            log,
            position++,
            segment.from(),
            segment.to(),
            segment.state().word(),
            segment.left().toBytes(),
            segment.leaves().toBytes(),
            segment.right().toBytes(),
            segment.headSize(),
            HashList.toBytes(segment.rightProof()));
      }
      rows.execute();
    }
  }

  Coverage of(long log) {
    return new Coverage(
        db.select("SELECT * FROM segment WHERE log_no = ? ORDER BY position", log)
            .map((row, ctx) -> segment(row))
            .list());
  }

  /** How many entries the segments cover. */
  long examined(long log) {
    return db.select(
            "SELECT COALESCE(SUM(to_index - from_index), 0) FROM segment WHERE log_no = ?", log)
        .mapTo(Long.class)
        .one();
  }

  private static Segment segment(ResultSet row) throws SQLException {
    long from = row.getLong("from_index");
    long to = row.getLong("to_index");
    return new Segment(
        Segment.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        CompactRange.ofBytes(0, from, row.getBytes("left_edge")),
        CompactRange.ofBytes(from, to, row.getBytes("leaves")),
        CompactRange.ofBytes(0, to, row.getBytes("right_edge")),
        row.getLong("head_size"),
        HashList.ofBytes(row.getBytes("right_proof")));
  }
}
