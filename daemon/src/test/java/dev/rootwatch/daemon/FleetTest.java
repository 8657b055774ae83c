package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Detail;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.CtLog.FinalTreeHead;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.LogState;
import dev.rootwatch.ct.list.LogListLoader;
import dev.rootwatch.ct.read.ReadBudget;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.ct.source.BufferPool;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.daemon.config.Config.ListConfig;
import dev.rootwatch.daemon.config.Config.LogsConfig;
import dev.rootwatch.daemon.config.Start;
import dev.rootwatch.daemon.metrics.FindingMetrics;
import dev.rootwatch.daemon.store.AlertQuery;
import dev.rootwatch.daemon.store.KnownLog;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.testlog.TestLog;
import dev.rootwatch.testlog.TestLogServer;
import dev.rootwatch.watch.ExaminerSetup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs come, end, leave and come back: over real HTTP and a real store, with a list in a file. */
@SuppressWarnings("NullAway.Init") // set before each test
class FleetTest {
  private static final Instant DAY = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ExaminerSetup EXAMINERS = Watchers.bundled().setup(() -> DAY);

  @TempDir Path folder;

  private final ExecutorService downloads = Executors.newVirtualThreadPerTaskExecutor();
  private final OkHttpClient client = LogHttp.newClient(Map.of()).build();
  private final List<TestLogServer> servers = new ArrayList<>();
  private volatile Instant now = DAY;
  private Start start = new Start.Zero();
  private SimpleMeterRegistry registry;
  private Store store;
  private Fleet fleet;

  private final TestLog one = log("one", LogProtocol.RFC6962, 40);
  private final TestLog two = log("two", LogProtocol.STATIC, 300);
  private final TestLog leaver = log("leaver", LogProtocol.RFC6962, 50);
  private CtLog oneLog;
  private CtLog twoLog;
  private CtLog leaverLog;

  @BeforeEach
  void open() throws IOException {
    store = SqliteStore.open(folder.resolve("rw.db"), () -> now, alert -> List.of());
    oneLog = serve(one);
    twoLog = serve(two);
    leaverLog = serve(leaver);
    restart();
    publish(new ListJson(DAY).usable(oneLog, twoLog, leaverLog));
  }

