package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.ConfiguredSink;
import dev.rootwatch.alert.DeliveryMetrics;
import dev.rootwatch.alert.DeliveryPolicy;
import dev.rootwatch.alert.Detail;
import dev.rootwatch.alert.Dispatcher;
import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.Audience;
import dev.rootwatch.alert.spi.Delivery;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.source.BufferPool;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.ct.source.LogSources;
import dev.rootwatch.daemon.store.AlertQuery;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoredAlert;
import dev.rootwatch.daemon.web.Health;
import dev.rootwatch.testlog.TestLog;
import dev.rootwatch.testlog.TestLogServer;
import dev.rootwatch.watch.authority.AuthorityGraph;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("NullAway.Init")
class SelfWatchTest {
  @TempDir Path folder;

  private volatile Instant now = Instant.parse("2026-11-24T08:00:00Z");
  private final InstantSource clock = () -> now;
  private final List<Alert> taken = new CopyOnWriteArrayList<>();
  private final ServerClocks clocks = new ServerClocks(clock);
  private volatile Delivery answer = new Delivery.RetryLater("no connection", null);
  private @Nullable String ailment;
  private Store store;
  private Dispatcher dispatcher;
  private SelfWatch self;
  private AuthorityGraph.@Nullable Refused refused;

  @BeforeEach
  void open() {
    store = SqliteStore.open(folder.resolve("rw.db"), clock, alert -> List.of("bad"));
    AlertSink good =
        alert -> {
          taken.add(alert);
          return new Delivery.Accepted();
        };
    AlertSink bad = _ -> answer;
    dispatcher =
        new Dispatcher(
            store.outbox(),
            List.of(configured("good", good), configured("bad", bad)),
            DeliveryMetrics.NONE,
            clock,
            new SplittableRandom(1));
    Health health =
        new Health() {
          @Override
          public Optional<String> ailment() {
            return Optional.ofNullable(ailment);
          }

          @Override
          public Optional<String> notReadyBecause() {
            return Optional.empty();
          }
        };
    Episodes episodes = new Episodes(store, clock, result -> dispatcher.wake());
    self =
        new SelfWatch(
            dispatcher,
            List.of("good", "bad"),
            episodes,
            clocks,
            new CanaryWatch(List.of(), rule -> Optional.empty(), () -> true, episodes, clock),
            () -> Optional.ofNullable(refused),
            health,
            clock);
  }

  @AfterEach
  void close() {
    dispatcher.close();
    store.close();
  }

  private static ConfiguredSink configured(String id, AlertSink sink) {
    return new ConfiguredSink(id, sink, Audience.MACHINES, DeliveryPolicy.standard(600));
  }

  private List<Alert> alerts(AlertType type) {
    List<StoredAlert> alerts = new ArrayList<>();
    store.forEachAlert(AlertQuery.ALL.type(type.word()), alerts::add);
    return alerts.stream().map(StoredAlert::alert).toList();
  }

  @Test
  void look_sinkDownForMinutes_isToldAndEndsWhenItAnswers() throws Exception {
    store.record(Alert.test("x", now), List.of());
    dispatcher.start();
    while (dispatcher.health().get(1).failingSince() == null) {
      Thread.onSpinWait();
    }
    self.look();
    assertThat(alerts(AlertType.SINK_FAILING)).as("perhaps a restart").isEmpty();

    now = now.plus(SelfWatch.SINK_DOWN);
    self.look();
    self.look();
    assertThat(alerts(AlertType.SINK_FAILING)).hasSize(1);
    assertThat(alerts(AlertType.SINK_FAILING).getFirst().detail()).containsEntry("sink", "bad");

    answer = new Delivery.Accepted();
    now = now.plus(Duration.ofHours(1));
    dispatcher.wake();
    while (dispatcher.health().get(1).failingSince() != null) {
      now = now.plusSeconds(60);
      dispatcher.wake();
      Thread.onSpinWait();
    }
    self.look();
    assertThat(alerts(AlertType.SINK_FAILING).getFirst().detail()).containsKey(Detail.ENDED_AT);
  }

  @Test
  void look_storeDoesNotWrite_isToldToTheSinksDirectlyOnceAndAtItsEnd() throws Exception {
    ailment = "disk full";
    self.look();
    assertThat(taken).as("may pass by itself").isEmpty();
    now = now.plusSeconds(60);
    self.look();
    self.look();
    assertThat(taken).extracting(Alert::type).containsExactly(AlertType.STORE_FAILING);
    assertThat(taken.getFirst().detail()).containsEntry("reason", "disk full");

    ailment = null;
    self.look();
    self.look();
    assertThat(taken).hasSize(2);
    assertThat(taken.get(1).deliveryId()).isEqualTo(taken.getFirst().id() + ".2");
    assertThat(taken.get(1).detail()).containsKey(Detail.ENDED_AT);
  }

  @Test
  void look_mostServersHaveAnotherTime_ourClockIsWrong() throws Exception {
    TestLog log = TestLog.named("lab").clock(() -> now.plusSeconds(3_600)).build();
    log.fill(3);
    log.publish();
    try (TestLogServer server = TestLogServer.start(0, log)) {
      LogHttp http =
          new LogHttp(
              LogHttp.newClient(Map.of()).addInterceptor(clocks).build(),
              "rootwatch/test",
              clock,
              new BufferPool(1 << 20));
      LogSources.of(server.ctLog(log), http).heads().latest();
    }
    self.look();
    self.look();
    assertThat(alerts(AlertType.CLOCK_SKEW)).hasSize(1);
    assertThat(clocks.logTime()).as("one server is not believed").isEqualTo(now);
  }

  @Test
  void look_theGraphOfAuthoritiesIsFull_isOneAlertUntilItIsNot() throws Exception {
    refused = new AuthorityGraph.Refused(7, List.of(Hash.sha256(new byte[0])));
    self.look();
    self.look();
    assertThat(alerts(AlertType.AUTHORITY_OVERFLOW))
        .singleElement()
        .satisfies(alert -> assertThat(alert.detail()).containsEntry("refused", 7L));

    refused = null;
    self.look();
    assertThat(alerts(AlertType.AUTHORITY_OVERFLOW).getFirst().detail())
        .containsKey(Detail.ENDED_AT);
  }
}
