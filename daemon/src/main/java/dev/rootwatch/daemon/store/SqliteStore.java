package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The store in one SQLite file. One process writes, held by a lock file beside it; any number read
 * meanwhile. All files have mode 0600.
 */
public final class SqliteStore {
  private SqliteStore() {}

  /**
   * Opens the store to write; creates it or upgrades its tables where needed.
   *
   * @param file the database; its directory must exist
   * @param clock says when things were stored
   * @param route the sinks of an alert. Called within a transaction: it must be quick and must not
   *     call the store
   * @throws StoreException when another process writes to it, when it was written by a newer
   *     version, or cannot be opened
   */
  public static Store open(
      Path file, InstantSource clock, Function<Alert, Collection<String>> route) {
    StorePlace.obstacle(file)
        .ifPresent(obstacle -> {
          throw new StoreException("the store %s cannot be opened: %s".formatted(file, obstacle));
        });
    WriterLock lock = WriterLock.of(file);
    try {
      PrivateFile.create(file);
      new Schema(file).migrate();
      SqliteDatabase database = SqliteDatabase.writing(file, lock, SqliteDatabase.config());
      return new SqlStore(database, clock, route);
    } catch (IOException e) {
      lock.close();
      throw new StoreException("the store %s cannot be created: %s".formatted(file, e), e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Opens the store to read, also while a daemon writes to it.
   *
   * @throws StoreException when there is none, or its version is not ours
   */
  public static Store openReadOnly(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new StoreException(
          "there is no store %s: is store.url right, and did the daemon run?".formatted(file));
    }
    new Schema(file).check();
    return new SqlStore(SqliteDatabase.reading(file), InstantSource.system(), alert -> List.of());
  }
}
