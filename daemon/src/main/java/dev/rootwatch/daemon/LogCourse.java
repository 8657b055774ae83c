package dev.rootwatch.daemon;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.CtLog.FinalTreeHead;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.LogState;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.daemon.config.Config.ListConfig;
import dev.rootwatch.daemon.config.Config.LogsConfig;
import dev.rootwatch.daemon.store.KnownLog;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a log now. Logs end: a shard's interval passes, a list calls a log readonly and
 * says where it stopped, retires it, or names it no more. None of that is a reason to leave entries
 * unread, and none to ask a dead server twice a minute for years.
 *
 * <p>A pure function of what is known. Nothing here is remembered, so a log that comes back is
 * simply followed again.
 */
public sealed interface LogCourse {
  /**
   * How long a log may show nothing new before silence means something: then a shard whose interval
   * is over counts as done, and one that nobody names any more is given up.
   */
  Duration PATIENCE = Duration.ofDays(7);

  /** How often a log is asked from which nothing is expected. */
  Duration SELDOM = Duration.ofMinutes(30);

  /** How long to wait between two rounds; empty when the log is not asked any more. */
  Optional<Duration> pause();

  /** The word in our output. */
  String word();

  /** Read as it grows. */
  record Follow(Duration poll) implements LogCourse {
    @Override
    public Optional<Duration> pause() {
      return Optional.of(poll);
    }

    @Override
    public String word() {
      return "followed";
    }
  }

  /** It stopped growing; what it stopped at is not read yet. */
  record ReadToEnd(FinalTreeHead end, Duration poll) implements LogCourse {
    @Override
    public Optional<Duration> pause() {
      return Optional.of(poll);
    }

    @Override
    public String word() {
      return "ending";
    }
  }

  /**
   * Everything it has was read.
   *
   * @param rest how long to wait between two rounds; null when it is not asked any more
   */
  record Finished(Reason reason, @Nullable Duration rest) implements LogCourse {
    @Override
    public Optional<Duration> pause() {
      return Optional.ofNullable(rest);
    }

    @Override
    public String word() {
      return "finished";
    }
  }

  /** Why nothing more is expected of a log. */
  enum Reason {
    /** It was read to the head at which the list says that it ended. */
    FINAL_HEAD_READ,
    /** Its interval is over and it has not grown since. */
    INTERVAL_OVER,
    /** Nothing names it any more, and it has not grown since. */
    GONE
  }

  /**
   * Nothing names it any more, and it was asked in vain for long enough.
   *
   * @param unread entries that it signed for, or that the list says it has, and that were not read
   * @param unknownFrom where entries may lie of which nothing is known; null when there are none
   */
  record GivenUp(List<EntryRange> unread, @Nullable Long unknownFrom) implements LogCourse {
    public GivenUp {
      unread = List.copyOf(unread);
    }

    @Override
    public Optional<Duration> pause() {
      return Optional.empty();
    }

    @Override
    public String word() {
      return "given-up";
    }

    /** For people. */
    String words() {
      Stream<String> ranges = unread.stream().map(range -> "entries " + range);
      Stream<String> rest =
          unknownFrom == null
              ? Stream.empty()
              : Stream.of("whatever may follow entry " + unknownFrom);
      return Stream.concat(ranges, rest).collect(Collectors.joining(", "));
    }
  }

  /** The configuration does not want it any more. */
  record LeftAlone() implements LogCourse {
    @Override
    public Optional<Duration> pause() {
      return Optional.empty();
    }

    @Override
    public String word() {
      return "left-alone";
    }
  }

