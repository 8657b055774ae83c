package dev.rootwatch.daemon.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How reading each log goes: the last word only. */
record StatusTable(Handle db) {
  /** Errors hold what a stranger's server said; this much of it is enough. */
  private static final int MOST_ERROR_CHARS = 2_000;

  void put(long log, LogStatus status) {
    db.execute(
        """
        INSERT INTO log_status
          (log_no, standing, last_success, last_error, last_error_at, backlog, caught_up_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (log_no) DO UPDATE SET standing = excluded.standing,
          last_success = excluded.last_success, last_error = excluded.last_error,
          last_error_at = excluded.last_error_at, backlog = excluded.backlog,
          caught_up_at = excluded.caught_up_at\
        """,
        log,
        status.standing().name(),
        Columns.millis(status.lastSuccess()),
        Columns.cut(status.lastError(), MOST_ERROR_CHARS),
        Columns.millis(status.lastErrorAt()),
        status.backlog(),
        Columns.millis(status.caughtUpAt()));
  }

  Optional<LogStatus> of(long log) {
    return db.select("SELECT * FROM log_status WHERE log_no = ?", log)
        .map((row, ctx) -> status(row))
        .findFirst();
  }

  private static LogStatus status(ResultSet row) throws SQLException {
    return new LogStatus(
        LogStatus.Standing.valueOf(row.getString("standing")),
        Columns.instant(row, "last_success"),
        row.getString("last_error"),
        Columns.instant(row, "last_error_at"),
        row.getLong("backlog"),
        Columns.instant(row, "caught_up_at"));
  }
}
