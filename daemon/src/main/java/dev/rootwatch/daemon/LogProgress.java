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
import dev.rootwatch.watch.Finding;
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
  private final Runnable newAlerts;
  private @Nullable Instant lastSuccess;

  /**
   * @param newAlerts wakes the deliveries
   */
  LogProgress(
      CtLog log,
      Store store,
      LogMetrics metrics,
      FindingMetrics findings,
      InstantSource clock,
      Runnable newAlerts) {
    this.log = log;
    this.store = store;
    this.metrics = metrics;
    this.findings = findings;
    this.clock = clock;
    this.newAlerts = newAlerts;
  }

  void headSeen(SignedTreeHead head) {
    lastSuccess = clock.instant();
    metrics.head(head.size(), head.timestamp(), lastSuccess);
  }

  void committed(
      List<ReadWindow<Examined>> windows,
      Coverage coverage,
      SignedTreeHead head,
      CommitResult result) {
    for (ReadWindow<Examined> window : windows) {
      metrics.examined(window.examined());
      for (Finding finding : window.examined().findings()) {
        findings.matched(finding.rules(), clock.instant());
      }
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
  void roundDone(Coverage coverage, SignedTreeHead head, long readableEnd) {
    long backlog = standing(coverage, head);
    boolean caughtUp = coverage.toRead(readableEnd).isEmpty();
    Standing standing =
        isContradicted(coverage)
            ? Standing.CONTRADICTED
            : caughtUp ? Standing.CAUGHT_UP : Standing.BEHIND;
    store.setStatus(
        log.id(),
        new LogStatus(standing, lastSuccess, null, null, backlog, null),
        Optional.of(head));
  }

  void failed(Throwable failure) {
    logger.warn("{}: {}", log.name(), failure.getMessage());
    Coverage coverage = store.coverage(log.id());
    long backlog = store.newestHead(log.id()).map(head -> unread(coverage, head)).orElse(0L);
    store.setStatus(
        log.id(),
        new LogStatus(
            Standing.FAILING,
            lastSuccess,
            String.valueOf(failure.getMessage()),
            clock.instant(),
            backlog,
            null));
  }

  private long standing(Coverage coverage, SignedTreeHead head) {
    long backlog = unread(coverage, head);
    long position = coverage.last().map(Segment::to).orElse(0L);
    metrics.standing(position, backlog, isContradicted(coverage));
    return backlog;
  }

  private static long unread(Coverage coverage, SignedTreeHead head) {
    return coverage.toRead(head.size()).stream().mapToLong(EntryRange::size).sum();
  }

  private static boolean isContradicted(Coverage coverage) {
    return coverage.segments().stream().anyMatch(s -> s.state() == Segment.State.CONTRADICTED);
  }
}
