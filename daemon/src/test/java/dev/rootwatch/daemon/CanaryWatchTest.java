package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Detail;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.daemon.metrics.FindingMetrics;
import dev.rootwatch.daemon.store.AlertQuery;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoredAlert;
import dev.rootwatch.watch.Canary;
import dev.rootwatch.watch.Examined;
import dev.rootwatch.watch.Examined.TallyRow;
import dev.rootwatch.watch.RuleException;
import dev.rootwatch.watch.RuleSet;
import dev.rootwatch.watch.RuleSpec;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class CanaryWatchTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;

  private Instant now = Instant.parse("2026-11-24T08:00:00Z");
  private final InstantSource clock = () -> now;
  private boolean following = true;
  private Store store;
  private List<Canary> canaries;
  private FindingMetrics metrics;
  private CanaryWatch watch;

  @BeforeEach
  void open() throws RuleException {
    store = SqliteStore.open(folder.resolve("rw.db"), clock, alert -> List.of());
    canaries =
        RuleSet.parse(
                List.of(RuleSpec.ofAuthority("alive", "owner:lets-encrypt").heardEvery(HOUR)),
                Catalog.bundled(),
                OwnerTable.bundled(),
                name -> new byte[0])
            .canaries();
    restart();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void restart() {
    metrics = new FindingMetrics(new SimpleMeterRegistry(), List.of("alive"), canaries);
    watch =
        new CanaryWatch(
            canaries,
            metrics::lastMatch,
            () -> following,
            new Episodes(store, clock, result -> {}),
            clock);
  }

  private void lookAfter(Duration time) {
    now = now.plus(time);
    watch.look();
  }

  private void hear() {
    TallyRow row =
        new TallyRow(
            OwnerTable.bundled().keysOf("lets-encrypt").getFirst(), 0, 1, 0, 0, "lets-encrypt");
    metrics.examined(new Examined(List.of(), List.of(row), List.of(), 1, 0, 0, List.of()), now);
  }

  private List<Alert> alerts() {
    List<StoredAlert> alerts = new ArrayList<>();
    store.forEachAlert(AlertQuery.ALL, alerts::add);
    return alerts.stream().map(StoredAlert::alert).toList();
  }

  @Test
  void silentForLongerThanItMay_isToldOnce() {
    watch.look();
    lookAfter(Duration.ofMinutes(59));
    assertThat(alerts()).isEmpty();

    lookAfter(Duration.ofMinutes(1));
    lookAfter(Duration.ofMinutes(1));

    Alert alert = alerts().getFirst();
    assertThat(alerts()).hasSize(1);
    assertThat(alert.type()).isEqualTo(AlertType.SILENCE);
    assertThat(alert.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(alert.title()).contains("owner:lets-encrypt", "2026-11-24T08:00:00Z");
    assertThat(alert.detail()).containsEntry("rule", "alive").doesNotContainKey("lastMatch");
  }

  @Test
  void heardInTime_isNotTold() {
    watch.look();
    for (int i = 0; i < 5; i++) {
      lookAfter(Duration.ofMinutes(50));
      hear();
    }
    assertThat(alerts()).isEmpty();
  }

  @Test
  void heardAgain_ends() {
    watch.look();
    lookAfter(HOUR);
    now = now.plusSeconds(30);
    hear();
    lookAfter(Duration.ofSeconds(30));

    assertThat(alerts()).hasSize(1);
    assertThat(alerts().getFirst().detail()).containsKey(Detail.ENDED_AT);
    assertThat(alerts().getFirst().revision()).isEqualTo(2);

    lookAfter(HOUR);
    assertThat(alerts()).hasSize(2);
  }

  @Test
  void restartedInSilence_isTheSameSilence() {
    watch.look();
    lookAfter(HOUR);
    restart();
    watch.look();
    lookAfter(HOUR);
    assertThat(alerts()).hasSize(1);
    assertThat(alerts().getFirst().detail()).doesNotContainKey(Detail.ENDED_AT);
  }

  @Test
  void noLogFollowed_timeDoesNotCount() {
    following = false;
    watch.look();
    lookAfter(HOUR);
    following = true;
    lookAfter(HOUR);
    assertThat(alerts()).isEmpty();
    lookAfter(HOUR);
    assertThat(alerts()).hasSize(1);
  }
}
