package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Detail;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.daemon.store.AlertQuery;
import dev.rootwatch.daemon.store.CommitResult;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoredAlert;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class EpisodesTest {
  @TempDir Path folder;

  private Instant now = Instant.parse("2026-11-24T08:00:00Z");
  private final InstantSource clock = () -> now;
  private final List<CommitResult> raised = new ArrayList<>();
  private Store store;
  private Episodes episodes;

  @BeforeEach
  void open() {
    store = SqliteStore.open(folder.resolve("rw.db"), clock, alert -> List.of("hook"));
    episodes = new Episodes(store, clock, raised::add);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void raise() {
    episodes.raise(AlertType.LOG_BEHIND, "log", Severity.MEDIUM, "behind", Map.of("n", 1));
  }

  private List<StoredAlert> alerts() {
    List<StoredAlert> alerts = new ArrayList<>();
    store.forEachAlert(AlertQuery.ALL, alerts::add);
    return alerts;
  }

  @Test
  void raise_again_isOneAlert() {
    raise();
    now = now.plusSeconds(30);
    raise();
    assertThat(alerts()).hasSize(1);
    assertThat(raised).hasSize(1);
  }

  @Test
  void raise_afterARestart_isStillTheSameEpisode() {
    raise();
    now = now.plusSeconds(30);
    episodes = new Episodes(store, clock, raised::add);
    raise();
    assertThat(alerts()).hasSize(1);
    assertThat(raised).hasSize(1);
    assertThat(episodes.began(AlertType.LOG_BEHIND, "log")).contains(now.minusSeconds(30));
  }

  @Test
  void raise_crashBeforeTheAlertWasStored_isMadeUpFor() {
    store.putMeta("episode log-behind log", now + " " + now);
    raise();
    assertThat(alerts()).hasSize(1);
    assertThat(alerts().getFirst().alert().firstSeen()).isEqualTo(now);
  }

  @Test
  void settle_lastingTrouble_isToldAsEndedOnce() {
    raise();
    now = now.plusSeconds(60);
    episodes.settle(AlertType.LOG_BEHIND, "log");
    episodes.settle(AlertType.LOG_BEHIND, "log");
    assertThat(alerts().getFirst().alert().revision()).isEqualTo(2);
    assertThat(alerts().getFirst().alert().detail())
        .containsEntry(Detail.ENDED_AT, now.toString())
        .containsEntry("n", 1L);
    assertThat(raised).hasSize(2);
    assertThat(episodes.began(AlertType.LOG_BEHIND, "log")).isEmpty();
  }

  @Test
  void settle_noTrouble_saysNothing() {
    episodes.settle(AlertType.LOG_BEHIND, "log");
    assertThat(raised).isEmpty();
  }

  @Test
  void raise_afterItsEnd_isANewAlert() {
    raise();
    episodes.settle(AlertType.LOG_BEHIND, "log");
    now = now.plusSeconds(1);
    raise();
    assertThat(alerts()).hasSize(2);
  }

  @Test
  void startOf_withinTheQuietTime_goesOnAndCountsFromTheLastNotice() {
    Duration day = Duration.ofHours(24);
    Instant start = episodes.startOf(AlertType.LOG_MISBEHAVIOUR, "log", day);
    now = now.plus(Duration.ofHours(20));
    assertThat(episodes.startOf(AlertType.LOG_MISBEHAVIOUR, "log", day)).isEqualTo(start);
    now = now.plus(Duration.ofHours(20));
    episodes = new Episodes(store, clock, raised::add);
    assertThat(episodes.startOf(AlertType.LOG_MISBEHAVIOUR, "log", day)).isEqualTo(start);
    now = now.plus(Duration.ofHours(25));
    assertThat(episodes.startOf(AlertType.LOG_MISBEHAVIOUR, "log", day)).isEqualTo(now);
  }
}
