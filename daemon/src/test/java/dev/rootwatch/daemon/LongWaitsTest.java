package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Detail;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.daemon.store.LogStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hours and days of a log's troubles, on a clock that is held. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class LongWaitsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void logAsksForHalfAnHour_isLeftAloneAsLongAndThenRead(LogProtocol protocol) throws Exception {
    try (WatchedLog watched = new WatchedLog(folder, protocol, 700)) {
      watched.misbehave("http-429:1800/1@0-1700");
      WatchedLog.Watch watch = watched.watch(4);
      Instant began = watched.clock.instant();

      Duration pause = watch.runner().round();

      assertThat(pause).isEqualTo(Duration.ofMinutes(30));
      assertThat(watched.clock.instant()).as("not asked again").isEqualTo(began);
      watched.pass(pause);
      watched.run(watch, Duration.ofMinutes(3));
      assertCaughtUp(watched);
    }
  }

  @ParameterizedTest
  @EnumSource
  void logAsksForTenYears_isAskedAgainInMinutes(LogProtocol protocol) throws Exception {
    try (WatchedLog watched = new WatchedLog(folder, protocol, 700)) {
      watched.misbehave("http-429:315360000/1@0-3600");
      WatchedLog.Watch watch = watched.watch(4);

      watched.run(watch, Duration.ofMinutes(50));
      assertThat(standing(watched)).isEqualTo(LogStatus.Standing.FAILING);
      assertThat(watched.store.status(watched.log.id()).orElseThrow().lastError())
          .contains("Retry-After")
          .contains("does not count");

      watched.run(watch, Duration.ofMinutes(25));
      assertCaughtUp(watched);
    }
  }

  @ParameterizedTest
  @EnumSource
  void logShowsNoNewHeadForADay_isStaleOnceAndUntilItShowsOne(LogProtocol protocol)
      throws Exception {
    try (WatchedLog watched = new WatchedLog(folder, protocol, 600)) {
      WatchedLog.Watch watch = watched.watch(2);
      watched.run(watch, Duration.ofMinutes(2));

      // The log publishes nothing; its MMD is a day.
      for (int hour = 0; hour < 23; hour++) {
        watched.pass(Duration.ofHours(1));
        watched.run(watch, Duration.ofSeconds(31));
      }
      assertThat(watched.alerts(AlertType.LOG_STALE)).isEmpty();
      for (int hour = 0; hour < 5; hour++) {
        watched.pass(Duration.ofHours(1));
        watched.run(watch, Duration.ofSeconds(31));
      }
      watched.run(watched.watch(2), Duration.ofMinutes(1));
      assertThat(watched.alerts(AlertType.LOG_STALE)).hasSize(1);
      assertThat(watched.alerts(AlertType.LOG_STALE).getFirst().detail())
          .doesNotContainKey(Detail.ENDED_AT);

      watched.grow(100);
      watched.run(watched.watch(2), Duration.ofMinutes(3));
      assertThat(watched.alerts(AlertType.LOG_STALE)).hasSize(1);
      assertThat(watched.alerts(AlertType.LOG_STALE).getFirst().detail())
          .containsKey(Detail.ENDED_AT);
      assertCaughtUp(watched);
    }
  }

  /** A head of the year 2100 must not make a log look alive until then. */
  @ParameterizedTest
  @EnumSource
  void logShowsOneHeadFromTheFuture_isStaleAllTheSame(LogProtocol protocol) throws Exception {
    try (WatchedLog watched = new WatchedLog(folder, protocol, 600)) {
      watched.misbehave("future-head:900000000", "frozen-head");
      WatchedLog.Watch watch = watched.watch(2);
      watched.run(watch, Duration.ofMinutes(2));
      watched.pass(Duration.ofHours(25));
      watched.run(watch, Duration.ofMinutes(2));

      assertThat(watched.alerts(AlertType.LOG_STALE)).hasSize(1);
      assertThat(watched.alerts(AlertType.LOG_MISBEHAVIOUR)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void logIsGoneForDays_isAskedSeldomAndReadWhenItIsBack(LogProtocol protocol) throws Exception {
    try (WatchedLog watched = new WatchedLog(folder, protocol, 600)) {
      WatchedLog.Watch watch = watched.watch(2);
      watched.run(watch, Duration.ofMinutes(2));
      watched.misbehave("log-gone@0-259200");
      watched.grow(300);

      watched.run(watch, Duration.ofDays(3).minusMinutes(10));
      assertThat(standing(watched)).isEqualTo(LogStatus.Standing.FAILING);
      assertThat(watched.alerts(AlertType.LOG_STALE)).hasSize(1);
      assertThat(watch.runner().round()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(5));

      watched.run(watch, Duration.ofMinutes(20));
      watched.grow(1);
      watched.run(watch, Duration.ofMinutes(5));
      assertCaughtUp(watched);
      assertThat(watched.alerts(AlertType.LOG_STALE).getFirst().detail())
          .containsKey(Detail.ENDED_AT);
    }
  }

  /** Some requests a minute, the others refused without a word. */
  @ParameterizedTest
  @EnumSource(names = {"RFC6962", "STATIC"})
  void logBearsOneRequestInFiveSeconds_isReadAllTheSame(LogProtocol protocol) throws Exception {
    try (WatchedLog watched = new WatchedLog(folder, protocol, 2_000)) {
      watched.misbehave("rate-limit:0.2");
      watched.run(watched.watch(6), Duration.ofHours(1));
      assertThat(watched.coverage().toRead(2_000)).isEmpty();
    }
  }

  private static LogStatus.Standing standing(WatchedLog watched) {
    return watched.store.status(watched.log.id()).orElseThrow().standing();
  }

  private static void assertCaughtUp(WatchedLog watched) {
    assertThat(standing(watched)).isEqualTo(LogStatus.Standing.CAUGHT_UP);
    assertThat(watched.coverage().segments())
        .extracting(Segment::state)
        .containsOnly(Segment.State.VERIFIED);
    assertThat(watched.coverage().toRead(watched.log.head().size())).isEmpty();
    assertThat(watched.coverage().last().orElseThrow().right().root())
        .isEqualTo(watched.log.root(watched.log.head().size()));
  }
}
