package dev.rootwatch.daemon.store;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.LogState;
import dev.rootwatch.ct.read.Coverage;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Every log that was ever followed. */
record LogTable(Handle db) {

  void put(Collection<CtLog> named, long now) {
    db.execute("UPDATE log SET gone_since = ? WHERE gone_since IS NULL", now);
    named.forEach(log -> put(log, now));
  }

  /** New descriptions of logs that are known, whether they are named or not. */
  void describe(Collection<CtLog> logs) {
    for (CtLog log : logs) {
      CtLog.TemporalInterval interval = log.interval();
      CtLog.FinalTreeHead finalHead = log.finalHead();
      boolean keepsEnd = log.state() == LogState.RETIRED || log.state() == LogState.REJECTED;
      db.execute(
          """
          UPDATE log SET name = ?, operator = ?, protocol = ?, url = ?, submission_url = ?, mmd = ?,
            state = ?, interval_start = ?, interval_end = ?,
            final_size = CASE WHEN ? = 1 THEN final_size ELSE ? END,
            final_root = CASE WHEN ? = 1 THEN final_root ELSE ? END
          WHERE id = ?\
          """,
          log.name(),
          log.operator(),
          log.protocol().word(),
          log.url().toString(),
          log.submissionUrl().toString(),
          log.mmd().toMillis(),
          log.state().word(),
          interval == null ? null : interval.startInclusive().toEpochMilli(),
          interval == null ? null : interval.endExclusive().toEpochMilli(),
          keepsEnd && finalHead == null ? 1 : 0,
          finalHead == null ? null : finalHead.size(),
          keepsEnd && finalHead == null ? 1 : 0,
          finalHead == null ? null : finalHead.root().toBytes(),
          log.id().keyHash().toBytes());
    }
  }

  private void put(CtLog log, long now) {
    db.execute(
        """
        INSERT INTO log (id, spki, name, operator, protocol, url, submission_url, mmd, state, first_seen)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET spki = excluded.spki, gone_since = NULL\
        """,
        log.id().keyHash().toBytes(),
        log.key().spki(),
        log.name(),
        log.operator(),
        log.protocol().word(),
        log.url().toString(),
        log.submissionUrl().toString(),
        log.mmd().toMillis(),
        log.state().word(),
        now);
    describe(List.of(log));
  }

  List<KnownLog> all() {
    return db.select("SELECT * FROM log ORDER BY name, id").map((row, ctx) -> known(row)).list();
  }

  /** The number of a log in the other tables; null when it was never put. */
  @Nullable Long number(LogId id) {
    return db.select("SELECT no FROM log WHERE id = ?", (Object) id.keyHash().toBytes())
        .mapTo(Long.class)
        .findFirst()
        .orElse(null);
  }

  /** Reading begins where the first segment does; what was read later does not move that. */
  void startedBy(long log, Coverage coverage) {
    if (!coverage.segments().isEmpty()) {
      db.execute(
          "UPDATE log SET start_index = ? WHERE no = ? AND start_index IS NULL",
          coverage.segments().getFirst().from(),
          log);
    }
  }

  private static KnownLog known(ResultSet row) throws SQLException {
    Long start = Columns.number(row, "start_index");
    return new KnownLog(
        new CtLog(
            LogKey.ofSpki(row.getBytes("spki")),
            row.getString("name"),
            row.getString("operator"),
            LogProtocol.valueOf(row.getString("protocol").toUpperCase(Locale.ROOT)),
            URI.create(row.getString("url")),
            URI.create(row.getString("submission_url")),
            Duration.ofMillis(row.getLong("mmd")),
            LogState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
            interval(row),
            finalHead(row)),
        Instant.ofEpochMilli(row.getLong("first_seen")),
        Columns.instant(row, "gone_since"),
        start == null ? OptionalLong.empty() : OptionalLong.of(start));
  }

  private static CtLog.@Nullable TemporalInterval interval(ResultSet row) throws SQLException {
    Instant start = Columns.instant(row, "interval_start");
    Instant end = Columns.instant(row, "interval_end");
    return start == null || end == null ? null : new CtLog.TemporalInterval(start, end);
  }

  private static CtLog.@Nullable FinalTreeHead finalHead(ResultSet row) throws SQLException {
    Long size = Columns.number(row, "final_size");
    return size == null ? null : new CtLog.FinalTreeHead(size, Hash.of(row.getBytes("final_root")));
  }
}
