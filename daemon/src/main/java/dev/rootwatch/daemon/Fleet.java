package dev.rootwatch.daemon;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.read.AdaptiveConcurrency;
import dev.rootwatch.ct.read.ReadBudget;
import dev.rootwatch.ct.read.Retry;
import dev.rootwatch.ct.read.SegmentReader;
import dev.rootwatch.ct.read.WindowExaminer;
import dev.rootwatch.ct.read.WindowSize;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.ct.source.LogHttp;
import dev.rootwatch.ct.source.LogSources;
import dev.rootwatch.ct.source.Pace;
import dev.rootwatch.daemon.config.Config.LogsConfig;
import dev.rootwatch.daemon.config.Config.PerLog;
import dev.rootwatch.daemon.metrics.FindingMetrics;
import dev.rootwatch.daemon.metrics.LogMetrics;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoreException;
import dev.rootwatch.watch.Examined;
import dev.rootwatch.watch.Examiner;
import dev.rootwatch.watch.ExaminerSetup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All logs that are followed, each by a runner of its own. Asks the roster again from time to time
 * and takes in what is new; a log that leaves the list goes on being read.
 */
final class Fleet implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Fleet.class);

  private static final int MOST_DOWNLOADS_PER_LOG = 8;
  private static final int MOST_DOWNLOADS_PER_OPERATOR = 16;
  private static final Duration SHORTEST_SLICE = Duration.ofSeconds(5);
  private static final long WINDOW_BYTES = 8L << 20;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Parts parts;
  private final Duration grace;
  private final Map<LogId, LogRunner> runners = new LinkedHashMap<>();
  private final Map<String, AdaptiveConcurrency> operators = new ConcurrentHashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread keeper = Thread.ofVirtual().name("log roster").unstarted(this::keep);
  private volatile boolean mustered;
  private boolean firstStartIsOver;

  /** What every runner is made of. */
  record Parts(
      LogsConfig config,
      LogRoster roster,
      LogHttp http,
      ExaminerSetup examiners,
      Store store,
      MeterRegistry registry,
      FindingMetrics findings,
      LogLabels labels,
      ReadBudget budget,
      ExecutorService downloads,
      InstantSource clock,
      InstantSource logTime,
      AlertComposer alerts,
      Episodes episodes,
      Runnable newAlerts) {}

  /**
   * A fleet at rest.
   *
   * @param grace longest that runners may take to end
   */
  Fleet(Parts parts, Duration grace) {
    this.parts = parts;
    this.grace = grace;
  }

  void start() {
    keeper.start();
  }

  /** Which log has no position yet; empty when all have one. */
  Optional<String> notReadyBecause() {
    if (!mustered) {
      return Optional.of("the logs to follow are not known yet");
    }
    synchronized (runners) {
      return runners.values().stream()
          .filter(runner -> !runner.positioned())
          .findFirst()
          .map(runner -> runner.log().name() + " has no position yet");
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    keeper.interrupt();
    List<LogRunner> all;
    synchronized (runners) {
      all = List.copyOf(runners.values());
    }
    all.forEach(LogRunner::stop);
    long deadline = System.nanoTime() + grace.toNanos();
    try {
      for (LogRunner runner : all) {
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        if (!runner.ended(left)) {
          logger.warn("{}: did not stop in time", runner.log().name());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep() {
    try {
      do {
        muster();
      } while (!stoppedBeforeNextRefresh());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the next refresh; meanwhile notices when the logs known first have positions. */
  private boolean stoppedBeforeNextRefresh() throws InterruptedException {
    long end = System.nanoTime() + parts.config.listRefresh().toNanos();
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      if (!firstStartIsOver && notReadyBecause().isEmpty()) {
        parts.roster.firstStartIsOver();
        firstStartIsOver = true;
      }
      long wait = firstStartIsOver ? left : Math.min(left, LOOK_AGAIN.toNanos());
      if (stopping.await(wait, TimeUnit.NANOSECONDS)) {
        return true;
      }
    }
    return false;
  }

  private void muster() throws InterruptedException {
    try {
      List<LogRoster.Entry> current = parts.roster.current();
      parts.store.putLogs(
          current.stream().map(LogRoster.Entry::log).toList(), parts.clock.instant());
      for (LogRoster.Entry entry : current) {
        take(entry);
      }
      mustered = !current.isEmpty() || mustered;
    } catch (StoreException e) {
      logger.error("the logs to follow cannot be stored: {}", e.getMessage());
    } catch (RuntimeException | Error defect) {
      // Without this thread no new log would ever be followed again, and nobody would be told.
      logger.error("the logs to follow cannot be mustered; trying again later", defect);
    }
  }

  private void take(LogRoster.Entry entry) {
    synchronized (runners) {
      if (!runners.containsKey(entry.log().id()) && stopping.getCount() > 0) {
        LogRunner runner = runner(entry);
        runners.put(entry.log().id(), runner);
        runner.start();
      }
    }
  }

  private LogRunner runner(LogRoster.Entry entry) {
    CtLog log = entry.log();
    LogsConfig config = parts.config;
    PerLog gently = gentleness(log);
    LogSources sources =
        LogSources.of(
            log,
            gently.keepAlive() ? parts.http : parts.http.withoutKeepAlive(),
            new Pace(gently.maxRequestsPerSecond(), parts.clock, Thread::sleep));
    Episodes episodes = parts.episodes;
    LogProgress progress =
        new LogProgress(
            log,
            parts.store,
            new LogMetrics(parts.registry, parts.labels.of(log)),
            parts.findings,
            parts.clock,
            new LogAlarms(log, episodes, config.tipFirstAfter(), config.poll(), parts.logTime),
            parts.newAlerts);
    int downloads = gently.connections() == null ? MOST_DOWNLOADS_PER_LOG : gently.connections();
    SegmentReader.Settings reading =
        new SegmentReader.Settings(
            parts.downloads,
            downloads,
            operators.computeIfAbsent(
                operator(log), _ -> new AdaptiveConcurrency(MOST_DOWNLOADS_PER_OPERATOR)),
            parts.budget,
            new WindowSize(sources.entries(), WINDOW_BYTES),
            new Retry(
                6,
                Duration.ofMillis(250),
                Duration.ofSeconds(30),
                Thread::sleep,
                RandomGenerator.getDefault()));
    LogMonitor monitor =
        new LogMonitor(
            new LogMonitor.Parts(
                log,
                sources,
                entry.start(),
                new TipPatience(log, config.partialTileAge(), parts.clock),
                new TipFirst(log, config.tipFirstAfter()),
                examiners(log, sources.issuers()),
                reading,
                slice(config.poll()),
                parts.store,
                new LogJournal(log, parts.store, parts.alerts, episodes, progress),
                progress,
                parts.clock,
                parts.logTime));
    return new LogRunner(log, monitor, progress, config.poll(), Thread::sleep);
  }

  /** Logs of one operator often stand behind one front end; of one that is not named, by host. */
  private static String operator(CtLog log) {
    return log.operator().isEmpty() ? String.valueOf(log.url().getAuthority()) : log.operator();
  }

  /** A round looks at the head about as often as one that finds nothing new. */
  private static Duration slice(Duration poll) {
    return poll.compareTo(SHORTEST_SLICE) < 0 ? SHORTEST_SLICE : poll;
  }

  /** A fresh examiner for each concurrent download of a log. */
  private Supplier<WindowExaminer<Examined>> examiners(CtLog log, IssuerSource issuers) {
    return () -> {
      Examiner examiner = parts.examiners.newExaminer();
      return window -> examiner.examine(log, window, issuers);
    };
  }

  private PerLog gentleness(CtLog log) {
    PerLog byName = parts.config.perLog().get(log.name());
    PerLog byId = parts.config.perLog().get(log.id().toString());
    return byName != null ? byName : byId != null ? byId : new PerLog(null, null, true);
  }
}
