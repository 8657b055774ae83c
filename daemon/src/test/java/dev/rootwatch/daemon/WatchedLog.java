package dev.rootwatch.daemon;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.read.AdaptiveConcurrency;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.ReadBudget;
import dev.rootwatch.ct.read.Retry;
import dev.rootwatch.ct.read.SegmentReader;
import dev.rootwatch.ct.read.WindowSize;
import dev.rootwatch.ct.source.BufferPool;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.ct.source.LogSources;
import dev.rootwatch.ct.source.Pace;
import dev.rootwatch.daemon.config.Start;
import dev.rootwatch.daemon.metrics.FindingMetrics;
import dev.rootwatch.daemon.metrics.LogMetrics;
import dev.rootwatch.daemon.store.AlertQuery;
import dev.rootwatch.daemon.store.KnownLog;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoredAlert;
import dev.rootwatch.testlog.Fault;
import dev.rootwatch.testlog.TestLog;
import dev.rootwatch.testlog.TestLogServer;
import dev.rootwatch.watch.Examiner;
import dev.rootwatch.watch.ExaminerSetup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A log and what watches it, over real HTTP and a real store, in one process and on one clock that
 * a test holds: whoever waits moves it.
 */
final class WatchedLog implements AutoCloseable {
  static final Duration POLL = Duration.ofSeconds(30);
  static final Duration LATE_AFTER = Duration.ofMinutes(15);

  private final ExecutorService downloads = Executors.newVirtualThreadPerTaskExecutor();
  private final ExaminerSetup setup;
  private final boolean ownsStore;
  final HeldTime clock;
  final TestLog log;
  final TestLogServer server;

  /** Entries that examiners were given, repeats counted. */
  final AtomicLong examined = new AtomicLong();

  final Store store;

  WatchedLog(Path folder, LogProtocol protocol, long entries) {
    this(folder, protocol, entries, new HeldTime());
  }

  private WatchedLog(Path folder, LogProtocol protocol, long entries, HeldTime clock) {
    this(
        TestLog.named("log").protocol(protocol).clock(clock).build(),
        SqliteStore.open(folder.resolve("rw.db"), clock, alert -> List.of()),
        Watchers.bundled().setup(InstantSource.system()),
        clock,
        true);
    grow(entries);
  }

  /** A log that shares with others what watches it, the store as well, which stays open. */
  WatchedLog(TestLog log, Store store, ExaminerSetup setup, HeldTime clock) {
    this(log, store, setup, clock, false);
  }

  private WatchedLog(
      TestLog log, Store store, ExaminerSetup setup, HeldTime clock, boolean ownsStore) {
    this.ownsStore = ownsStore;
    this.log = log;
    this.store = store;
    this.setup = setup;
    this.clock = clock;
    server = TestLogServer.start(0, log);
    store.putLogs(
        Stream.concat(store.logs().stream().map(KnownLog::log), Stream.of(server.ctLog(log)))
            .toList(),
        clock.instant());
  }

  /** New entries, and a head that covers them. */
  void grow(long entries) {
    log.fill(entries);
    log.publish();
  }

  void misbehave(String... faults) {
    log.misbehave(Arrays.stream(faults).map(Fault::parse).toList());
  }

  void pass(Duration time) {
    clock.pass(time);
  }

  Coverage coverage() {
    return store.coverage(log.id());
  }

  List<Alert> alerts(AlertType type) {
    List<StoredAlert> alerts = new ArrayList<>();
    store.forEachAlert(AlertQuery.ALL.type(type.word()), alerts::add);
    return alerts.stream().map(StoredAlert::alert).toList();
  }

  /** A monitor as after a start, with what repeats its rounds. */
  Watch watch(int attempts) {
    CtLog watched = server.ctLog(log);
    Retry retry =
        new Retry(
            attempts,
            Duration.ofMillis(250),
            Duration.ofSeconds(30),
            this::pass,
            new SplittableRandom(1));
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Episodes episodes = new Episodes(store, clock, result -> {});
    LogProgress progress =
        new LogProgress(
            watched,
            store,
            new LogMetrics(registry, "log"),
            new FindingMetrics(registry, List.of()),
            clock,
            new LogAlarms(watched, episodes, LATE_AFTER, POLL, clock),
            () -> {});
    LogHttp http =
        new LogHttp(
            LogHttp.newClient(Map.of()).build(), "rootwatch/test", clock, new BufferPool(1 << 20));
    LogSources sources = LogSources.of(watched, http, new Pace(null, clock, this::pass));
    LogMonitor monitor =
        new LogMonitor(
            new LogMonitor.Parts(
                watched,
                sources,
                new Start.Zero(),
                new TipPatience(watched, Duration.ofSeconds(45), clock),
                new TipFirst(watched, LATE_AFTER),
                () -> {
                  Examiner examiner = setup.newExaminer();
                  return window -> {
                    examined.addAndGet(window.count());
                    return examiner.examine(watched, window, sources.issuers());
                  };
                },
                new SegmentReader.Settings(
                    downloads,
                    1, // who waits beside others on this clock waits no time at all
                    new AdaptiveConcurrency(1),
                    new ReadBudget(1 << 20),
                    new WindowSize(sources.entries(), 1 << 20),
                    retry),
                POLL,
                store,
                new LogJournal(
                    watched, store, new AlertComposer(clock), episodes, progress, setup.graph()),
                progress,
                clock,
                clock));
    return new Watch(monitor, new LogRunner(watched, monitor, progress, POLL, this::pass));
  }

  /** What reads the log. */
  record Watch(LogMonitor monitor, LogRunner runner) {}

  /** Rounds and their pauses, for so long on the clock that is held. */
  void run(Watch watch, Duration time) throws InterruptedException {
    Instant end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      pass(watch.runner().round());
    }
  }

  @Override
  public void close() {
    server.close();
    if (ownsStore) {
      store.close();
    }
    downloads.shutdownNow();
  }
}
