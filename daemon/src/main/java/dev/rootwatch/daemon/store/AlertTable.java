package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertJson;
import dev.rootwatch.alert.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Alerts: their JSON is the truth, the columns beside it are what is asked for. */
record AlertTable(Handle db) {

  /** An alert and its number in the other tables. */
  record Row(long no, StoredAlert stored) {
    Alert alert() {
      return stored.alert();
    }
  }

  Optional<Row> byId(String id) {
    return db.select("SELECT * FROM alert WHERE id = ?", id)
        .map((row, ctx) -> row(row))
        .findFirst();
  }

  Row byNumber(long no) {
    return db.select("SELECT * FROM alert WHERE no = ?", no).map((row, ctx) -> row(row)).one();
  }

  /** Ids are lower-case hex, so that 'g' comes after every id with the prefix. */
  List<Row> startingWith(String prefix, int most) {
    return db.select(
            "SELECT * FROM alert WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
            prefix,
            prefix + "g",
            most)
        .map((row, ctx) -> row(row))
        .list();
  }

  /**
   * One page of what {@code query} asks for.
   *
   * @param after the last alert of the page before; null for the first page
   */
  List<Row> page(AlertQuery query, @Nullable Row after, int most) {
    Instant since = query.since();
    return db.select(
            """
            SELECT * FROM alert
            WHERE (first_seen > ? OR (first_seen = ? AND id > ?)) AND first_seen >= ?
              AND severity >= ? AND certificate >= ? AND (type = ? OR ? = '')
            ORDER BY first_seen, id LIMIT ?\
            """,
            after == null ? Long.MIN_VALUE : after.alert().firstSeen().toEpochMilli(),
            after == null ? Long.MIN_VALUE : after.alert().firstSeen().toEpochMilli(),
            after == null ? "" : after.alert().id(),
            since == null ? Long.MIN_VALUE : since.toEpochMilli(),
            rank(query.minSeverity()),
            query.aboutCertificates() ? 1 : 0,
            query.type() == null ? "" : query.type(),
            query.type() == null ? "" : query.type(),
            most)
        .map((row, ctx) -> row(row))
        .list();
  }

  /** Writes a new alert and gives its number. */
  long insert(Alert alert) {
    db.execute(
        """
        INSERT INTO alert (id, revision, type, severity, first_seen, certificate, json)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """,
        alert.id(),
        alert.revision(),
        alert.type().word(),
        rank(alert.severity()),
        alert.firstSeen().toEpochMilli(),
        alert.certificate() == null ? 0 : 1,
        AlertJson.write(alert));
    return db.select("SELECT no FROM alert WHERE id = ?", alert.id()).mapTo(Long.class).one();
  }

  void update(long no, Alert alert) {
    db.execute(
        """
        UPDATE alert SET revision = ?, type = ?, severity = ?, first_seen = ?, certificate = ?,
          json = ? WHERE no = ?\
        """,
        alert.revision(),
        alert.type().word(),
        rank(alert.severity()),
        alert.firstSeen().toEpochMilli(),
        alert.certificate() == null ? 0 : 1,
        AlertJson.write(alert),
        no);
  }

  boolean acknowledge(String id, long now) {
    return db.execute("UPDATE alert SET acknowledged_at = ? WHERE id = ?", now, id) > 0;
  }

  /** What stands in the column: it is compared, and must not change with the code. */
  private static int rank(Severity severity) {
    return switch (severity) {
      case INFO -> 0;
      case LOW -> 1;
      case MEDIUM -> 2;
      case HIGH -> 3;
      case CRITICAL -> 4;
    };
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("no"),
        new StoredAlert(
            AlertJson.read(row.getString("json")), Columns.instant(row, "acknowledged_at")));
  }
}
