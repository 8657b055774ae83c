package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertJson;
import dev.rootwatch.alert.Outbox.Item;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries to make and made. At most one row of an alert and sink is pending, and it is of the
 * alert's present revision: a new revision supersedes what still waits.
 */
record OutboxTable(Handle db) {
  private static final int MOST_REASON_CHARS = 1_000;

  /**
   * Puts a revision up for delivery.
   *
   * @param routed sinks that the routes name. A sink where an older revision still waits gets this
   *     one, too, whatever the routes say now: it must not lose the alert altogether
   * @return the sinks that have something to do
   */
  Set<String> put(long alert, int revision, Collection<String> routed, long now) {
    Set<String> sinks = new TreeSet<>(routed);
    if (revision > 1) {
      sinks.addAll(
          db.select("SELECT sink FROM outbox WHERE alert_no = ? AND state = 'pending'", alert)
              .mapTo(String.class)
              .list());
      db.execute(
          """
          UPDATE outbox SET state = 'superseded', settled_at = ?
          WHERE alert_no = ? AND state = 'pending'\
          """,
          now,
          alert);
    }
    sinks.forEach(sink -> pend(alert, sink, revision, now));
    return sinks;
  }

  private void pend(long alert, String sink, int revision, long now) {
    db.execute(
        """
        INSERT INTO outbox (alert_no, sink, revision, state, created_at, next_at)
        VALUES (?, ?, ?, 'pending', ?, ?)
        ON CONFLICT (alert_no, sink, revision) DO UPDATE SET
          state = 'pending', attempts = 0, next_at = excluded.next_at, settled_at = NULL\
        """,
        alert,
        sink,
        revision,
        now,
        now);
  }

  List<Item> due(String sink, long now, int most) {
    return db.select(
            """
            SELECT o.attempts, o.created_at, a.json FROM outbox o JOIN alert a ON a.no = o.alert_no
            WHERE o.state = 'pending' AND o.sink = ? AND o.next_at <= ?
            ORDER BY o.next_at, o.alert_no LIMIT ?\
            """,
            sink,
            now,
            most)
        .map((row, ctx) ->
            new Item(
                sink,
                AlertJson.read(row.getString("json")),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("created_at"))))
        .list();
  }

  Optional<Instant> nextDue(String sink) {
    return db.select(
            "SELECT next_at FROM outbox WHERE state = 'pending' AND sink = ? ORDER BY next_at"
                + " LIMIT 1",
            sink)
        .map((row, ctx) -> Instant.ofEpochMilli(row.getLong("next_at")))
        .findFirst();
  }

  long pending(String sink) {
    return db.select("SELECT COUNT(*) FROM outbox WHERE state = 'pending' AND sink = ?", sink)
        .mapTo(Long.class)
        .one();
  }

  /** A delivery that was under way when a newer revision came is accepted all the same. */
  void accepted(Item item, long at) {
    settle(item, "accepted", at, null);
    db.execute(
        """
        UPDATE outbox SET state = 'superseded', settled_at = ?
        WHERE state = 'pending' AND sink = ? AND revision < ?
          AND alert_no = (SELECT no FROM alert WHERE id = ?)\
        """,
        at,
        item.sink(),
        item.alert().revision(),
        item.alert().id());
  }

  void rejected(Item item, long at, String reason) {
    settle(item, "rejected", at, reason);
  }

  private void settle(Item item, String state, long at, @Nullable String reason) {
    db.execute(
        """
        UPDATE outbox SET state = ?, settled_at = ?, attempts = attempts + 1,
          last_error = COALESCE(?, last_error)
        WHERE sink = ? AND revision = ? AND state <> 'accepted'
          AND alert_no = (SELECT no FROM alert WHERE id = ?)\
        """,
        state,
        at,
        Columns.cut(reason, MOST_REASON_CHARS),
        item.sink(),
        item.alert().revision(),
        item.alert().id());
  }

  void retry(Item item, long next, String reason) {
    db.execute(
        """
        UPDATE outbox SET next_at = ?, attempts = attempts + 1, last_error = ?
        WHERE state = 'pending' AND sink = ? AND revision = ?
          AND alert_no = (SELECT no FROM alert WHERE id = ?)\
        """,
        next,
        Columns.cut(reason, MOST_REASON_CHARS),
        item.sink(),
        item.alert().revision(),
        item.alert().id());
  }

  /** Sinks whose last word on an alert is no acceptance get its present revision, at once. */
  int retryNow(long alertNo, Alert alert, long now) {
    List<String> sinks =
        db.select(
                """
                SELECT sink FROM outbox o WHERE alert_no = ? AND state IN ('pending', 'rejected')
                  AND NOT EXISTS (SELECT 1 FROM outbox n WHERE n.alert_no = o.alert_no
                    AND n.sink = o.sink AND n.revision > o.revision)
                ORDER BY sink\
                """,
                alertNo)
            .mapTo(String.class)
            .list();
    sinks.forEach(sink -> pend(alertNo, sink, alert.revision(), now));
    return sinks.size();
  }

  List<String> waitingSinks() {
    return db.select("SELECT DISTINCT sink FROM outbox WHERE state = 'pending' ORDER BY sink")
        .mapTo(String.class)
        .list();
  }

  int abandon(String sink, long now) {
    return db.execute(
        """
        UPDATE outbox SET state = 'rejected', settled_at = ?,
          last_error = 'the configuration has no such sink any more'
        WHERE state = 'pending' AND sink = ?\
        """,
        now,
        sink);
  }

  List<DeliveryRow> of(String alertId) {
    return db.select(
            """
            SELECT o.* FROM outbox o JOIN alert a ON a.no = o.alert_no WHERE a.id = ?
            ORDER BY o.sink, o.revision\
            """,
            alertId)
        .map((row, ctx) -> delivery(row))
        .list();
  }

  int forget(long settledBefore, int most) {
    return db.execute(
        """
        DELETE FROM outbox WHERE (alert_no, sink, revision) IN
          (SELECT alert_no, sink, revision FROM outbox
           WHERE state <> 'pending' AND settled_at < ? LIMIT ?)\
        """,
        settledBefore,
        most);
  }

  private static DeliveryRow delivery(ResultSet row) throws SQLException {
    DeliveryRow.State state =
        DeliveryRow.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
    return new DeliveryRow(
        row.getString("sink"),
        row.getInt("revision"),
        state,
        row.getInt("attempts"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        state == DeliveryRow.State.PENDING ? Columns.instant(row, "next_at") : null,
        Columns.instant(row, "settled_at"),
        row.getString("last_error"));
  }
}
