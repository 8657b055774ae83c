package dev.rootwatch.daemon;

import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Severity;
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
import dev.rootwatch.daemon.store.KnownLog;
import dev.rootwatch.daemon.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which logs are followed, and where each begins: the custom ones as configured, those of the list
 * in the states asked for.
 *
 * <p>{@code start} holds for the logs that a list named when it was first accepted, however late
 * they answer. A log that it names later is a new shard, and is read from its first entry.
 */
final class LogRoster {
  private static final Logger logger = LoggerFactory.getLogger(LogRoster.class);

  /** Name under which the store remembers when logs of a list were first followed. */
  private static final String FIRST_LIST = "first list ";

  private final LogsConfig config;
  private final LogListLoader loader;
  private final Store store;
  private final KeptList kept;
  private final Episodes episodes;
  private final ListTrouble trouble;
  private @Nullable LogList accepted;
  private @Nullable String etag;

  /**
   * @param kept where the last accepted list is
   * @param episodes where lists that must not be used are told of
   * @param trouble where it is written that there is none
   */
  LogRoster(
      LogsConfig config,
      LogListLoader loader,
      Store store,
      KeptList kept,
      Episodes episodes,
      ListTrouble trouble) {
    this.config = config;
    this.loader = loader;
    this.store = store;
    this.kept = kept;
    this.episodes = episodes;
    this.trouble = trouble;
  }

  /** A log to follow. */
  record Entry(CtLog log, Start start) {}

  /**
   * The logs there are.
   *
   * @param entries those to follow
   * @param listed everything that the list names, in whatever state
   */
  record Roll(List<Entry> entries, List<CtLog> listed) {}

  /**
   * Asks for the list, if there is one; what is refused or cannot be had leaves the last good.
   * Where there is none of that either, the logs of the list are those that the store knows: a lost
   * file must not end the watch of a log.
   */
  Roll current() throws InterruptedException {
    Map<LogId, Entry> entries = new LinkedHashMap<>();
    for (CustomLog custom : config.custom()) {
      entries.put(custom.log().id(), new Entry(custom.log(), custom.start()));
    }
    List<CtLog> listed = listed();
    Predicate<LogId> isNew = isNew();
    for (CtLog log : listed) {
      if (config.states().contains(log.state())) {
        Start start = isNew.test(log.id()) ? new Start.Zero() : config.start();
        entries.putIfAbsent(log.id(), new Entry(log, start));
      }
    }
    return new Roll(List.copyOf(entries.values()), listed);
  }

  /** The logs that were handed out are in the store: whatever the list names later is new. */
  void stored(Instant now) {
    String first = FIRST_LIST + source(config.list());
    if (accepted != null && store.meta(first).isEmpty()) {
      store.putMeta(first, now.toString());
    }
  }

  /** Logs that the list did not name when it was first accepted. */
  private Predicate<LogId> isNew() {
    Instant first = store.meta(FIRST_LIST + source(config.list())).map(Instant::parse).orElse(null);
    if (first == null) {
      return log -> false;
    }
    Set<LogId> old =
        store.logs().stream()
            .filter(known -> !known.firstSeen().isAfter(first))
            .map(known -> known.log().id())
            .collect(Collectors.toSet());
    return log -> !old.contains(log);
  }

  private List<CtLog> listed() throws InterruptedException {
    if (config.list() instanceof ListConfig.None) {
      return List.of();
    }
    refresh(config.list());
    return accepted != null
        ? accepted.logs()
        : store.logs().stream()
            .filter(known -> known.goneSince() == null)
            .map(KnownLog::log)
            .toList();
  }

  private void refresh(ListConfig list) throws InterruptedException {
    @Nullable ListKey key;
    try {
      key = key(list);
    } catch (IOException | IllegalArgumentException e) {
      trouble.there("the key of the log list cannot be used: " + e);
      return;
    }
    if (accepted == null) {
      Optional<KeptList.Kept> before = kept.read(source(list), key);
      accepted = before.map(KeptList.Kept::list).orElse(null);
      etag = before.map(KeptList.Kept::etag).orElse(null);
    }
    switch (ask(list, key)) {
      case LogListAnswer.Loaded loaded -> {
        Optional<LogListAnswer.Refused> refusal = LogListCheck.accept(accepted, loaded.list());
        if (refusal.isPresent()) {
          refuse(refusal.get());
        } else {
          accept(source(list), loaded);
        }
      }
      case LogListAnswer.Refused refused -> refuse(refused);
      case LogListAnswer.Unavailable unavailable -> trouble.there(unavailable.message());
      case LogListAnswer.NotModified same -> allIsWell();
    }
  }

  private void accept(String source, LogListAnswer.Loaded loaded) {
    LogList list = loaded.list();
    if (!list.equals(accepted)) {
      list.warnings().forEach(warning -> logger.warn("log list: {}", warning));
      logger.info(
          "log list {} of {}: {} logs, {} usable",
          list.version(),
          list.timestamp(),
          list.logs().size(),
          list.usable());
    }
    if (!list.equals(accepted) || !Objects.equals(etag, loaded.etag())) {
      kept.keep(source, loaded);
    }
    accepted = list;
    etag = loaded.etag();
    allIsWell();
  }

  private void refuse(LogListAnswer.Refused refused) {
    trouble.there(refused.message());
    episodes.raise(
        AlertType.LIST_REFUSED,
        refused.reason().name(),
        Severity.MEDIUM,
        "the log list is refused: " + refused.message(),
        Map.of("reason", refused.reason().name(), "message", refused.message()));
  }

  private void allIsWell() {
    trouble.over();
    for (LogListAnswer.Reason reason : LogListAnswer.Reason.values()) {
      episodes.settle(AlertType.LIST_REFUSED, reason.name());
    }
  }

  private LogListAnswer ask(ListConfig list, @Nullable ListKey key) throws InterruptedException {
    return switch (list) {
      case ListConfig.FromFile from -> LogListLoader.read(from.file(), key);
      case ListConfig.Default _ when key != null ->
          loader.fetch(LogListLoader.DEFAULT_LIST, key, etag);
      case ListConfig.FromUrl from when key != null -> loader.fetch(from.url(), key, etag);
      default -> throw new IllegalStateException("a list to ask for without a key: " + list);
    };
  }

  /** Tells lists apart: what was accepted of one says nothing about another. */
  private static String source(ListConfig list) {
    return switch (list) {
      case ListConfig.Default _ -> LogListLoader.DEFAULT_LIST.toString();
      case ListConfig.FromUrl from -> from.url().toString();
      case ListConfig.FromFile from -> from.file().toString();
      case ListConfig.None _ -> "";
    };
  }

  /** Google's is built in; whoever must replace it before we do names another. */
  private static @Nullable ListKey key(ListConfig list) throws IOException {
    @Nullable Path file =
        switch (list) {
          case ListConfig.Default standard -> standard.key();
          case ListConfig.FromUrl from -> from.key();
          case ListConfig.FromFile from -> from.key();
          case ListConfig.None _ -> null;
        };
    if (file != null) {
      return ListKey.ofPem(Files.readString(file));
    }
    return list instanceof ListConfig.Default ? ListKey.google() : null;
  }
}
