package dev.rootwatch.daemon;

import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.Coverage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells people when a log can no longer be watched as it should: its heads grow old, it is read too
 * late, or something of it is left out. Being late ends at half of what it begins at, so that the
 * alert does not flutter.
 */
final class LogAlarms {
  private static final int MOST_HOLES_LISTED = 20;

  private final CtLog log;
  private final Episodes episodes;
  private final Duration lateAfter;
  private final Duration staleAfter;
  private final boolean finished;
  private final InstantSource clock;
  private final Instant since;
  private Instant lastGood;
  private @Nullable SignedTreeHead shown;
  private Instant shownAt;

  /**
   * @param lateAfter a backlog that takes longer to read is an alert
   * @param poll how often the log is asked: a head may be older than the log's promise by as much
   */
  LogAlarms(CtLog log, Episodes episodes, Duration lateAfter, Duration poll, InstantSource clock) {
    this(log, episodes, lateAfter, poll, false, clock);
  }

  /**
   * As above.
   *
   * @param finished whether everything that is expected of the log was read
   */
  LogAlarms(
      CtLog log,
      Episodes episodes,
      Duration lateAfter,
      Duration poll,
      boolean finished,
      InstantSource clock) {
    this.log = log;
    this.episodes = episodes;
    this.lateAfter = lateAfter;
    Duration twoPolls = poll.multipliedBy(2);
    Duration minute = Duration.ofMinutes(1);
    this.staleAfter = log.mmd().plus(twoPolls.compareTo(minute) > 0 ? twoPolls : minute);
    this.finished = finished;
    this.clock = clock;
    this.since = clock.instant();
    this.lastGood = since;
    this.shownAt = since;
  }

  /**
   * A round went well.
   *
   * @param needed how long the backlog takes to read; empty when not known
   */
  void afterRound(Coverage coverage, SignedTreeHead head, Optional<Duration> needed) {
    lastGood = clock.instant();
    stale(head, null);
    needed.ifPresent(this::late);
    holes(coverage.holes());
  }

  /**
   * A round failed.
   *
   * @param newest the newest head that the log ever showed; null when none
   * @param unread how many entries of it are not read
   */
  void afterFailure(@Nullable SignedTreeHead newest, long unread, String error) {
    stale(newest, error);
    Instant now = clock.instant();
    if (unread > 0 && now.isAfter(lastGood.plus(lateAfter))) {
      Map<String, Object> detail = new LinkedHashMap<>();
      detail.put("log", AlertComposer.logDetail(log));
      detail.put("unread", unread);
      detail.put("lastError", error);
      episodes.raise(
          AlertType.LOG_BEHIND,
          log.id().toString(),
          Severity.MEDIUM,
          log.name() + " has not let itself be read since " + lastGood,
          detail);
    }
  }

  /** A log promises a new head within its MMD (RFC 6962 section 3), even without new entries. */
  private void stale(@Nullable SignedTreeHead newest, @Nullable String error) {
    String subject = log.id().toString();
    Instant now = clock.instant();
    if (newest != null && !newest.equals(shown)) {
      shown = newest;
      shownAt = now;
    }
    Instant signed = newest == null ? since : signedAt(newest);
    if (!isAlive() || !now.isAfter(signed.plus(staleAfter))) {
      episodes.settle(AlertType.LOG_STALE, subject);
      return;
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("log", AlertComposer.logDetail(log));
    detail.put("newestHead", newest == null ? null : signed);
    detail.put("mmdSeconds", log.mmd().toSeconds());
    detail.put("lastError", error);
    episodes.raise(
        AlertType.LOG_STALE,
        subject,
        Severity.MEDIUM,
        newest == null
            ? log.name() + " has shown no valid head since " + since
            : log.name() + " has shown no newer head than that of " + signed,
        detail);
  }

  /** A head dated ahead was signed when it was first shown, at the latest. */
  private Instant signedAt(SignedTreeHead head) {
    Instant said = Instant.ofEpochMilli(head.timestamp());
    return said.isBefore(shownAt) ? said : shownAt;
  }

  /** A finished, frozen or retired log makes no promise any more. */
  private boolean isAlive() {
    if (finished) {
      return false;
    }
    return switch (log.state()) {
      case PENDING, QUALIFIED, USABLE, ABSENT -> true;
      case READONLY, RETIRED, REJECTED -> false;
    };
  }

  private void late(Duration wait) {
    String subject = log.id().toString();
    if (wait.compareTo(lateAfter) > 0) {
      episodes.raise(
          AlertType.LOG_BEHIND,
          subject,
          Severity.MEDIUM,
          log.name() + " is behind: what is not read yet takes " + wait.toMinutes() + " minutes",
          Map.of("log", AlertComposer.logDetail(log), "secondsBehind", wait.toSeconds()));
    } else if (wait.multipliedBy(2).compareTo(lateAfter) < 0) {
      episodes.settle(AlertType.LOG_BEHIND, subject);
    }
  }

  private void holes(List<EntryRange> holes) {
    String subject = log.id().toString();
    if (holes.isEmpty()) {
      episodes.settle(AlertType.LOG_GAP, subject);
      return;
    }
    long entries = holes.stream().mapToLong(EntryRange::size).sum();
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("log", AlertComposer.logDetail(log));
    detail.put("entries", entries);
    detail.put(
        "gaps",
        holes.stream()
            .limit(MOST_HOLES_LISTED)
            .map(hole -> Map.of("from", hole.from(), "to", hole.to()))
            .toList());
    episodes.raise(
        AlertType.LOG_GAP,
        subject,
        Severity.MEDIUM,
        log.name()
            + " is read at its tip; entries "
            + holes.getFirst()
            + (holes.size() > 1 ? " and others" : "")
            + " are left for later",
        detail);
  }
}
