package dev.rootwatch.daemon;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.EntryRange;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.read.Coverage;
import dev.rootwatch.ct.read.ReadWindow;
import dev.rootwatch.ct.read.Segment;
import dev.rootwatch.daemon.metrics.FindingMetrics;
import dev.rootwatch.daemon.metrics.LogMetrics;
import dev.rootwatch.daemon.store.CommitResult;
import dev.rootwatch.daemon.store.LogStatus;
import dev.rootwatch.daemon.store.LogStatus.Standing;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.watch.Examined;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a monitor tells the outside while it works: metrics, the stored status, the log file. */
final class LogProgress {
  private static final Logger logger = LoggerFactory.getLogger(LogProgress.class);

  private final CtLog log;
  private final Store store;
  private final LogMetrics metrics;
  private final FindingMetrics findings;
  private final InstantSource clock;
  private final LogAlarms alarms;
  private final Runnable newAlerts;
  private @Nullable Instant lastSuccess;
  private @Nullable SignedTreeHead known;

  /**
   * @param alarms what people are told when it goes badly
   * @param newAlerts wakes the deliveries
   */
  LogProgress(
      CtLog log,
      Store store,
      LogMetrics metrics,
      FindingMetrics findings,
      InstantSource clock,
      LogAlarms alarms,
      Runnable newAlerts) {
    this.log = log;
    this.store = store;
    this.metrics = metrics;
    this.findings = findings;
    this.clock = clock;
    this.alarms = alarms;
    this.newAlerts = newAlerts;
    this.lastSuccess = store.status(log.id()).map(LogStatus::lastSuccess).orElse(null);
  }

  void headSeen(SignedTreeHead head) {
    lastSuccess = clock.instant();
    metrics.head(head.size(), head.timestamp(), lastSuccess);
    if (!head.equals(known)) {
      // At once: a round that fails later must not make us forget what the log signed.
      store.putHead(head);
      known = head;
    }
  }

  void committed(
      List<ReadWindow<Examined>> windows,
      Coverage coverage,
      SignedTreeHead head,
      CommitResult result) {
    for (ReadWindow<Examined> window : windows) {
      metrics.examined(window.examined());
      findings.examined(window.examined(), clock.instant());
    }
    raised(result);
    standing(coverage, head);
  }

  void raised(CommitResult result) {
    result.fresh().forEach(findings::raised);
    result.revised().forEach(findings::raised);
    if (!result.sinks().isEmpty()) {
      newAlerts.run();
    }
  }

  /**
   * A round went well.
   *
   * @param readableEnd up to where it was meant to read; a young partial tile beyond is no lag
   */
  void roundDone(Coverage coverage, SignedTreeHead head, long readableEnd, ReadingSpeed speed) {
    standing(coverage, head);
    long backlog = unread(coverage, readableEnd);
    Standing standing =
        isContradicted(coverage)
            ? Standing.CONTRADICTED
            : backlog == 0
                ? Standing.CAUGHT_UP
                : speed.isLosing() ? Standing.NEVER : Standing.BEHIND;
    Instant caughtUpAt =
        backlog == 0
            ? null
            : speed.toCatchUp(backlog).map(wait -> clock.instant().plus(wait)).orElse(null);
    store.setStatus(
        log.id(),
        new LogStatus(
            standing, lastSuccess, null, null, unread(coverage, head.size()), caughtUpAt));
    alarms.afterRound(
        coverage, head, backlog == 0 ? Optional.of(Duration.ZERO) : speed.toRead(backlog));
  }

  void failed(Throwable failure) {
    logger.warn("{}: {}", log.name(), failure.getMessage());
    Coverage coverage = store.coverage(log.id());
    SignedTreeHead newest = store.newestHead(log.id()).orElse(null);
    String error = String.valueOf(failure.getMessage());
    long unread = newest == null ? 0 : unread(coverage, newest.size());
    store.setStatus(
        log.id(),
        new LogStatus(Standing.FAILING, lastSuccess, error, clock.instant(), unread, null));
    alarms.afterFailure(newest, unread, error);
  }

  private void standing(Coverage coverage, SignedTreeHead head) {
    long position = coverage.last().map(Segment::to).orElse(0L);
    metrics.standing(position, unread(coverage, head.size()), isContradicted(coverage));
  }

  private static long unread(Coverage coverage, long end) {
    return coverage.unread(end).stream().mapToLong(EntryRange::size).sum();
  }

  private static boolean isContradicted(Coverage coverage) {
    return coverage.segments().stream().anyMatch(s -> s.state() == Segment.State.CONTRADICTED);
  }
}
