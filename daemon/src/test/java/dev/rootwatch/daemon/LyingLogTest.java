package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.read.AdaptiveConcurrency;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.ReadBudget;
import dev.rootwatch.ct.read.Retry;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.ct.read.SegmentReader;
import dev.rootwatch.ct.read.WindowSize;
import dev.rootwatch.ct.source.BufferPool;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.ct.source.LogSources;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.daemon.config.Start;
import dev.rootwatch.daemon.metrics.FindingMetrics;
import dev.rootwatch.daemon.metrics.LogMetrics;
import dev.rootwatch.daemon.store.AlertQuery;
import dev.rootwatch.daemon.store.CoverageFile;
import dev.rootwatch.daemon.store.CoverageVerifier;
import dev.rootwatch.daemon.store.CoveredLog;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoredAlert;
import dev.rootwatch.testlog.Fault;
import dev.rootwatch.testlog.TestLog;
import dev.rootwatch.testlog.TestLogServer;
import dev.rootwatch.watch.ExaminerSetup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logs that lie, over real HTTP: what they did is told once, and everything is read all the same.
 */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class LyingLogTest {
  private static final Duration LATE_AFTER = Duration.ofMinutes(15);

  @TempDir Path folder;

  private final ExecutorService downloads = Executors.newVirtualThreadPerTaskExecutor();
  private final ExaminerSetup setup = Watchers.bundled().setup(InstantSource.system());
  private Instant now = Instant.parse("2026-11-24T08:00:00Z");
  private final InstantSource clock = () -> now;
  private Store store;
  private TestLog log;
  private TestLogServer server;

  @BeforeEach
  void open() {
    store = SqliteStore.open(folder.resolve("rw.db"), clock, alert -> List.of());
  }

  @AfterEach
  void close() {
    server.close();
    store.close();
    downloads.shutdownNow();
  }

  static Stream<Arguments> lies() {
    return Stream.of(
            List.of("split-view", "two-roots"),
            List.of("shrinking-head:300", "shrinking-head"),
            List.of("future-head", "future-head"),
            List.of("fork", "root-mismatch|wrong-proof"),
            List.of("changed-entry:800", "root-mismatch"),
            List.of("wrong-leaf-index", "wrong-leaf-index"),
            List.of("wrong-hash-tile", "wrong-proof"),
            List.of("wrong-issuer", "wrong-issuer"))
        .flatMap(lie ->
            Stream.of(LogProtocol.values())
                .filter(protocol -> Fault.parse(lie.getFirst()).appliesTo(protocol))
                .map(protocol -> Arguments.of(lie.getFirst(), protocol, lie.getLast())));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void round_logLiesForAWhile_isToldOnceAndEverythingIsRead(
      String fault, LogProtocol protocol, String kind) throws Exception {
    serve(protocol, 600);
    LogMonitor monitor = monitor();
    if (kind.equals("wrong-issuer")) {
      // Issuers are asked for once: it must be wrong the first time.
      log.misbehave(List.of(Fault.parse(fault)));
    }
    rounds(monitor, 1);
    if (!kind.equals("wrong-issuer")) {
      assertThat(misbehaviour()).isEmpty();
    }

    log.misbehave(List.of(Fault.parse(fault)));
    for (int i = 0; i < 6; i++) {
      grow(111);
      rounds(monitor, 2);
    }
    assertThat(misbehaviour()).hasSize(1);
    assertThat(String.valueOf(misbehaviour().getFirst().detail().get("kind"))).matches(kind);
    assertHolds();

    log.misbehave(List.of());
    grow(111);
    LogMonitor restarted = monitor();
    rounds(restarted, 2);
    grow(111);
    rounds(restarted, 2);

    assertThat(misbehaviour()).hasSize(1);
    Coverage coverage = store.coverage(log.id());
    assertThat(coverage.toRead(log.head().size())).isEmpty();
    assertThat(coverage.gaps(new EntryRange(0, log.head().size()))).isEmpty();
    Segment last = coverage.last().orElseThrow();
    assertThat(last.state()).isEqualTo(Segment.State.VERIFIED);
    assertThat(last.right().root()).isEqualTo(log.root(log.head().size()));
    assertHolds();
  }

  /** What is claimed can be checked by anybody, contradictions included. */
  private void assertHolds() {
    String file =
        CoverageFile.of(
                store.logs().stream().map(known -> CoveredLog.of(store, known)).toList(), now)
            .toString();
    assertThat(CoverageVerifier.verify(file.getBytes(StandardCharsets.UTF_8)).failures()).isEmpty();
  }

  private void rounds(LogMonitor monitor, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      now = now.plusSeconds(30);
      try {
        monitor.round();
      } catch (SourceException refused) {
        // The runner would ask again.
        assertThat(refused.kind()).isNotEqualTo(SourceException.Kind.UNAVAILABLE);
      }
    }
  }

  private List<Alert> misbehaviour() {
    List<StoredAlert> alerts = new ArrayList<>();
    store.forEachAlert(AlertQuery.ALL.type(AlertType.LOG_MISBEHAVIOUR.word()), alerts::add);
    return alerts.stream().map(StoredAlert::alert).toList();
  }

  private void serve(LogProtocol protocol, long entries) {
    log = TestLog.named("log").protocol(protocol).clock(clock).build();
    grow(entries);
    server = TestLogServer.start(0, log);
    store.putLogs(List.of(server.ctLog(log)), now);
  }

  private void grow(long entries) {
    log.fill(entries);
    log.publish();
  }

  private LogMonitor monitor() {
    CtLog watched = server.ctLog(log);
    Retry twice =
        new Retry(2, Duration.ofMillis(1), Duration.ofMillis(9), d -> {}, new SplittableRandom(1));
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Episodes episodes = new Episodes(store, clock, result -> {});
    LogProgress progress =
        new LogProgress(
            watched,
            store,
            new LogMetrics(registry, "log"),
            new FindingMetrics(registry, List.of()),
            clock,
            new LogAlarms(watched, episodes, LATE_AFTER, Duration.ofSeconds(30), clock),
            () -> {});
    LogHttp http =
        new LogHttp(
            LogHttp.newClient(Map.of()).build(), "rootwatch/test", clock, new BufferPool(1 << 20));
    LogSources sources = LogSources.of(watched, http);
    return new LogMonitor(
        new LogMonitor.Parts(
            watched,
            sources,
            new Start.Zero(),
            new TipPatience(watched, Duration.ofSeconds(45), clock),
            new TipFirst(watched, LATE_AFTER),
            () -> window -> setup.newExaminer().examine(watched, window, sources.issuers()),
            new SegmentReader.Settings(
                downloads,
                3,
                new AdaptiveConcurrency(3),
                new ReadBudget(1 << 20),
                new WindowSize(sources.entries(), 1 << 20),
                twice),
            Duration.ofSeconds(30),
            store,
            new LogJournal(watched, store, new AlertComposer(clock), episodes, progress),
            progress,
            clock,
            clock));
  }
}
