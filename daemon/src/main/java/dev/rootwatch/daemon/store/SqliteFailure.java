package dev.rootwatch.daemon.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says to the operator what SQLite's errors mean for the store in {@code file}. */
record SqliteFailure(Path file) {
  StoreException of(Throwable failure) {
    SQLException sql = sqlException(failure);
    String told = sql == null ? String.valueOf(failure.getMessage()) : sql.getMessage();
    String meaning =
        sql instanceof SQLiteException sqlite ? meaning(sqlite.getResultCode()) : "it failed";
    return new StoreException("the store " + file + ": " + meaning + " (" + told + ")", failure);
  }

  private static @Nullable SQLException sqlException(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  /** Extended result codes hold the primary one in their low byte. */
  private static String meaning(SQLiteErrorCode code) {
    return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
      case SQLITE_FULL -> "the disk is full: make room; nothing was lost, reading goes on after it";
      case SQLITE_IOERR -> "the disk could not be read or written: look at the system's log";
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
          "it cannot be opened or written: check that the directory exists and who owns it and the file";
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          "it is damaged or not a database: restore it from a backup, or move it away to start anew";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "another program keeps it locked: end whatever writes to it beside rootwatch";
      default -> "it failed";
    };
  }
}
