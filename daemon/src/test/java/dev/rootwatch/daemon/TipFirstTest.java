package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.testlog.TestLog;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TipFirstTest {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final ReadingSpeed speed = new ReadingSpeed();

  private static CtLog log(LogProtocol protocol) {
    return CtLog.custom(
        "lab", URI.create("http://127.0.0.1:1/"), protocol, TestLog.named("lab").build().key());
  }

  private static CompactRange leaves(long to) {
    CompactRange range = CompactRange.EMPTY;
    for (long i = 0; i < to; i++) {
      range = range.append(CompactRange.ofLeaf(i, Hash.sha256(new byte[] {(byte) i})));
    }
    return range;
  }

  private static final Coverage ONE = Coverage.NONE.opened(Segment.anchoredAt(leaves(10), 10));
  private static final Coverage WITH_A_HOLE = ONE.opened(Segment.anchoredAt(leaves(100), 100));

  @Test
  void opening_speedNotKnown_goesOnWhereReadingStands() {
    assertThat(new TipFirst(log(LogProtocol.RFC6962), PATIENCE).opening(ONE, 1_000_000, speed))
        .isEmpty();
  }

  @Test
  void opening_backlogTakesLongerThanPatience_shortlyBeforeTheHead() {
    speed.read(400, Duration.ofSeconds(10));
    TipFirst tip = new TipFirst(log(LogProtocol.RFC6962), PATIENCE);
    assertThat(tip.opening(ONE, 10 + 40 * 60 * 15, speed)).isEmpty();
    assertThat(tip.opening(ONE, 100_000, speed)).hasValue(100_000 - 40 * 5);
  }

  @Test
  void opening_tiles_atTheBeginningOfATile() {
    speed.read(400, Duration.ofSeconds(10));
    assertThat(new TipFirst(log(LogProtocol.STATIC), PATIENCE).opening(ONE, 100_000, speed))
        .hasValue((100_000 - 200) / 256 * 256);
  }

  @Test
  void opening_holeAlready_isOpenedAgainBeforeTheTipIsLate() {
    speed.read(400, Duration.ofSeconds(10));
    TipFirst tip = new TipFirst(log(LogProtocol.RFC6962), PATIENCE);
    assertThat(tip.opening(WITH_A_HOLE, 100 + 40 * 30, speed)).isEmpty();
    assertThat(tip.opening(WITH_A_HOLE, 100 + 40 * 32, speed)).isPresent();
  }

  @Test
  void toCatchUp_logGrowsFasterThanItIsRead_never() {
    speed.grown(1_000, Instant.EPOCH);
    speed.grown(1_450, Instant.EPOCH.plusSeconds(10));
    speed.read(400, Duration.ofSeconds(10));
    assertThat(speed.isLosing()).isTrue();
    assertThat(speed.toCatchUp(100)).isEmpty();

    speed.read(10_000, Duration.ofSeconds(10));
    assertThat(speed.isLosing()).isFalse();
    assertThat(speed.toCatchUp(10_000).orElseThrow()).isPositive();
  }

  @Test
  void isLosing_logStopsGrowing_noMore() {
    speed.grown(1_000, Instant.EPOCH);
    speed.grown(1_450, Instant.EPOCH.plusSeconds(10));
    speed.read(400, Duration.ofSeconds(10));
    assertThat(speed.isLosing()).isTrue();

    speed.grown(1_450, Instant.EPOCH.plusSeconds(40));
    assertThat(speed.isLosing()).isFalse();
  }
}
