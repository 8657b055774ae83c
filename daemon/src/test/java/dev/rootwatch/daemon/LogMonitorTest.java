package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rootwatch.alert.AlertType;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.ConsistencyProof;
import dev.rootwatch.ct.read.AdaptiveConcurrency;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.ReadBudget;
import dev.rootwatch.ct.read.Retry;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.ct.read.Segment.State;
import dev.rootwatch.ct.read.SegmentReader;
import dev.rootwatch.ct.read.WindowSize;
import dev.rootwatch.ct.source.BufferPool;
import dev.rootwatch.ct.source.EntrySource;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.ct.source.LogSources;
import dev.rootwatch.ct.source.ProofSource;
import dev.rootwatch.ct.source.SourceException;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.daemon.config.Start;
import dev.rootwatch.daemon.metrics.FindingMetrics;
import dev.rootwatch.daemon.metrics.LogMetrics;
import dev.rootwatch.daemon.store.AlertQuery;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoredAlert;
import dev.rootwatch.testlog.TestLog;
import dev.rootwatch.testlog.TestLogServer;
import dev.rootwatch.watch.Examined;
import dev.rootwatch.watch.authority.AuthorityGraph;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way through the house, over real HTTP and a real store, for every protocol. */
@SuppressWarnings("NullAway.Init") // every test serves a log first
class LogMonitorTest {
  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
  private static final Duration LATE_AFTER = Duration.ofMinutes(15);

  @TempDir Path folder;

  private final AuthorityGraph graph = Watchers.bundled().setup(InstantSource.system()).graph();

  private final ExecutorService downloads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong examined = new AtomicLong();
  private InstantSource clock = InstantSource.fixed(NOW);
  private Store store;
  private TestLog log;
  private TestLogServer server;

  @BeforeEach
  void openStore() {
    store = SqliteStore.open(folder.resolve("rw.db"), clock, alert -> List.of());
  }

