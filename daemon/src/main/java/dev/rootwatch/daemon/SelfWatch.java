package dev.rootwatch.daemon;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Dispatcher;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.alert.SinkHealth;
import dev.rootwatch.alert.spi.Delivery;
import dev.rootwatch.daemon.store.StoreException;
import dev.rootwatch.daemon.web.Health;
import dev.rootwatch.watch.authority.AuthorityGraph;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once a minute whether the daemon itself is well, and tells people when it is not: a sink
 * that takes nothing (told through the others), a clock that is wrong, a canary that fell silent,
 * more authorities than there is room for, a store that does not write. The last is told to the
 * sinks directly: an alert about the store cannot go through it.
 */
final class SelfWatch implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(SelfWatch.class);

  private static final Duration EVERY = Duration.ofMinutes(1);

  /** A sink may be down for a restart; longer is an alert. */
  static final Duration SINK_DOWN = Duration.ofMinutes(5);

  /** So many alerts in a row that a sink refused for good. */
  static final int REFUSALS = 5;

  private final Dispatcher dispatcher;
  private final List<String> sinks;
  private final Episodes episodes;
  private final ServerClocks clocks;
  private final CanaryWatch canaries;
  private final Supplier<Optional<AuthorityGraph.Refused>> refused;
  private final Health health;
  private final InstantSource clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("self watch").unstarted(this::run);
  private @Nullable Instant storeFailsSince;
  private boolean storeTold;

  /**
   * @param sinks ids of all sinks
   * @param refused what the graph of authorities has no room for
   */
  SelfWatch(
      Dispatcher dispatcher,
      List<String> sinks,
      Episodes episodes,
      ServerClocks clocks,
      CanaryWatch canaries,
      Supplier<Optional<AuthorityGraph.Refused>> refused,
      Health health,
      InstantSource clock) {
    this.dispatcher = dispatcher;
    this.sinks = List.copyOf(sinks);
    this.episodes = episodes;
    this.clocks = clocks;
    this.canaries = canaries;
    this.refused = refused;
    this.health = health;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
  }

  private void run() {
    try {
      while (!stopping.await(EVERY.toSeconds(), TimeUnit.SECONDS)) {
        try {
          look();
        } catch (RuntimeException defect) {
          logger.error("looking after ourselves failed; the next look goes on", defect);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look at everything. */
  void look() throws InterruptedException {
    store();
    try {
      dispatcher.health().forEach(this::sink);
      clock();
      canaries.look();
      authorities();
    } catch (StoreException told) {
      logger.warn("troubles of our own cannot be stored: {}", told.getMessage());
    }
  }

  private void sink(SinkHealth sink) {
    Instant since = sink.failingSince();
    boolean down = since != null && !clock.instant().isBefore(since.plus(SINK_DOWN));
    if (!down && sink.refusalsInARow() < REFUSALS) {
      if (since == null) {
        episodes.settle(AlertType.SINK_FAILING, sink.sink());
      }
      return;
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("sink", sink.sink());
    detail.put("failingSince", since);
    detail.put("reason", sink.reason());
    detail.put("refusalsInARow", sink.refusalsInARow());
    episodes.raise(
        AlertType.SINK_FAILING,
        sink.sink(),
        Severity.MEDIUM,
        down
            ? "sink " + sink.sink() + " has taken nothing since " + since
            : "sink " + sink.sink() + " refuses every alert",
        detail);
  }

  private void clock() {
    Optional<Duration> ahead = clocks.mostAreAhead();
    if (ahead.isEmpty()) {
      episodes.settle(AlertType.CLOCK_SKEW, "ourselves");
      return;
    }
    long seconds = ahead.get().toSeconds();
    episodes.raise(
        AlertType.CLOCK_SKEW,
        "ourselves",
        Severity.MEDIUM,
        "our clock is "
            + Math.abs(seconds)
            + " seconds "
            + (seconds > 0 ? "behind" : "ahead of")
            + " those of most logs",
        Map.of("secondsBehind", seconds));
  }

  /** Ends with a start after which nothing is kept out any more. */
  private void authorities() {
    Optional<AuthorityGraph.Refused> kept = refused.get();
    if (kept.isEmpty()) {
      episodes.settle(AlertType.AUTHORITY_OVERFLOW, "authorities");
      return;
    }
    List<String> parents = kept.get().parents().stream().map(Object::toString).toList();
    episodes.raise(
        AlertType.AUTHORITY_OVERFLOW,
        "authorities",
        Severity.MEDIUM,
        "there is no room for further authorities below " + parents.getFirst(),
        Map.of("refused", kept.get().count(), "parents", parents));
  }

  private void store() throws InterruptedException {
    Optional<String> ailment = health.ailment();
    Instant now = clock.instant();
    if (ailment.isEmpty()) {
      if (storeTold && storeFailsSince != null) {
        Alert began = storeAlert(storeFailsSince, "");
        tell(began.mergedWith(began.ended(now)).alert());
      }
      storeFailsSince = null;
      storeTold = false;
      return;
    }
    if (storeFailsSince == null) {
      storeFailsSince = now;
    }
    // At the second look: what passes by itself is no news.
    if (!storeTold && now.isAfter(storeFailsSince)) {
      storeTold = tell(storeAlert(storeFailsSince, ailment.get()));
    }
  }

  private static Alert storeAlert(Instant since, String reason) {
    return Alert.ofEpisode(
        AlertType.STORE_FAILING,
        "store",
        Severity.MEDIUM,
        "the store cannot be written since " + since + ": nothing new is read until it can",
        since,
        Map.of("reason", reason));
  }

  /** Whether any sink took it. */
  private boolean tell(Alert alert) throws InterruptedException {
    boolean taken = false;
    for (String sink : sinks) {
      taken |=
          dispatcher.direct(sink, alert).filter(Delivery.Accepted.class::isInstance).isPresent();
    }
    return taken;
  }
}
