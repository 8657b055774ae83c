package dev.rootwatch.daemon.cli;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.store.KnownLog;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoreException;
import dev.rootwatch.daemon.store.StoredAlert;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the store is, and how commands open it. */
final class StoreAccess {
  private static final Path DEFAULT_STORE = Path.of("rootwatch.db");

  private final Path file;
  private final Rootwatch rootwatch;

  private StoreAccess(Path file, Rootwatch rootwatch) {
    this.file = file;
    this.rootwatch = rootwatch;
  }

  /** That of the configuration; without one, the default in the present folder. */
  static StoreAccess of(Rootwatch rootwatch) throws ConfigException {
    @Nullable Path configured = rootwatch.configFile();
    if (configured == null) {
      return new StoreAccess(rootwatch.terminal().folder().resolve(DEFAULT_STORE), rootwatch);
    }
    Config config = rootwatch.loader().withoutSecrets().load(configured);
    @Nullable Path file = config.store().file();
    if (file == null) {
      throw CommandFailure.usage(configured + ": store.url names no file that can be opened");
    }
    return new StoreAccess(file, rootwatch);
  }

  Path file() {
    return file;
  }

  /** To read, also beside a running daemon. */
  Store read() {
    if (!Files.exists(file)) {
      throw CommandFailure.running(
          "there is no store "
              + file
              + ": has `rootwatch run` run with this configuration? Name it with --config FILE");
    }
    return SqliteStore.openReadOnly(file);
  }

  /** The whole id of the alert whose id begins so. */
  String alertId(String prefix) {
    try (Store store = read()) {
      return alert(store, prefix).alert().id();
    }
  }

  /**
   * To write, while no daemon does.
   *
   * @throws StoreException when another process holds the store
   */
  Store write() {
    read().close(); // A command must not create a store.
    return SqliteStore.open(file, rootwatch.terminal().clock(), _ -> List.of());
  }

  /** The log of that name, label or id. */
  static KnownLog log(Store store, String wanted) {
    List<KnownLog> logs = store.logs();
    List<KnownLog> found = logs.stream().filter(known -> isCalled(known.log(), wanted)).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    String names = String.join(", ", logs.stream().map(known -> known.log().name()).toList());
    throw CommandFailure.usage(
        found.isEmpty()
            ? "the store knows no log " + wanted + ". It knows: " + names
            : "several logs are called " + wanted + ": give the id");
  }

  /** The alert whose id begins so. */
  static StoredAlert alert(Store store, String prefix) {
    if (!prefix.matches("[0-9a-f]{4,64}")) {
      throw CommandFailure.usage(
          "'" + prefix + "' is no id of an alert: give its first hexadecimal digits, at least 4");
    }
    List<StoredAlert> found = store.alertsStartingWith(prefix, 2);
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw CommandFailure.running(
        found.isEmpty()
            ? "there is no alert " + prefix
            : "several alerts begin with " + prefix + ": give more digits");
  }

  private static boolean isCalled(CtLog log, String wanted) {
    return log.id().toString().equals(wanted)
        || log.name().equalsIgnoreCase(wanted)
        || log.label().equalsIgnoreCase(wanted)
        || log.url().toString().equals(wanted);
  }
}
