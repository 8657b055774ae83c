package dev.rootwatch.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Detail;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.LogState;
import dev.rootwatch.ct.list.ListKey;
import dev.rootwatch.ct.list.LogList;
import dev.rootwatch.ct.list.LogListLoader;
import dev.rootwatch.daemon.config.Config.CustomLog;
import dev.rootwatch.daemon.config.Config.ListConfig;
import dev.rootwatch.daemon.config.Config.LogsConfig;
import dev.rootwatch.daemon.config.Start;
import dev.rootwatch.daemon.store.AlertQuery;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list over real HTTP, from the first start through trouble and restarts. */
@SuppressWarnings("NullAway.Init") // set before each test
class LogRosterTest {
  private static final Instant DAY = Instant.parse("2026-11-20T12:00:00.123456789Z");
  private static final List<CtLog> LOGS = IntStream.range(0, 8).mapToObj(i -> log(i)).toList();

  @TempDir Path folder;

  private final OkHttpClient client = new OkHttpClient();
  private Instant now = DAY;
  private ListSite site;
  private Store store;
  private LogRoster roster;

  @BeforeEach
  void open() throws IOException {
    site = new ListSite();
    Files.writeString(folder.resolve("key.pem"), ListSite.pem());
    store = SqliteStore.open(folder.resolve("rw.db"), () -> now, alert -> List.of("sink"));
    start();
  }

  @AfterEach
  void close() {
    store.close();
    site.close();
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }

  @Test
  void current_secondRefreshOfTheSameList_asksWithItsTag() throws Exception {
    site.publish(list(DAY, 8));
    assertThat(names()).hasSize(8);
    assertThat(site.asked()).containsExactly("/v3/list.json", "/v3/list.sig");

    assertThat(names()).hasSize(8);
    assertThat(site.asked())
        .singleElement()
        .satisfies(request -> assertThat(request).startsWith("/v3/list.json \""));
  }

  @Test
  void current_afterARestart_listAndTagComeFromDisk() throws Exception {
    site.publish(list(DAY, 8));
    names();
    site.asked();

    start();
    assertThat(names()).hasSize(8);
    assertThat(site.asked()).as("304, nothing else").hasSize(1);

    start();
    site.fail();
    assertThat(names()).hasSize(8);
    assertThat(ListTrouble.in(store))
        .hasValueSatisfying(trouble -> {
          assertThat(trouble.since()).isEqualTo("2026-11-20T12:00:00Z");
          assertThat(trouble.message()).contains("status 503");
        });
    assertThat(alerts()).isEmpty();

    now = DAY.plusSeconds(4200);
    site.publish(list(DAY.plusSeconds(1), 7));
    assertThat(names()).hasSize(7);
    assertThat(ListTrouble.in(store)).isEmpty();
  }

