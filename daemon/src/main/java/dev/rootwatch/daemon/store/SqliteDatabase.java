package dev.rootwatch.daemon.store;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * An SQLite file: one lane that writes, two that read beside it (write-ahead log, so that they do
 * not wait for each other).
 */
final class SqliteDatabase implements Database {
  private static final int READERS = 2;

  private final @Nullable Lane writer;
  private final @Nullable WriterLock lock;
  private final List<Lane> readers;
  private final AtomicInteger next = new AtomicInteger();

  private SqliteDatabase(@Nullable WriterLock lock, @Nullable Lane writer, List<Lane> readers) {
    this.lock = lock;
    this.writer = writer;
    this.readers = readers;
  }

  /** To write and read; takes {@code lock} with it. */
  static SqliteDatabase writing(Path file, WriterLock lock, SQLiteConfig config) {
    SqliteFailure failures = new SqliteFailure(file);
    Lane writer = new Lane("store-writer", () -> config.createConnection(url(file)), failures);
    return new SqliteDatabase(lock, writer, readers(file, READERS));
  }

  /** To read only, beside whoever writes. */
  static SqliteDatabase reading(Path file) {
    return new SqliteDatabase(null, null, readers(file, 1));
  }

  private static List<Lane> readers(Path file, int count) {
    SQLiteConfig config = readOnlyConfig();
    return IntStream.range(0, count)
        .mapToObj(i ->
            new Lane(
                "store-reader-" + i,
                () -> config.createConnection(url(file)),
                new SqliteFailure(file)))
        .toList();
  }

  /**
   * With the write-ahead log a commit is one append and one fsync; FULL is what makes that fsync
   * happen at every commit. NORMAL would lose the last commits when the power fails, and with them
   * deliveries already made.
   */
  static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(10_000);
    config.enforceForeignKeys(true);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    return config;
  }

  /** Says nothing about the journal: a reader takes the file as it is. */
  static SQLiteConfig readOnlyConfig() {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(10_000);
    config.setTransactionMode(TransactionMode.DEFERRED);
    return config;
  }

  static String url(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath();
  }

  @Override
  public <T> T read(Work<T> work) {
    return readers.get(Math.floorMod(next.getAndIncrement(), readers.size())).call(work);
  }

  @Override
  public <T> T write(Work<T> work) {
    Lane lane = writer;
    if (lane == null) {
      throw new UnsupportedOperationException("this store was opened to be read only");
    }
    return lane.call(work);
  }

  /** The writer last: SQLite's last connection tidies the write-ahead log away. */
  @Override
  public void close() {
    readers.forEach(Lane::close);
    if (writer != null) {
      writer.close();
    }
    if (lock != null) {
      lock.close();
    }
  }
}