  /**
   * What is known of a log.
   *
   * @param head newest head seen; null when none was
   * @param grownAt since when the largest head has been known; null when none was seen
   * @param readAt when more of it was last read, as far as that is written down; null when not
   * @param answeredAt when it last answered with a valid head; null when not known
   */
  record Facts(
      KnownLog known,
      Coverage coverage,
      @Nullable SignedTreeHead head,
      @Nullable Instant grownAt,
      @Nullable Instant readAt,
      @Nullable Instant answeredAt) {

    /**
     * The head at which the list says that the log ended; null when it says nothing, or the log has
     * shown that it is not so ({@link #isNotTheEnd}).
     */
    @Nullable FinalTreeHead end() {
      FinalTreeHead told = known.log().finalHead();
      return told == null || isNotTheEnd() ? null : told;
    }

    /** Whether the log signed a larger tree than its last, or another one of that size. */
    boolean isNotTheEnd() {
      FinalTreeHead told = known.log().finalHead();
      return told != null
          && head != null
          && (head.size() > told.size()
              || (head.size() == told.size() && !head.root().equals(told.root())));
    }

    private boolean isReadTo(long size) {
      return coverage.last().filter(last -> last.to() >= size).isPresent()
          && coverage.unread(size).isEmpty()
          && coverage.pending().isEmpty();
    }

    private List<EntryRange> unreadBefore(long size) {
      if (coverage.segments().isEmpty()) {
        return size == 0 ? List.of() : List.of(new EntryRange(0, size));
      }
      return coverage.unread(size);
    }

    /** Since when nothing has happened. */
    private Instant quietSince() {
      return Stream.of(known.goneSince(), grownAt, readAt)
          .flatMap(Stream::ofNullable)
          .max(Instant::compareTo)
          .orElse(known.firstSeen());
    }

    /** By our own clock: what a head says of its time is only what the log says. */
    private boolean answeredSince(Instant then) {
      return answeredAt != null && !answeredAt.isBefore(then);
    }
  }

  /**
   * What the configuration wants.
   *
   * @param states states of the list that are followed
   * @param list whether there is a list at all
   * @param poll how often a log is asked that may grow
   */
  record Wanted(Set<LogState> states, boolean list, Duration poll) {
    /** Without a configuration. */
    public static final Wanted DEFAULT =
        new Wanted(
            EnumSet.of(LogState.USABLE, LogState.QUALIFIED, LogState.READONLY),
            true,
            Duration.ofSeconds(30));

    private static final Set<LogState> ENDED = EnumSet.of(LogState.RETIRED, LogState.REJECTED);

    public Wanted {
      states = Set.copyOf(states);
    }

    /** As configured. */
    public static Wanted of(LogsConfig config) {
      return new Wanted(
          config.states(), !(config.list() instanceof ListConfig.None), config.poll());
    }

    /** Whether a log that is no longer named is to be read to its end all the same. */
    private boolean toTheEnd(CtLog log) {
      return list && (states.contains(log.state()) || ENDED.contains(log.state()));
    }

    private Duration seldom() {
      return poll.compareTo(SELDOM) > 0 ? poll : SELDOM;
    }
  }

  /** What to do with a log now. */
  static LogCourse of(Facts facts, Wanted wanted, Instant now) {
    Instant gone = facts.known().goneSince();
    return gone == null ? ofNamed(facts, wanted, now) : ofGone(facts, gone, wanted, now);
  }

  private static LogCourse ofNamed(Facts facts, Wanted wanted, Instant now) {
    FinalTreeHead end = facts.end();
    if (end != null) {
      return facts.isReadTo(end.size())
          ? new Finished(Reason.FINAL_HEAD_READ, wanted.seldom())
          : new ReadToEnd(end, wanted.poll());
    }
    CtLog.TemporalInterval interval = facts.known().log().interval();
    SignedTreeHead head = facts.head();
    boolean over =
        interval != null
            && isPast(interval.endExclusive(), now)
            && facts.grownAt() != null
            && isPast(facts.grownAt(), now);
    return over && head != null && facts.isReadTo(head.size())
        ? new Finished(Reason.INTERVAL_OVER, wanted.seldom())
        : new Follow(wanted.poll());
  }

  private static LogCourse ofGone(Facts facts, Instant gone, Wanted wanted, Instant now) {
    if (!wanted.toTheEnd(facts.known().log())) {
      return new LeftAlone();
    }
    FinalTreeHead end = facts.end();
    if (end != null && facts.isReadTo(end.size())) {
      return new Finished(Reason.FINAL_HEAD_READ, null);
    }
    if (!isPast(facts.quietSince(), now)) {
      return end == null ? new Follow(wanted.poll()) : new ReadToEnd(end, wanted.poll());
    }
    if (end != null) {
      return new GivenUp(facts.unreadBefore(end.size()), null);
    }
    SignedTreeHead head = facts.head();
    if (head == null) {
      return new GivenUp(List.of(), facts.coverage().last().map(last -> last.to()).orElse(0L));
    }
    return facts.isReadTo(head.size()) && facts.answeredSince(gone)
        ? new Finished(Reason.GONE, null)
        : new GivenUp(facts.unreadBefore(head.size()), head.size());
  }

  private static boolean isPast(Instant then, Instant now) {
    return !now.isBefore(then.plus(PATIENCE));
  }
}