  @Test
  void current_keptListChangedOnDisk_isNotBelievedAndItsTagNotSent() throws Exception {
    site.publish(list(DAY, 8));
    names();
    site.asked();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept())))
        .isEqualTo("rw-------");

    byte[] bytes = Files.readAllBytes(kept());
    for (int at = 60; at < bytes.length; at += 97) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 0x10;
      Files.write(kept(), damaged);
      assertThat(new KeptList(kept()).read(site.url().toString(), key()))
          .as("byte " + at)
          .satisfiesAnyOf(
              read -> assertThat(read).isEmpty(),
              read -> assertThat(read.orElseThrow().list().logs()).hasSize(8));
    }
    Files.write(kept(), Arrays.copyOf(bytes, bytes.length / 2));
    start();
    site.fail();
    store.putLogs(LogList.parse(list(DAY, 3).getBytes(UTF_8)).logs(), now);
    assertThat(names()).as("those that the store knows").hasSize(3);
    assertThat(site.asked()).containsExactly("/v3/list.json");
  }

  @Test
  void current_keptListOfAnotherKey_isNotBelieved() throws Exception {
    site.publish(list(DAY, 8));
    names();
    assertThat(new KeptList(kept()).read(site.url().toString(), key())).isPresent();
    assertThat(new KeptList(kept()).read(site.url().toString(), ListKey.google())).isEmpty();
    assertThat(new KeptList(kept()).read("https://other.test/list.json", key())).isEmpty();
  }

  @Test
  void current_refusedOverRefreshesAndRestarts_isOneAlertUntilAGoodListComes() throws Exception {
    site.publish(list(DAY, 8));
    names();
    site.publish(list(DAY.minusSeconds(60), 8));
    assertThat(names()).hasSize(8);
    now = now.plusSeconds(4200);
    names();
    start();
    now = now.plusSeconds(4200);
    site.publish(list(DAY.minusSeconds(50), 8));
    assertThat(names()).hasSize(8);

    assertThat(alerts()).hasSize(1);
    Alert alert = alerts().getFirst();
    assertThat(alert.type()).isEqualTo(AlertType.LIST_REFUSED);
    assertThat(alert.revision()).isEqualTo(1);
    assertThat(alert.firstSeen()).isEqualTo(DAY);
    assertThat(alert.detail()).containsEntry("reason", "TIMESTAMP_WENT_BACK");
    assertThat(store.deliveries(alert.id())).hasSize(1);
    assertThat(ListTrouble.in(store)).isPresent();

    site.publishUnsigned(list(DAY.plusSeconds(1), 8));
    names();
    assertThat(alerts()).hasSize(2);

    now = now.plusSeconds(4200);
    site.publish(list(DAY.plusSeconds(2), 8));
    names();
    assertThat(alerts())
        .allSatisfy(ended -> {
          assertThat(ended.revision()).isEqualTo(2);
          assertThat(ended.detail()).containsEntry(Detail.ENDED_AT, now.toString());
        });

    site.publish(list(DAY.minusSeconds(60), 8));
    names();
    assertThat(alerts()).as("a new episode").hasSize(3);
  }

  @Test
  void current_sameListServedAgainAfterABadOne_endsTheEpisode() throws Exception {
    String good = list(DAY, 8);
    site.publish(good);
    names();
    site.publish(list(DAY.plusSeconds(60), 4));
    assertThat(names()).as("halved").hasSize(8);
    site.publish(good);
    names();
    assertThat(alerts()).singleElement().satisfies(a -> assertThat(a.revision()).isEqualTo(2));
  }

  @Test
  void current_states_selectAndTheRestIsListed() throws Exception {
    site.publish(
        new ListJson(DAY)
            .usable(LOGS.get(0))
            .with(LOGS.get(1), "pending", null)
            .with(LOGS.get(2), "rejected", null)
            .with(LOGS.get(3), "qualified", null)
            .toString());
    LogRoster.Roll roll = roster.current();
    assertThat(roll.entries()).extracting(e -> e.log().name()).containsExactly("log0", "log3");
    assertThat(roll.listed()).hasSize(4);
  }

  @Test
  void current_newShardAfterTheFirstStart_beginsAtZero() throws Exception {
    site.publish(list(DAY, 7));
    assertThat(starts()).containsOnly(new Start.Now());
    start();
    now = now.plusSeconds(60);
    site.publish(list(DAY.plusSeconds(1), 8));
    // The first seven may not even have answered yet.
    assertThat(starts().subList(0, 7)).containsOnly(new Start.Now());
    assertThat(starts().getLast()).isEqualTo(new Start.Zero());
  }

  @Test
  void current_noListAtFirst_theFirstOneCounts() throws Exception {
    site.fail();
    assertThat(starts()).isEmpty();
    now = now.plusSeconds(60);
    site.publish(list(DAY, 8));
    assertThat(starts()).hasSize(8).containsOnly(new Start.Now());
  }

  /** As the fleet does it. */
  private List<Start> starts() throws InterruptedException {
    LogRoster.Roll roll = roster.current();
    store.putLogs(roll.entries().stream().map(LogRoster.Entry::log).toList(), roll.listed(), now);
    roster.stored(now);
    return roll.entries().stream().map(LogRoster.Entry::start).toList();
  }

  @Test
  void current_customLogThatTheListNamesToo_isReadAsConfigured() throws Exception {
    CtLog custom =
        CtLog.custom("mine", LOGS.getFirst().url(), LogProtocol.HYBRID, LOGS.getFirst().key());
    start(List.of(new CustomLog(custom, new Start.At(5))));
    site.publish(list(DAY, 8));
    LogRoster.Roll roll = roster.current();
    assertThat(roll.entries()).hasSize(8);
    assertThat(roll.entries().getFirst()).isEqualTo(new LogRoster.Entry(custom, new Start.At(5)));

    store.putLogs(roll.entries().stream().map(LogRoster.Entry::log).toList(), roll.listed(), now);
    assertThat(store.logs())
        .filteredOn(known -> known.log().id().equals(custom.id()))
        .singleElement()
        .satisfies(known -> assertThat(known.log()).isEqualTo(custom));
  }

  @Test
  void current_keyFileCannotBeRead_keepsTheLastList() throws Exception {
    site.publish(list(DAY, 8));
    names();
    Files.writeString(folder.resolve("key.pem"), "no key");
    assertThat(names()).hasSize(8);
    assertThat(ListTrouble.in(store)).isPresent();
  }

  private List<String> names() throws InterruptedException {
    return roster.current().entries().stream().map(entry -> entry.log().name()).toList();
  }

  private List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>();
    store.forEachAlert(AlertQuery.ALL, stored -> alerts.add(stored.alert()));
    return alerts;
  }

  private Path kept() {
    return folder.resolve("list.zip");
  }

  private ListKey key() {
    return ListKey.ofPem(ListSite.pem());
  }

  private void start() {
    start(List.of());
  }

  /** As after a restart: nothing but the store and the disk is remembered. */
  private void start(List<CustomLog> custom) {
    LogsConfig config =
        new LogsConfig(
            new ListConfig.FromUrl(site.url(), folder.resolve("key.pem")),
            Duration.ofMinutes(70),
            EnumSet.of(LogState.USABLE, LogState.QUALIFIED, LogState.READONLY),
            new Start.Now(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofMinutes(15),
            1 << 20,
            Map.of(),
            custom);
    roster =
        new LogRoster(
            config,
            new LogListLoader(client, "rootwatch/test"),
            store,
            new KeptList(kept()),
            new Episodes(store, () -> now, news -> {}),
            new ListTrouble(store, () -> now));
  }

  private static String list(Instant time, int usable) {
    return new ListJson(time).usable(LOGS.subList(0, usable).toArray(CtLog[]::new)).toString();
  }

  private static CtLog log(int i) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return CtLog.custom(
          "log" + i,
          URI.create("https://log.test/" + i + "/"),
          LogProtocol.RFC6962,
          LogKey.ofSpki(generator.generateKeyPair().getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
