package dev.rootwatch.ct.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaceTest {
  private Instant now = Instant.parse("2026-11-24T08:00:00Z");
  private Duration slept = Duration.ZERO;

  private Pace pace(@Nullable Integer maxPerSecond) {
    return new Pace(
        maxPerSecond,
        () -> now,
        wait -> {
          slept = slept.plus(wait);
          now = now.plus(wait);
        });
  }

  @Test
  void await_noLimit_nobodyWaits() throws InterruptedException {
    Pace pace = pace(null);
    for (int i = 0; i < 100; i++) {
      pace.await();
      pace.answered();
    }
    assertThat(slept).isZero();
  }

  @Test
  void await_fiveASecond_tenTakeAlmostTwoSeconds() throws InterruptedException {
    Pace pace = pace(5);
    for (int i = 0; i < 10; i++) {
      pace.await();
    }
    assertThat(slept).isEqualTo(Duration.ofMillis(1_800));
  }

  @Test
  void refused_retryAfter_everybodyWaitsAsLong() throws InterruptedException {
    Pace pace = pace(null);
    pace.refused(pace.await(), Duration.ofSeconds(20));
    Instant asked = now;
    assertThat(pace.await().start()).isEqualTo(asked.plusSeconds(20));
  }

  @Test
  void refused_severalUnderWayTogether_slowsDownOnce() throws InterruptedException {
    Pace pace = pace(null);
    Pace.Turn one = pace.await();
    Pace.Turn other = pace.await();
    now = now.plusMillis(1);
    pace.refused(one, null);
    Duration afterOne = pace.gap();
    pace.refused(other, null);
    assertThat(pace.gap()).isEqualTo(afterOne).isPositive();
  }

  /**
   * What DigiCert's logs do: some requests in ten seconds, the others are refused without a word.
   */
  @Test
  void learned_logThatBearsOneRequestInSixSeconds_settlesNearIt() throws InterruptedException {
    Pace pace = pace(null);
    Duration bearable = Duration.ofSeconds(6);
    Instant free = now;
    int answered = 0;
    int refused = 0;
    Instant began = now;
    while (now.isBefore(began.plus(Duration.ofHours(2)))) {
      Pace.Turn turn = pace.await();
      now = now.plusMillis(50);
      if (turn.start().isBefore(free)) {
        refused++;
        pace.refused(turn, null);
      } else {
        answered++;
        free = turn.start().plus(bearable);
        pace.answered();
      }
    }
    // 1,200 would be all that it bears.
    assertThat(answered).isGreaterThan(600);
    assertThat(refused).isLessThan(answered / 5);
  }

  @Test
  void learned_logRecovers_gapIsForgotten() throws InterruptedException {
    Pace pace = pace(null);
    now = now.plusMillis(1);
    pace.refused(pace.await(), null);
    for (int i = 0; i < 300; i++) {
      pace.await();
      pace.answered();
    }
    assertThat(pace.gap()).isZero();
  }

  @Test
  void constructor_noRequestAtAll_refused() {
    assertThatThrownBy(() -> pace(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
