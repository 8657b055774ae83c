package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Sighting;
import dev.rootwatch.alert.Sighting.Verification;
import dev.rootwatch.ct.EntryRange;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Where the certificates of alerts were seen: finds the alerts that a proof settles. */
record SightingTable(Handle db) {

  /** The same place twice is one sighting, and what a proof said of it stays said. */
  void put(long log, long alert, Sighting sighting, Verification verification) {
    db.execute(
        """
        INSERT INTO sighting (log_no, entry_index, alert_no, timestamp, verification)
        VALUES (?, ?, ?, ?, ?) ON CONFLICT (log_no, entry_index, alert_no) DO UPDATE SET
          verification = excluded.verification WHERE sighting.verification = 'pending'\
        """,
        log,
        sighting.index(),
        alert,
        Columns.millis(sighting.timestamp()),
        verification.word());
  }

  /** Alerts with a sighting in {@code range} that {@code verdict} would change. */
  List<Long> unsettled(long log, EntryRange range, Verification verdict) {
    return db.select(
            "SELECT DISTINCT alert_no FROM sighting WHERE log_no = ? AND entry_index >= ?"
                + " AND entry_index < ? AND "
                + changedBy(verdict)
                + " ORDER BY alert_no",
            log,
            range.from(),
            range.to())
        .mapTo(Long.class)
        .list();
  }

  void settle(long log, EntryRange range, Verification verdict) {
    db.execute(
        "UPDATE sighting SET verification = ? WHERE log_no = ? AND entry_index >= ?"
            + " AND entry_index < ? AND "
            + changedBy(verdict),
        verdict.word(),
        log,
        range.from(),
        range.to());
  }

  /** A sighting of which no head has said anything yet. */
  record Pending(long index, long alertNo, String alertId) {}

  List<Pending> pending(long log, EntryRange range) {
    return db.select(
            """
            SELECT s.entry_index, s.alert_no, a.id FROM sighting s JOIN alert a ON a.no = s.alert_no
            WHERE s.log_no = ? AND s.entry_index >= ? AND s.entry_index < ?
              AND s.verification = 'pending' ORDER BY s.alert_no, s.entry_index\
            """,
            log,
            range.from(),
            range.to())
        .map((row, ctx) ->
            new Pending(row.getLong("entry_index"), row.getLong("alert_no"), row.getString("id")))
        .list();
  }

  void settle(long log, long index, long alert, Verification verdict) {
    db.execute(
        "UPDATE sighting SET verification = ? WHERE log_no = ? AND entry_index = ? AND alert_no = ?",
        verdict.word(),
        log,
        index,
        alert);
  }

  /** What is contradicted stays so; literal words, so that the partial index is used. */
  private static String changedBy(Verification verdict) {
    return verdict == Verification.CONTRADICTED
        ? "verification <> 'contradicted'"
        : "verification = 'pending'";
  }

  /**
   * Entries inside the log's segments that an alert about a certificate names. What was told of a
   * place that is to be read again does not count until it was: it is not claimed as examined.
   */
  long findings(long log) {
    return db.select(
            """
            SELECT COUNT(DISTINCT s.entry_index) FROM sighting s
            JOIN alert a ON a.no = s.alert_no
            WHERE s.log_no = ? AND a.certificate = 1
              AND EXISTS (SELECT 1 FROM segment g WHERE g.log_no = s.log_no
                AND s.entry_index >= g.from_index AND s.entry_index < g.to_index)\
            """,
            log)
        .mapTo(Long.class)
        .one();
  }
}
