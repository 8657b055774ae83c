package dev.rootwatch.daemon.store;

import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Which version the tables of a store have, and bringing them to ours. */
final class Schema {
  /** The newest script in {@code db/migration}. */
  static final int VERSION = 2;

  private final Path file;

  Schema(Path file) {
    this.file = file;
  }

  /** Creates or upgrades the tables. */
  void migrate() {
    DataSource source = source(SqliteDatabase.config());
    int version = version(source);
    refuseNewer(version);
    if (version == VERSION) {
      return;
    }
    try {
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:db/migration")
          .placeholders(
              Map.of(
                  "serial", "INTEGER PRIMARY KEY",
                  "bytes", "BLOB",
                  "clustered", "WITHOUT ROWID"))
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new SqliteFailure(file).of(e);
    }
  }

  /** Checks that we can read it, without touching it. */
  void check() {
    int version = version(source(SqliteDatabase.readOnlyConfig()));
    refuseNewer(version);
    if (version < VERSION) {
      throw new StoreException(
          version == 0
              ? "%s is not a Rootwatch store: is store.url right?".formatted(file)
              : "the store %s has version %d and this program reads version %d: start the daemon once to upgrade it"
                  .formatted(file, version, VERSION));
    }
  }

  private void refuseNewer(int version) {
    if (version > VERSION) {
      throw new StoreException(
          "the store %s was written by a newer Rootwatch (its version is %d, this program knows %d): use that program, or another file"
              .formatted(file, version, VERSION));
    }
  }

  /** 0 when there are no tables of ours. */
  private int version(DataSource source) {
    try (Handle db = Jdbi.create(source).open()) {
      boolean ours =
          db.select("SELECT 1 FROM sqlite_master WHERE name = 'flyway_schema_history'")
              .mapTo(Integer.class)
              .findFirst()
              .isPresent();
      return ours
          ? db.select(
                  "SELECT COALESCE(MAX(CAST(version AS INTEGER)), 0) FROM flyway_schema_history"
                      + " WHERE success")
              .mapTo(Integer.class)
              .one()
          : 0;
    } catch (JdbiException e) {
      throw new SqliteFailure(file).of(e);
    }
  }

  private DataSource source(SQLiteConfig config) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(SqliteDatabase.url(file));
    return source;
  }
}