  @AfterEach
  void closeAll() {
    server.close();
    store.close();
    downloads.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void round_fromZero_examinesEveryEntryAndVerifies(LogProtocol protocol) throws Exception {
    serve(protocol, 1_000);

    monitor(new Start.Zero()).round();

    assertThat(examined).hasValue(1_000);
    assertThat(coverage().segments())
        .extracting(Segment::range, Segment::state, Segment::headSize)
        .containsExactly(tuple(new EntryRange(0, 1_000), State.VERIFIED, 1_000L));
    assertThat(coverage().segments().getFirst().right().root()).isEqualTo(log.root(1_000));
  }

  @ParameterizedTest
  @EnumSource
  void round_startNow_examinesOnlyWhatComesLater(LogProtocol protocol) throws Exception {
    serve(protocol, 777);
    LogMonitor monitor = monitor(new Start.Now());
    monitor.round();
    assertThat(examined).hasValue(0);

    grow(300);
    monitor.round();

    assertThat(examined).hasValue(300);
    assertThat(coverage().segments())
        .extracting(Segment::range, Segment::state)
        .containsExactly(tuple(new EntryRange(777, 1_077), State.VERIFIED));
  }

  @ParameterizedTest
  @EnumSource
  void round_startAtIndex_examinesFromThereWithAProvenLeftEdge(LogProtocol protocol)
      throws Exception {
    serve(protocol, 600);

    monitor(new Start.At(301)).round();

    Segment segment = coverage().segments().getFirst();
    assertThat(segment.range()).isEqualTo(new EntryRange(301, 600));
    assertThat(segment.left().root()).isEqualTo(log.root(301));
    assertThat(segment.state()).isEqualTo(State.VERIFIED);
  }

  @ParameterizedTest
  @EnumSource
  void round_anotherProcessWentBefore_goesOnFromTheStore(LogProtocol protocol) throws Exception {
    serve(protocol, 500);
    monitor(new Start.Zero()).round();
    grow(41);

    monitor(new Start.Now()).round();

    assertThat(examined).hasValue(541);
    assertThat(coverage().segments())
        .extracting(Segment::range)
        .containsExactly(new EntryRange(0, 541));
  }

  @ParameterizedTest
  @EnumSource(names = {"STATIC", "HYBRID"})
  void round_partialTileYoung_waitsAndProvesWhatItRead(LogProtocol protocol) throws Exception {
    serve(protocol, 300);
    LogMonitor patient = monitor(new Start.Zero(), sources(), Duration.ofSeconds(60));

    patient.round();
    assertThat(coverage().segments())
        .extracting(Segment::range, Segment::state, Segment::headSize)
        .containsExactly(tuple(new EntryRange(0, 256), State.VERIFIED, 300L));

    clock = InstantSource.fixed(NOW.plusSeconds(60));
    patient.round();
    assertThat(coverage().segments())
        .extracting(Segment::range, Segment::state)
        .containsExactly(tuple(new EntryRange(0, 300), State.VERIFIED));
  }

  @ParameterizedTest
  @EnumSource
  void round_logShowsOtherEntriesThanItSigned_alertsOnceAndGoesOn(LogProtocol protocol)
      throws Exception {
    serve(protocol, 600);
    TestLog other = TestLog.named("other").protocol(protocol).clock(clock).build();
    other.fill(600);
    other.publish();
    try (TestLogServer lies = TestLogServer.start(0, other)) {
      LogSources honest = sources();
      LogSources lying =
          new LogSources(
              honest.heads(),
              LogSources.of(lies.ctLog(other), http()).entries(),
              honest.proofs(),
              honest.issuers());
      LogMonitor monitor = monitor(new Start.Zero(), lying, Duration.ZERO);

      monitor.round();
      monitor.round();
    }

    assertThat(coverage().segments())
        .extracting(Segment::range, Segment::state)
        .containsExactly(
            tuple(new EntryRange(0, 0), State.VERIFIED),
            tuple(new EntryRange(0, 600), State.CONTRADICTED),
            tuple(new EntryRange(600, 600), State.VERIFIED));
    assertThat(alerts())
        .extracting(stored -> stored.alert().type())
        .containsExactly(AlertType.LOG_MISBEHAVIOUR);

    grow(100);
    monitor(new Start.Zero()).round();
    assertThat(coverage().last().orElseThrow().range()).isEqualTo(new EntryRange(600, 700));
    assertThat(coverage().last().orElseThrow().state()).isEqualTo(State.VERIFIED);
  }

  @ParameterizedTest
  @EnumSource
  void round_answerDamagedOnce_healsBySecondReading(LogProtocol protocol) throws Exception {
    serve(protocol, 200);
    TestLog other = TestLog.named("other").protocol(protocol).clock(clock).build();
    other.fill(200);
    other.publish();
    try (TestLogServer damaged = TestLogServer.start(0, other)) {
      LogSources honest = sources();
      EntrySource wrong = LogSources.of(damaged.ctLog(other), http()).entries();
      AtomicBoolean first = new AtomicBoolean(true);
      EntrySource once =
          new Reading(honest.entries()) {
            @Override
            public EntryWindow read(EntryRange range, long treeSize)
                throws SourceException, InterruptedException {
              return first.getAndSet(false)
                  ? wrong.read(range, treeSize)
                  : super.read(range, treeSize);
            }
          };
      LogSources healing = new LogSources(honest.heads(), once, honest.proofs(), honest.issuers());

      monitor(new Start.Zero(), healing, Duration.ZERO).round();
    }

    assertThat(coverage().segments())
        .extracting(Segment::range, Segment::state)
        .containsExactly(tuple(new EntryRange(0, 200), State.VERIFIED));
    assertThat(alerts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void round_logShowsOtherEntriesAndFallsSilent_keepsWhatItShowedAndAsksAgain(LogProtocol protocol)
      throws Exception {
    serve(protocol, 200);
    TestLog other = TestLog.named("other").protocol(protocol).clock(clock).build();
    other.fill(200);
    other.publish();
    try (TestLogServer lies = TestLogServer.start(0, other)) {
      LogSources honest = sources();
      EntrySource wrong = LogSources.of(lies.ctLog(other), http()).entries();
      AtomicLong reads = new AtomicLong();
      EntrySource silentOnce =
          new Reading(wrong) {
            @Override
            public EntryWindow read(EntryRange range, long treeSize)
                throws SourceException, InterruptedException {
              if (reads.getAndIncrement() == 1) {
                throw new SourceException(SourceException.Kind.UNAVAILABLE, "silent");
              }
              return super.read(range, treeSize);
            }
          };
      LogMonitor monitor =
          monitor(
              new Start.Zero(),
              new LogSources(honest.heads(), silentOnce, honest.proofs(), honest.issuers()),
              Duration.ZERO);

      assertThatThrownBy(monitor::round).hasMessageContaining("silent");
      assertThat(coverage().segments())
          .extracting(Segment::range, Segment::state)
          .contains(tuple(new EntryRange(0, 200), State.PENDING));

      monitor.round();
    }

    assertThat(coverage().segments())
        .extracting(Segment::range, Segment::state)
        .contains(tuple(new EntryRange(0, 200), State.CONTRADICTED));
    assertThat(alerts())
        .extracting(stored -> stored.alert().type())
        .containsExactly(AlertType.LOG_MISBEHAVIOUR);
  }

  @ParameterizedTest
  @EnumSource
  void round_contradictedLogGrowsBeforeItProvesItself_nothingIsLeftOut(LogProtocol protocol)
      throws Exception {
    serve(protocol, 200);
    TestLog other = TestLog.named("other").protocol(protocol).clock(clock).build();
    other.fill(200);
    other.publish();
    try (TestLogServer lies = TestLogServer.start(0, other)) {
      LogSources honest = sources();
      EntrySource wrong = LogSources.of(lies.ctLog(other), http()).entries();
      LogSources withoutProofs =
          new LogSources(honest.heads(), wrong, noProofs(), honest.issuers());
      monitor(new Start.Zero(), withoutProofs, Duration.ZERO).round();
      assertThat(coverage().toRead(201)).as("is read on").isNotEmpty();
    }
    grow(100);

    LogMonitor monitor = monitor(new Start.Zero());
    monitor.round();
    monitor.round();

    assertThat(coverage().segments())
        .extracting(Segment::range, Segment::state)
        .endsWith(
            tuple(new EntryRange(0, 200), State.CONTRADICTED),
            tuple(new EntryRange(200, 300), State.VERIFIED));
  }

  @ParameterizedTest
  @EnumSource
  void round_logKeepsShowingASecondTree_isToldOnce(LogProtocol protocol) throws Exception {
    serve(protocol, 200);
    monitor(new Start.Zero()).round();
    SignedTreeHead signed = store.newestHead(log.id()).orElseThrow();
    SignedTreeHead second =
        new SignedTreeHead(
            signed.log(),
            signed.size(),
            Hash.sha256(new byte[0]),
            signed.timestamp(),
            signed.raw());
    LogSources honest = sources();
    LogMonitor monitor =
        monitor(
            new Start.Zero(),
            new LogSources(() -> second, honest.entries(), honest.proofs(), honest.issuers()),
            Duration.ZERO);

    monitor.round();
    monitor.round();

    assertThat(alerts()).hasSize(1);
    assertThat(store.heads(log.id(), 200)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void round_logGone_failsAndKeepsWhatWasRead(LogProtocol protocol) throws Exception {
    serve(protocol, 100);
    LogMonitor monitor = monitor(new Start.Zero());
    monitor.round();
    server.close();

    assertThatThrownBy(monitor::round).isInstanceOf(SourceException.class);

    assertThat(coverage().segments())
        .extracting(Segment::range)
        .containsExactly(new EntryRange(0, 100));
  }

  private void serve(LogProtocol protocol, long entries) {
    log = TestLog.named("log").protocol(protocol).clock(clock).build();
    log.fill(entries);
    log.publish();
    server = TestLogServer.start(0, log);
    store.putLogs(List.of(server.ctLog(log)), NOW);
  }

  private void grow(long entries) {
    log.fill(entries);
    log.publish();
  }

  private Coverage coverage() {
    return store.coverage(log.id());
  }

  private List<StoredAlert> alerts() {
    List<StoredAlert> alerts = new ArrayList<>();
    store.forEachAlert(AlertQuery.ALL, alerts::add);
    return alerts;
  }

  private LogHttp http() {
    return new LogHttp(
        LogHttp.newClient(Map.of()).build(), "rootwatch/test", clock, new BufferPool(1 << 20));
  }

  private LogSources sources() {
    return LogSources.of(server.ctLog(log), http());
  }

  private LogMonitor monitor(Start start) {
    return monitor(start, sources(), Duration.ZERO);
  }

  private LogMonitor monitor(Start start, LogSources sources, Duration partialTileAge) {
    CtLog watched = server.ctLog(log);
    InstantSource now = () -> clock.instant();
    Retry once =
        new Retry(1, Duration.ofMillis(1), Duration.ofMillis(1), d -> {}, new SplittableRandom(1));
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Episodes episodes = new Episodes(store, now, result -> {});
    LogProgress progress =
        new LogProgress(
            watched,
            store,
            new LogMetrics(registry, "log"),
            new FindingMetrics(registry, List.of()),
            now,
            new LogAlarms(watched, episodes, LATE_AFTER, Duration.ofSeconds(30), now),
            () -> {});
    return new LogMonitor(
        new LogMonitor.Parts(
            watched,
            sources,
            start,
            new TipPatience(watched, partialTileAge, now),
            new TipFirst(watched, LATE_AFTER),
            () -> this::count,
            new SegmentReader.Settings(
                downloads,
                3,
                new AdaptiveConcurrency(3),
                new ReadBudget(1 << 20),
                new WindowSize(sources.entries(), 1 << 20),
                once),
            Duration.ofSeconds(30),
            store,
            new LogJournal(watched, store, new AlertComposer(now), episodes, progress, graph),
            progress,
            now,
            now));
  }

  /** What a window holds is the examiner's business; here only that each is shown one. */
  private Examined count(EntryWindow window) {
    examined.addAndGet(window.count());
    return new Examined(List.of(), List.of(), List.of(), window.count(), 0, 0, List.of());
  }

  private static ProofSource noProofs() {
    return new ProofSource() {
      @Override
      public ProvenLeaf inclusion(long index, SignedTreeHead head) throws SourceException {
        throw new SourceException(SourceException.Kind.UNAVAILABLE, "no proof");
      }

      @Override
      public ConsistencyProof consistency(long first, SignedTreeHead second)
          throws SourceException {
        throw new SourceException(SourceException.Kind.UNAVAILABLE, "no proof");
      }
    };
  }

  /** The entries of another source; tests change what they need. */
  private static class Reading implements EntrySource {
    private final EntrySource entries;

    Reading(EntrySource entries) {
      this.entries = entries;
    }

    @Override
    public EntryWindow read(EntryRange range, long treeSize)
        throws SourceException, InterruptedException {
      return entries.read(range, treeSize);
    }

    @Override
    public int alignment() {
      return entries.alignment();
    }

    @Override
    public int smallestWindow() {
      return entries.smallestWindow();
    }

    @Override
    public int initialWindow() {
      return entries.initialWindow();
    }
  }
}