  @AfterEach
  void close() {
    fleet.close();
    store.close();
    servers.forEach(TestLogServer::close);
    downloads.shutdownNow();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  @Test
  void muster_logLeavesTheList_isReadOnAlsoAfterARestart() throws Exception {
    fleet.muster();
    readTo(leaver, 50);
    until(() -> fleet.notReadyBecause().isEmpty());

    publish(new ListJson(DAY.plusSeconds(1)).usable(oneLog, twoLog));
    fleet.muster();
    assertThat(known(leaver).goneSince()).isEqualTo(DAY);
    grow(leaver, 10);
    readTo(leaver, 60);

    restart();
    grow(leaver, 7);
    fleet.muster();
    readTo(leaver, 67);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void muster_logLeftAndDoesNotAnswer_isGivenUpAfterAWeekWithOneAlertAndComesBack()
      throws Exception {
    fleet.muster();
    readTo(leaver, 50);
    servers.getLast().close();
    now = DAY.plus(Duration.ofHours(1));
    publish(new ListJson(DAY.plusSeconds(1)).usable(oneLog, twoLog));
    fleet.muster();
    now = now.plus(LogCourse.PATIENCE).minusSeconds(1);
    fleet.muster();
    assertThat(alerts(AlertType.LOG_GAP)).isEmpty();
    assertThat(measured("leaver")).isTrue();

    now = now.plusSeconds(1);
    fleet.muster();
    fleet.muster();
    restart();
    fleet.muster();
    assertThat(alerts(AlertType.LOG_GAP)).hasSize(1);
    Alert gap = alerts(AlertType.LOG_GAP).getFirst();
    assertThat(gap.title())
        .isEqualTo(
            "leaver is not followed any more, and not everything was read:"
                + " whatever may follow entry 50");
    assertThat(gap.detail()).containsEntry("unknownFrom", 50L);
    assertThat(alerts(AlertType.LOG_STALE))
        .filteredOn(alert -> alert.title().startsWith("leaver"))
        .as("told by the gap now")
        .allMatch(alert -> alert.detail().containsKey(Detail.ENDED_AT));
    assertThat(measured("leaver")).isFalse();
    assertThat(measured("one")).isTrue();
    assertThat(store.coverage(leaver.id()).examined()).isEqualTo(50);

    leaverLog = serve(leaver);
    grow(leaver, 5);
    publish(new ListJson(DAY.plusSeconds(2)).usable(oneLog, twoLog, leaverLog));
    fleet.muster();
    readTo(leaver, 55);
    assertThat(store.coverage(leaver.id()).segments())
        .extracting(Segment::range)
        .containsExactly(new EntryRange(0, 55));
    until(() -> alerts(AlertType.LOG_GAP).getFirst().revision() == 2);
    assertThat(alerts(AlertType.LOG_GAP))
        .singleElement()
        .satisfies(ended -> assertThat(ended.detail()).containsKey(Detail.ENDED_AT));
  }

  @Test
  void muster_logRetiredInTheList_isDescribedSoAndStillReadToItsEnd() throws Exception {
    fleet.muster();
    readTo(leaver, 50);
    FinalTreeHead end = new FinalTreeHead(60, Hash.sha256(new byte[] {1}));
    publish(
        new ListJson(DAY.plusSeconds(1)).usable(oneLog, twoLog).with(leaverLog, "readonly", end));
    fleet.muster();
    publish(
        new ListJson(DAY.plusSeconds(2)).usable(oneLog, twoLog).with(leaverLog, "retired", null));
    fleet.muster();

    assertThat(known(leaver).log().state()).isEqualTo(LogState.RETIRED);
    assertThat(known(leaver).log().finalHead()).isEqualTo(end);
    assertThat(known(leaver).goneSince()).isEqualTo(DAY);
    grow(leaver, 3);
    readTo(leaver, 53);
    fleet.muster();

    now = DAY.plus(Duration.ofDays(30));
    fleet.muster();
    assertThat(alerts(AlertType.LOG_GAP))
        .singleElement()
        .satisfies(
            gap -> assertThat(gap.title()).endsWith("not everything was read: entries [53, 60)"));
  }

  @Test
  void muster_readToTheFinalHead_isAskedSeldomAndSaysNothing() throws Exception {
    publish(
        new ListJson(DAY)
            .usable(oneLog, twoLog)
            .with(leaverLog, "readonly", new FinalTreeHead(50, leaver.root(50))));
    fleet.muster();
    readTo(leaver, 50);
    fleet.close();
    now = DAY.plusSeconds(1);
    restart();
    fleet.muster();
    until(() -> store.status(leaver.id()).filter(s -> now.equals(s.lastSuccess())).isPresent());
    grow(leaver, 1);
    grow(one, 1);
    readTo(one, 41);
    assertThat(store.coverage(leaver.id()).examined())
        .as("asked twice a minute no more")
        .isEqualTo(50);
    assertThat(alerts()).isEmpty();

    restart();
    fleet.muster();
    readTo(leaver, 51);
    fleet.muster();
    assertThat(alerts())
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.type()).isEqualTo(AlertType.LOG_MISBEHAVIOUR);
          assertThat(alert.title())
              .isEqualTo("leaver grew beyond the 50 entries at which it was to end");
        });
  }

  @Test
  void muster_finalHeadWithAnotherRoot_isMisbehaviourToldOnce() throws Exception {
    publish(
        new ListJson(DAY)
            .usable(oneLog, twoLog)
            .with(leaverLog, "readonly", new FinalTreeHead(50, leaver.root(49))));
    fleet.muster();
    readTo(leaver, 50);
    fleet.muster();
    restart();
    fleet.muster();
    assertThat(alerts())
        .singleElement()
        .satisfies(alert -> {
          assertThat(alert.type()).isEqualTo(AlertType.LOG_MISBEHAVIOUR);
          assertThat(alert.title()).contains("signed another tree of 50 entries");
          assertThat(alert.detail())
              .containsEntry("kind", "another-end")
              .doesNotContainKey("further");
          assertThat(alert.revision()).isEqualTo(1);
        });
  }

  @Test
  void muster_newShardInALaterList_isReadFromItsFirstEntry() throws Exception {
    fleet.close();
    start = new Start.Now();
    restart();
    publish(new ListJson(DAY).usable(oneLog, twoLog));
    fleet.muster();
    until(() -> fleet.notReadyBecause().isEmpty());
    now = DAY.plusSeconds(60);
    publish(new ListJson(DAY.plusSeconds(1)).usable(oneLog, twoLog, leaverLog));
    fleet.muster();
    readTo(leaver, 50);
    assertThat(store.coverage(one.id()).examined()).isZero();
  }

  @Test
  void muster_listGivesALogAnotherAddress_isReadThereFromWhereItWas() throws Exception {
    fleet.muster();
    readTo(leaver, 50);
    servers.getLast().close();
    leaverLog = serve(leaver);
    grow(leaver, 5);
    publish(new ListJson(DAY.plusSeconds(1)).usable(oneLog, twoLog, leaverLog));
    fleet.muster();
    readTo(leaver, 55);
    assertThat(fleet.notReadyBecause()).isEmpty();
  }

  @Test
  void muster_listLostWithTheFileThatKeptIt_logsOfTheStoreAreFollowed() throws Exception {
    fleet.muster();
    readTo(leaver, 50);
    Files.delete(folder.resolve("list.json"));
    Files.delete(folder.resolve("kept.zip"));
    restart();
    grow(leaver, 5);
    fleet.muster();
    readTo(leaver, 55);
    assertThat(known(leaver).goneSince()).isNull();
  }

  private TestLog log(String name, LogProtocol protocol, long entries) {
    TestLog log = TestLog.named(name).protocol(protocol).clock(() -> DAY).build();
    log.fill(entries);
    log.publish();
    return log;
  }

  private CtLog serve(TestLog log) {
    servers.add(TestLogServer.start(0, log));
    return servers.getLast().ctLog(log);
  }

  private static void grow(TestLog log, long entries) {
    log.fill(entries);
    log.publish();
  }

  private void publish(ListJson list) throws IOException {
    Files.writeString(folder.resolve("list.json"), list.toString());
  }

  private void readTo(TestLog log, long entries) {
    until(() -> store.coverage(log.id()).examined() >= entries);
    until(() -> store.newestHead(log.id()).isPresent());
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }

  private KnownLog known(TestLog log) {
    LogId id = log.id();
    return store.logs().stream().filter(k -> k.log().id().equals(id)).findFirst().orElseThrow();
  }

  private boolean measured(String label) {
    return registry.find("rootwatch.log.head.size").tag("log", label).gauge() != null;
  }

  private List<Alert> alerts(AlertType type) {
    return alerts().stream().filter(alert -> alert.type() == type).toList();
  }

  private List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>();
    store.forEachAlert(AlertQuery.ALL, stored -> alerts.add(stored.alert()));
    return alerts;
  }

  /** As after a restart: nothing but the store and the disk is remembered. */
  private void restart() {
    if (fleet != null) {
      fleet.close();
    }
    registry = new SimpleMeterRegistry();
    LogsConfig config =
        new LogsConfig(
            new ListConfig.FromFile(folder.resolve("list.json"), null),
            Duration.ofMinutes(70),
            EnumSet.of(LogState.USABLE, LogState.QUALIFIED, LogState.READONLY),
            start,
            Duration.ofMillis(5),
            Duration.ZERO,
            Duration.ofMinutes(15),
            1 << 20,
            Map.of(),
            List.of());
    Episodes episodes = new Episodes(store, () -> now, news -> {});
    fleet =
        new Fleet(
            new Fleet.Parts(
                config,
                new LogRoster(
                    config,
                    new LogListLoader(client, "rootwatch/test"),
                    store,
                    new KeptList(folder.resolve("kept.zip")),
                    episodes,
                    new ListTrouble(store, () -> now)),
                new LogHttp(client, "rootwatch/test", () -> now, new BufferPool(1 << 20)),
                EXAMINERS,
                store,
                registry,
                new FindingMetrics(registry, List.of()),
                new LogLabels(),
                new ReadBudget(1 << 20),
                downloads,
                () -> now,
                () -> now,
                new AlertComposer(() -> now),
                episodes,
                () -> {}),
            Duration.ofSeconds(5));
  }
}
