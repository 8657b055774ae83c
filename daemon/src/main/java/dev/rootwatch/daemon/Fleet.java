package dev.rootwatch.daemon;

import dev.rootwatch.alert.AlertType;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.SignedTreeHead;
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
import dev.rootwatch.daemon.config.Start;
import dev.rootwatch.daemon.metrics.FindingMetrics;
import dev.rootwatch.daemon.metrics.LogMetrics;
import dev.rootwatch.daemon.store.KnownLog;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoreException;
import dev.rootwatch.watch.Examined;
import dev.rootwatch.watch.Examiner;
import dev.rootwatch.watch.ExaminerSetup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All logs that are followed, each by a runner of its own. Asks the roster again from time to time
 * and steers every known log by its {@link LogCourse}: takes in what is new, asks seldom what is
 * finished, reads what left the list to its end.
 */
final class Fleet implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Fleet.class);

  private static final int MOST_DOWNLOADS_PER_LOG = 8;
  private static final int MOST_DOWNLOADS_PER_OPERATOR = 16;
  private static final Duration SHORTEST_SLICE = Duration.ofSeconds(5);
  private static final long WINDOW_BYTES = 8L << 20;

  private final Parts parts;
  private final Duration grace;
  private final LogCourses courses;
  private final Map<LogId, Followed> runners = new LinkedHashMap<>();
  private final Map<LogId, LogMetrics> metrics = new HashMap<>();
  private final InstantSource steady;
  private final Map<String, AdaptiveConcurrency> operators = new ConcurrentHashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread keeper = Thread.ofVirtual().name("log roster").unstarted(this::keep);
  private volatile boolean mustered;
  private final Set<String> strangers = new HashSet<>();

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
   * A log that is being read.
   *
   * @param pause how long its runner waits after a round
   * @param awaited whether readiness waits for its position: it is named and had none
   */
  private record Followed(LogRunner runner, LogJournal journal, Duration pause, boolean awaited) {
    boolean reads(CtLog log) {
      CtLog mine = runner.log();
      return mine.url().equals(log.url())
          && mine.submissionUrl().equals(log.submissionUrl())
          && mine.protocol() == log.protocol()
          && mine.state() == log.state();
    }
  }

  /**
   * A fleet at rest.
   *
   * @param grace longest that runners may take to end
   */
  Fleet(Parts parts, Duration grace) {
    this.parts = parts;
    this.grace = grace;
    this.steady = new SteadyClock(parts.clock);
    this.courses = new LogCourses(parts.store, LogCourse.Wanted.of(parts.config));
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
          .filter(followed -> followed.awaited() && !followed.runner().positioned())
          .findFirst()
          .map(followed -> followed.runner().log().name() + " has no position yet");
    }
  }

  /** Whether any log is read. */
  boolean follows() {
    synchronized (runners) {
      return !runners.isEmpty();
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    keeper.interrupt();
    List<LogRunner> all;
    synchronized (runners) {
      all = runners.values().stream().map(Followed::runner).toList();
    }
    try {
      stop(all);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (runners) {
      metrics.values().forEach(LogMetrics::close);
    }
  }

  /** Stops runners and waits, for all of them together no longer than the grace. */
  private void stop(List<LogRunner> all) throws InterruptedException {
    all.forEach(LogRunner::stop);
    long deadline = System.nanoTime() + grace.toNanos();
    for (LogRunner runner : all) {
      Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
      if (!runner.ended(left)) {
        logger.warn("{}: did not stop in time", runner.log().name());
      }
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

  private boolean stoppedBeforeNextRefresh() throws InterruptedException {
    return stopping.await(parts.config.listRefresh().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Asks which logs there are, and steers each that is known. */
  void muster() throws InterruptedException {
    try {
      LogRoster.Roll roll = parts.roster.current();
      Instant now = parts.clock.instant();
      parts.store.putLogs(
          roll.entries().stream().map(LogRoster.Entry::log).toList(), roll.listed(), now);
      parts.roster.stored(now);
      warnOfStrangers(roll);
      Map<LogId, Start> starts = new HashMap<>();
      roll.entries().forEach(entry -> starts.put(entry.log().id(), entry.start()));
      List<Turn> turns = new ArrayList<>();
      for (KnownLog known : parts.store.logs()) {
        courses.note(known, now);
        LogCourse.Facts facts = courses.facts(known);
        Start start = starts.getOrDefault(known.log().id(), new Start.Zero());
        turns.add(new Turn(facts, start, courses.of(facts, now)));
      }
      stop(turns.stream().map(this::runnerToStop).flatMap(Optional::stream).toList());
      for (Turn turn : turns) {
        steer(turn);
        tell(turn);
      }
      mustered = !roll.entries().isEmpty() || mustered;
    } catch (StoreException e) {
      logger.error("the logs to follow cannot be stored: {}", e.getMessage());
    } catch (RuntimeException | Error defect) {
      // Without this thread no new log would ever be followed again, and nobody would be told.
      logger.error("the logs to follow cannot be mustered; trying again later", defect);
    }
  }

  /** Settings for a log that there is not are most likely meant for one that there is. */
  private void warnOfStrangers(LogRoster.Roll roll) {
    if (roll.entries().isEmpty()) {
      return;
    }
    Set<String> names = new HashSet<>();
    Stream.concat(roll.entries().stream().map(LogRoster.Entry::log), roll.listed().stream())
        .forEach(log -> names.addAll(List.of(log.name(), log.id().toString())));
    for (String name : parts.config.perLog().keySet()) {
      if (!names.contains(name) && strangers.add(name)) {
        logger.warn(
            "logs.perLog: no log is called {}; a log goes by its name in the list, or its id",
            name);
      }
    }
  }

  /** What one log is to do from now on. */
  private record Turn(LogCourse.Facts facts, Start start, LogCourse course) {
    CtLog log() {
      return facts.known().log();
    }

    boolean isNamed() {
      return facts.known().goneSince() == null;
    }
  }

  /** The runner of a log that is to be read otherwise from now on, or no more. */
  private Optional<LogRunner> runnerToStop(Turn turn) {
    synchronized (runners) {
      return Optional.ofNullable(runners.get(turn.log().id()))
          .filter(
              f -> !turn.course().pause().equals(Optional.of(f.pause())) || !f.reads(turn.log()))
          .map(Followed::runner);
    }
  }

  /** Starts a runner where one is wanted and none runs. Of two, both would commit coverage. */
  private void steer(Turn turn) throws InterruptedException {
    LogId id = turn.log().id();
    synchronized (runners) {
      Followed before = runners.get(id);
      if (before != null && before.runner().ended(Duration.ZERO)) {
        runners.remove(id);
        before = null;
      }
      if (before != null || stopping.getCount() == 0) {
        return;
      }
      if (turn.course().pause().isPresent()) {
        Followed followed = followed(turn, turn.course().pause().get());
        runners.put(id, followed);
        followed.runner().start();
        return;
      }
      Optional.ofNullable(metrics.remove(id)).ifPresent(LogMetrics::close);
    }
    // Whoever watched for their end is gone with the runner.
    parts.episodes.settle(AlertType.LOG_STALE, id.toString());
    parts.episodes.settle(AlertType.LOG_BEHIND, id.toString());
  }

  /** What the course of a log tells about it. */
  private void tell(Turn turn) {
    if (turn.course() instanceof LogCourse.GivenUp lost) {
      new LogGap(parts.store, parts.episodes).raise(turn.facts().known(), lost);
    }
    CtLog log = turn.log();
    SignedTreeHead head = turn.facts().head();
    CtLog.FinalTreeHead end = log.finalHead();
    if (head == null || end == null || !turn.facts().isNotTheEnd()) {
      return;
    }
    // Each end that a log was told to have is held against it once.
    String name = "another-end " + log.id();
    String said = end.size() + " " + end.root();
    Followed followed;
    synchronized (runners) {
      followed = runners.get(log.id());
    }
    if (followed != null && !parts.store.meta(name).equals(Optional.of(said))) {
      followed.journal().misbehaved(AlertComposer.anotherEnd(log, end, head));
      parts.store.putMeta(name, said);
    }
  }

  private Followed followed(Turn turn, Duration pause) {
    CtLog log = turn.log();
    LogsConfig config = parts.config;
    PerLog gently = gentleness(log);
    LogSources sources =
        LogSources.of(
            log,
            gently.keepAlive() ? parts.http : parts.http.withoutKeepAlive(),
            new Pace(gently.maxRequestsPerSecond(), steady, Thread::sleep));
    Episodes episodes = parts.episodes;
    LogProgress progress =
        new LogProgress(
            log,
            parts.store,
            metrics.computeIfAbsent(
                log.id(), id -> new LogMetrics(parts.registry, parts.labels.of(log))),
            parts.findings,
            parts.clock,
            new LogAlarms(
                log,
                episodes,
                config.tipFirstAfter(),
                pause,
                turn.course() instanceof LogCourse.Finished,
                parts.logTime),
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
    LogJournal journal =
        new LogJournal(log, parts.store, parts.alerts, episodes, progress, parts.examiners.graph());
    LogMonitor monitor =
        new LogMonitor(
            new LogMonitor.Parts(
                log,
                sources,
                turn.start(),
                new TipPatience(log, config.partialTileAge(), steady),
                new TipFirst(log, config.tipFirstAfter()),
                examiners(log, sources.issuers()),
                reading,
                slice(config.poll()),
                parts.store,
                journal,
                progress,
                steady,
                parts.logTime));
    boolean awaited = turn.isNamed() && turn.facts().coverage().segments().isEmpty();
    LogRunner runner = new LogRunner(log, monitor, progress, pause, Thread::sleep);
    return new Followed(runner, journal, pause, awaited);
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
