package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.CtLog.FinalTreeHead;
import dev.rootwatch.ct.CtLog.TemporalInterval;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.LogState;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.daemon.LogCourse.Facts;
import dev.rootwatch.daemon.LogCourse.Finished;
import dev.rootwatch.daemon.LogCourse.Follow;
import dev.rootwatch.daemon.LogCourse.GivenUp;
import dev.rootwatch.daemon.LogCourse.LeftAlone;
import dev.rootwatch.daemon.LogCourse.ReadToEnd;
import dev.rootwatch.daemon.LogCourse.Reason;
import dev.rootwatch.daemon.LogCourse.Wanted;
import dev.rootwatch.daemon.store.KnownLog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of a log, each turn of it. */
class LogCourseTest {
  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(60));
  private static final Instant WEEK_AGO = NOW.minus(LogCourse.PATIENCE);
  private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));
  private static final Duration POLL = Duration.ofSeconds(30);
  private static final Wanted WANTED =
      new Wanted(EnumSet.of(LogState.USABLE, LogState.READONLY), true, POLL);
  private static final LogKey KEY = newKey();

  private static final LogCourse FOLLOW = new Follow(POLL);
  private static final LogCourse OVER = new Finished(Reason.INTERVAL_OVER, LogCourse.SELDOM);
  private static final LogCourse ENDED = new Finished(Reason.FINAL_HEAD_READ, LogCourse.SELDOM);

  /** A log of 10 entries, usable, read whole, quiet for long. Tests change what they are about. */
  private LogState state = LogState.USABLE;

  private @Nullable TemporalInterval interval;
  private @Nullable FinalTreeHead end;
  private @Nullable Instant gone;
  private Coverage coverage = verified(10);
  private @Nullable SignedTreeHead head = head(10);
  private @Nullable Instant grown = LONG_AGO;
  private @Nullable Instant read;
  private @Nullable Instant answered;

  @Test
  void named_nothingKnownYet_followed() {
    coverage = Coverage.NONE;
    head = null;
    grown = null;
    assertCourse(FOLLOW);
    shardUntil(LONG_AGO);
    assertCourse(FOLLOW);
  }

  @Test
  void named_readWholeAndQuiet_followed() {
    assertCourse(FOLLOW);
  }

  @Test
  void named_intervalOverAndQuietForAWeek_askedSeldom() {
    shardUntil(WEEK_AGO);
    grown = WEEK_AGO;
    assertCourse(OVER);
  }

  @Test
  void named_intervalOverButSomethingIsStillToCome_followed() {
    shardUntil(WEEK_AGO.plusMillis(1));
    assertCourse(FOLLOW);

    shardUntil(LONG_AGO);
    assertCourse(OVER);
    grown = WEEK_AGO.plusMillis(1);
    assertCourse(FOLLOW);

    grown = LONG_AGO;
    coverage = verified(9);
    assertCourse(FOLLOW);
    coverage = pending(10);
    assertCourse(FOLLOW);
  }

  @Test
  void named_finalHeadTold_readToExactlyThere() {
    end = new FinalTreeHead(10, root(10));
    assertCourse(ENDED);

    coverage = verified(9);
    assertCourse(new ReadToEnd(end, POLL));
    coverage = pending(10);
    assertCourse(new ReadToEnd(end, POLL));
    coverage = Coverage.NONE;
    assertCourse(new ReadToEnd(end, POLL));
    head = head(8);
    coverage = verified(8);
    assertCourse(new ReadToEnd(end, POLL));
    head = null;
    coverage = Coverage.NONE;
    assertCourse(new ReadToEnd(end, POLL));
  }

  @Test
  void named_finalHeadOfAnEmptyLog_finishedOnceItWasMet() {
    end = new FinalTreeHead(0, root(0));
    head = head(0);
    coverage = Coverage.NONE;
    assertCourse(new ReadToEnd(end, POLL));
    coverage = verified(0);
    assertCourse(ENDED);
  }

  @Test
  void named_logSignedMoreThanItsFinalHead_followedAsIfNoneWereTold() {
    end = new FinalTreeHead(9, root(9));
    assertThat(facts().isNotTheEnd()).isTrue();
    assertCourse(FOLLOW);

    end = new FinalTreeHead(10, root(9));
    assertThat(facts().isNotTheEnd()).isTrue();
    assertCourse(FOLLOW);

    end = new FinalTreeHead(10, root(10));
    assertThat(facts().isNotTheEnd()).isFalse();
    end = new FinalTreeHead(11, root(11));
    assertThat(facts().isNotTheEnd()).isFalse();
    end = null;
    assertThat(facts().isNotTheEnd()).isFalse();
  }

  @Test
  void gone_lessThanAWeek_stillRead() {
    gone = WEEK_AGO.plusMillis(1);
    assertCourse(FOLLOW);
    end = new FinalTreeHead(12, root(12));
    assertCourse(new ReadToEnd(end, POLL));
    coverage = Coverage.NONE;
    head = null;
    grown = null;
    end = null;
    assertCourse(FOLLOW);
  }

  @Test
  void gone_readToItsFinalHead_finishedAtOnceAndAskedNoMore() {
    gone = NOW;
    end = new FinalTreeHead(10, root(10));
    assertCourse(new Finished(Reason.FINAL_HEAD_READ, null));
  }

  @Test
  void gone_aWeekWithoutAnAnswer_givenUpThoughAllThatWasSeenIsRead() {
    gone = WEEK_AGO;
    answered = WEEK_AGO.minusMillis(1);
    assertCourse(new GivenUp(List.of(), 10L));
  }

  @Test
  void gone_answeredSinceAndGrewNoMore_finished() {
    gone = WEEK_AGO;
    answered = WEEK_AGO;
    assertCourse(new Finished(Reason.GONE, null));

    // A head may say what it likes about when it was signed.
    answered = null;
    head = head(10, YESTERDAY);
    assertCourse(new GivenUp(List.of(), 10L));
  }

  @Test
  void gone_aWeekWithoutReadingMore_givenUpWithWhatIsUnread() {
    gone = LONG_AGO;
    answered = NOW;
    read = WEEK_AGO;
    coverage = verified(4);
    assertCourse(new GivenUp(List.of(new EntryRange(4, 10)), 10L));

    end = new FinalTreeHead(12, root(12));
    assertCourse(new GivenUp(List.of(new EntryRange(4, 12)), null));

    coverage = Coverage.NONE;
    assertCourse(new GivenUp(List.of(new EntryRange(0, 12)), null));
    end = null;
    assertCourse(new GivenUp(List.of(new EntryRange(0, 10)), 10L));
    head = null;
    assertCourse(new GivenUp(List.of(), 0L));
  }

  @Test
  void gone_stillReadOrStillGrowing_stillRead() {
    gone = LONG_AGO;
    coverage = verified(4);
    read = YESTERDAY;
    assertCourse(FOLLOW);

    read = null;
    grown = YESTERDAY;
    assertCourse(FOLLOW);
  }

  @Test
  void gone_grewBeyondItsFinalHead_readLikeOneWithout() {
    end = new FinalTreeHead(9, root(9));
    gone = YESTERDAY;
    assertCourse(FOLLOW);
    gone = LONG_AGO;
    answered = NOW;
    assertCourse(new Finished(Reason.GONE, null));
  }

  @ParameterizedTest
  @EnumSource
  void gone_state_decidesWhetherTheConfigurationStillWantsIt(LogState described) {
    state = described;
    gone = YESTERDAY;
    assertCourse(
        switch (described) {
          case USABLE, READONLY, RETIRED, REJECTED -> FOLLOW;
          case PENDING, QUALIFIED, ABSENT -> new LeftAlone();
        });
    assertThat(LogCourse.of(facts(), new Wanted(EnumSet.allOf(LogState.class), false, POLL), NOW))
        .as("without a list")
        .isEqualTo(new LeftAlone());
  }

  @Test
  void gone_comesBack_followed() {
    gone = LONG_AGO;
    coverage = verified(4);
    assertThat(course()).isInstanceOf(GivenUp.class);
    gone = null;
    assertCourse(FOLLOW);
  }

  @Test
  void pause_finished_neverShorterThanThePoll() {
    end = new FinalTreeHead(10, root(10));
    Wanted slow = new Wanted(EnumSet.of(LogState.READONLY), true, Duration.ofHours(2));
    assertThat(LogCourse.of(facts(), slow, NOW).pause()).contains(Duration.ofHours(2));
    assertThat(course().pause()).contains(LogCourse.SELDOM);
    assertThat(FOLLOW.pause()).contains(POLL);
    assertThat(new ReadToEnd(end, POLL).pause()).contains(POLL);
    assertThat(new GivenUp(List.of(), 1L).pause()).isEmpty();
    assertThat(new LeftAlone().pause()).isEmpty();
  }

  @Test
  void words_givenUp_sayWhatIsUnread() {
    assertThat(new GivenUp(List.of(new EntryRange(4, 10)), 10L).words())
        .isEqualTo("entries [4, 10), whatever may follow entry 10");
  }

  private void assertCourse(LogCourse expected) {
    assertThat(course()).isEqualTo(expected);
  }

  private LogCourse course() {
    return LogCourse.of(facts(), WANTED, NOW);
  }

  private Facts facts() {
    CtLog log =
        new CtLog(
            KEY,
            "log",
            "Op",
            LogProtocol.STATIC,
            URI.create("https://log.test/"),
            URI.create("https://log.test/"),
            Duration.ofMinutes(1),
            state,
            interval,
            end);
    return new Facts(
        new KnownLog(log, LONG_AGO, gone, OptionalLong.empty()),
        coverage,
        head,
        grown,
        read,
        answered);
  }

  private void shardUntil(Instant instant) {
    interval = new TemporalInterval(instant.minus(Duration.ofDays(180)), instant);
  }

  private static Coverage verified(int size) {
    return size == 0
        ? Coverage.NONE.opened(Segment.anchoredAt(CompactRange.EMPTY, 0))
        : pending(size).verified(size, head(size), List.of());
  }

  private static Coverage pending(int size) {
    return Coverage.NONE.opened(Segment.anchoredAt(CompactRange.EMPTY, 0)).extended(leaves(size));
  }

  private static CompactRange leaves(int size) {
    CompactRange range = CompactRange.EMPTY;
    for (int i = 0; i < size; i++) {
      Hash leaf = Hash.sha256(("leaf " + i).getBytes(StandardCharsets.UTF_8));
      range = range.append(CompactRange.ofLeaf(i, leaf));
    }
    return range;
  }

  private static Hash root(int size) {
    return leaves(size).root();
  }

  private static SignedTreeHead head(int size) {
    return head(size, LONG_AGO);
  }

  private static SignedTreeHead head(int size, Instant signed) {
    return new SignedTreeHead(KEY.id(), size, root(size), signed.toEpochMilli(), new byte[] {1});
  }

  private static LogKey newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return LogKey.ofSpki(generator.generateKeyPair().getPublic().getEncoded());
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
