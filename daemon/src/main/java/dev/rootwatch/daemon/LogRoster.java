package dev.rootwatch.daemon;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.list.ListKey;
import dev.rootwatch.ct.list.LogList;
import dev.rootwatch.ct.list.LogListAnswer;
import dev.rootwatch.ct.list.LogListCheck;
import dev.rootwatch.ct.list.LogListLoader;
import dev.rootwatch.daemon.config.Config.CustomLog;
import dev.rootwatch.daemon.config.Config.ListConfig;
import dev.rootwatch.daemon.config.Config.LogsConfig;
import dev.rootwatch.daemon.config.Start;
import dev.rootwatch.daemon.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which logs are followed, and where each begins: the custom ones as configured, those of the list
 * in the states asked for.
 *
 * <p>{@code start: now} holds for the logs known at the first start. A log that the list names
 * later is a new shard, and is read from its first entry.
 */
final class LogRoster {
  private static final Logger logger = LoggerFactory.getLogger(LogRoster.class);

  /** Name under which the store remembers that a first list was accepted. */
  private static final String FIRST_START_OVER = "first-start-over";

  private final LogsConfig config;
  private final LogListLoader loader;
  private final Store store;
  private final Path lastGood;
  private final Consumer<LogListAnswer.Refused> refusals;
  private @Nullable LogList accepted;

  /**
   * @param lastGood where the last accepted list is kept
   * @param refusals told of lists that must not be used
   */
  LogRoster(
      LogsConfig config,
      LogListLoader loader,
      Store store,
      Path lastGood,
      Consumer<LogListAnswer.Refused> refusals) {
    this.config = config;
    this.loader = loader;
    this.store = store;
    this.lastGood = lastGood;
    this.refusals = refusals;
  }

  /** A log to follow. */
  record Entry(CtLog log, Start start) {}

  /** Asks for the list, if there is one; what is refused or cannot be had leaves the last good. */
  List<Entry> current() throws InterruptedException {
    Map<LogId, Entry> entries = new LinkedHashMap<>();
    for (CustomLog custom : config.custom()) {
      entries.put(custom.log().id(), new Entry(custom.log(), custom.start()));
    }
    Start start = store.meta(FIRST_START_OVER).isPresent() ? new Start.Zero() : config.start();
    LogList list = list();
    if (list != null) {
      for (CtLog log : list.in(config.states())) {
        entries.putIfAbsent(log.id(), new Entry(log, start));
      }
    }
    return List.copyOf(entries.values());
  }

  /** The logs that were handed out have their positions: whatever comes later is new. */
  void firstStartIsOver() {
    if (accepted != null || config.list() instanceof ListConfig.None) {
      store.putMeta(FIRST_START_OVER, "true");
    }
  }

  private @Nullable LogList list() throws InterruptedException {
    if (config.list() instanceof ListConfig.None) {
      return null;
    }
    if (accepted == null) {
      accepted = remembered();
    }
    switch (ask(config.list())) {
      case LogListAnswer.Loaded loaded -> {
        Optional<LogListAnswer.Refused> refusal = LogListCheck.accept(accepted, loaded.list());
        if (refusal.isPresent()) {
          refusals.accept(refusal.get());
        } else {
          accepted = loaded.list();
          remember(loaded.bytes());
        }
      }
      case LogListAnswer.Refused refused -> refusals.accept(refused);
      case LogListAnswer.Unavailable unavailable -> logger.warn("{}", unavailable.message());
      case LogListAnswer.NotModified same -> {}
    }
    return accepted;
  }

  private LogListAnswer ask(ListConfig list) throws InterruptedException {
    try {
      return switch (list) {
        case ListConfig.Default standard ->
            loader.fetch(LogListLoader.DEFAULT_LIST, ListKey.google(), null);
        case ListConfig.FromUrl from -> loader.fetch(from.url(), keyIn(from.key()), null);
        case ListConfig.FromFile from ->
            LogListLoader.read(from.file(), from.key() == null ? null : keyIn(from.key()));
        case ListConfig.None none -> new LogListAnswer.NotModified();
      };
    } catch (IOException | IllegalArgumentException e) {
      return new LogListAnswer.Unavailable("the key of the log list cannot be used: " + e);
    }
  }

  private static ListKey keyIn(Path file) throws IOException {
    return ListKey.ofPem(Files.readString(file));
  }

  private @Nullable LogList remembered() {
    try {
      return Files.exists(lastGood) ? LogList.parse(Files.readAllBytes(lastGood)) : null;
    } catch (IOException | ParseException unusable) {
      return null;
    }
  }

  private void remember(byte[] list) {
    try {
      Path fresh = lastGood.resolveSibling(lastGood.getFileName() + ".new");
      Files.write(fresh, list);
      Files.move(
          fresh, lastGood, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      logger.warn("the log list cannot be kept in {}: {}", lastGood, e.toString());
    }
  }
}
