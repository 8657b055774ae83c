package dev.rootwatch.daemon.store;

import static dev.rootwatch.daemon.store.Samples.LOG;
import static dev.rootwatch.daemon.store.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.alert.Alert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

class SqliteStoreTest extends StoreContractTest {
  private static Path tables;

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("rootwatch.db");
  }

  /** Making the tables takes longer than most tests: it is done once. */
  @BeforeAll
  static void makeTables(@TempDir Path once) {
    tables = once.resolve("tables.db");
    SqliteStore.open(tables, InstantSource.system(), a -> List.of()).close();
  }

  @Override
  Store open(InstantSource clock, Function<Alert, Collection<String>> route) {
    if (Files.notExists(file())) {
      try {
        Files.copy(tables, file());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return SqliteStore.open(file(), clock, route);
  }

  @Test
  void open_files_belongToTheirOwnerAlone() throws IOException {
    try (var files = Files.list(directory)) {
      assertThat(files)
          .hasSize(4)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .as(file.toString())
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void open_whileAnotherWrites_refusedNamingFileAndProcess() {
    assertThatThrownBy(() -> SqliteStore.open(file(), InstantSource.system(), a -> List.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("pid " + ProcessHandle.current().pid());
  }

  @Test
  void open_noSuchDirectory_saysSo() {
    Path nowhere = directory.resolve("missing/rootwatch.db");
    assertThatThrownBy(() -> SqliteStore.open(nowhere, InstantSource.system(), a -> List.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no directory");
  }

  @Test
  void open_notDatabase_saysSo() throws IOException {
    Path other = directory.resolve("notes.txt");
    Files.writeString(other, "these are notes, and no database at all".repeat(99));
    assertThatThrownBy(() -> SqliteStore.open(other, InstantSource.system(), a -> List.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not a database");
    assertThatThrownBy(() -> SqliteStore.openReadOnly(other))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not a database");
  }

  @Test
  void open_newerSchema_refusedByWriterAndReader() throws SQLException {
    closeStore();
    sql(
        "INSERT INTO flyway_schema_history SELECT 99, '99', 'x', 'SQL', 'V99__x.sql', 1, 'me',"
            + " installed_on, 1, 1 FROM flyway_schema_history LIMIT 1");
    assertThatThrownBy(() -> SqliteStore.open(file(), InstantSource.system(), a -> List.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer Rootwatch")
        .hasMessageContaining("99");
    assertThatThrownBy(() -> SqliteStore.openReadOnly(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer Rootwatch");
    sql("DELETE FROM flyway_schema_history WHERE version = '99'");
    openStore();
  }

  @Test
  void openReadOnly_besideTheWriter_seesCommitsAndCannotWrite() {
    try (Store reader = SqliteStore.openReadOnly(file())) {
      assertThat(reader.logs()).hasSize(2);
      assertThat(reader.meta("x")).isEmpty();
      writer().putMeta("x", "1");
      assertThat(reader.meta("x")).contains("1");
      assertThatThrownBy(() -> reader.putMeta("x", "2"))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void openReadOnly_withoutDaemon_reads() {
    closeStore();
    try (Store reader = SqliteStore.openReadOnly(file())) {
      assertThat(reader.logs()).hasSize(2);
    }
    openStore();
  }

  @Test
  void openReadOnly_noFileOrNoStore_saysSo() throws SQLException {
    assertThatThrownBy(() -> SqliteStore.openReadOnly(directory.resolve("none.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no store");
    try (Connection other =
        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("other.db"))) {
      other.createStatement().execute("CREATE TABLE t (x)");
    }
    assertThatThrownBy(() -> SqliteStore.openReadOnly(directory.resolve("other.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not a Rootwatch store");
  }

  @Test
  void commit_diskFull_saysSoKeepsNothingAndGoesOn() {
    closeStore();
    SQLiteConfig small = SqliteDatabase.config();
    small.setMaxPageCount(80);
    WriterLock lock = WriterLock.of(file());
    try (Store full =
        new SqlStore(
            SqliteDatabase.writing(file(), lock, small), () -> NOW, alert -> List.of("slack"))) {
      String big = "x".repeat(4_000_000);
      assertThatThrownBy(() -> full.putMeta("big", big))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file().toString())
          .hasMessageContaining("the disk is full");
      assertThat(full.meta("big")).isEmpty();
      full.putMeta("small", "fits");
      assertThat(full.meta("small")).contains("fits");
    }
    openStore();
  }

  @Test
  void write_fromManyVirtualThreads_losesNothing() throws InterruptedException {
    Store store = writer();
    List<Thread> threads = new java.util.ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String name = "n" + i;
      threads.add(Thread.startVirtualThread(() -> store.putMeta(name, name)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (int i = 0; i < 50; i++) {
      assertThat(store.meta("n" + i)).contains("n" + i);
    }
  }

  @Test
  void write_interruptedCaller_isCommittedAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    writer().putMeta("x", "1");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(writer().meta("x")).contains("1");
  }

  @Test
  void schemaVersion_isThatOfTheNewestScript() throws IOException {
    try (var scripts = Files.list(Path.of("src/main/resources/db/migration"))) {
      assertThat(
              scripts
                  .map(script -> script.getFileName().toString())
                  .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                  .max())
          .hasValue(Schema.VERSION);
    }
  }

  @Test
  void logs_afterReopening_areTheSame() {
    closeStore();
    openStore();
    assertThat(writer().logs().getFirst().log()).isEqualTo(LOG);
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      connection.createStatement().execute(statement);
    }
  }
}
