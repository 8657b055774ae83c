package dev.rootwatch.alert;

import dev.rootwatch.alert.spi.Audience;
import dev.rootwatch.alert.spi.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one sink's items out of the outbox and delivers them. {@link #step} does what can be done
 * now and says how long to wait; it has no thread and no sleep of its own.
 *
 * <p>A failing item waits by itself (1 s doubling, with jitter). After some failures in a row, or
 * when the receiver asks for it, the whole sink waits, and is then probed: the first failure makes
 * it wait again, the first success opens it. One thread, except where a method says otherwise.
 */
final class SinkWorker {
  private static final Logger log = LoggerFactory.getLogger(SinkWorker.class);

  /** Items taken out of the outbox at a time; also the most that one digest holds. */
  static final int BATCH = 500;

  /** Looks again after this, whatever it was told: a lost signal must not lose an alert. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** While alerts are held for a digest, how often to look for one that may go at once. */
  private static final Duration HOLDING_PAUSE = Duration.ofSeconds(5);

  /** When the outbox says that something is due, and gives nothing. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

  private static final int MOST_REASON = 500;

  private final ConfiguredSink sink;
  private final DeliveryPolicy policy;
  private final Outbox outbox;
  private final DeliveryMetrics metrics;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final RateLimit rateLimit;
  private final Storm storm;

  /**
   * Answers that the outbox could not write down yet. They are written before anything else is
   * sent: otherwise a full disk would deliver the same alert again and again.
   */
  private final Queue<Runnable> unsettled = new ArrayDeque<>();

  /** A sink is called by one thread at a time: by ours, or by somebody's test. */
  private final ReentrantLock sinkInUse = new ReentrantLock();

  private Instant closedUntil = Instant.MIN;
  private volatile SinkHealth health;
  private volatile boolean stopping;

  SinkWorker(
      ConfiguredSink sink,
      Outbox outbox,
      DeliveryMetrics metrics,
      InstantSource clock,
      RandomGenerator random) {
    this.sink = sink;
    this.policy = sink.policy();
    this.outbox = outbox;
    this.metrics = metrics;
    this.clock = clock;
    this.random = random;
    this.rateLimit = new RateLimit(policy.maxPerMinute(), clock.instant());
    this.storm = new Storm(policy);
    this.health = answering(0);
  }

  /**
   * How long there is nothing to do.
   *
   * @param longest not negative, at most {@link #LONGEST_PAUSE}
   * @param wakeable whether something new in the outbox ends it
   */
  record Pause(Duration longest, boolean wakeable) {
    static Pause until(Instant then, Instant now, boolean wakeable) {
      Duration wait = Duration.between(now, then);
      return new Pause(
          wait.isNegative()
              ? Duration.ZERO
              : wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait,
          wakeable);
    }
  }

  SinkHealth health() {
    return health;
  }

  /** Ends a step after the delivery that is under way. From any thread. */
  void stop() {
    stopping = true;
  }

  /** Delivers what may go now. Throws what the outbox throws; calling again is safe. */
  Pause step() throws InterruptedException {
    settle();
    Instant now = clock.instant();
    if (now.isBefore(closedUntil)) {
      return Pause.until(closedUntil, now, false);
    }
    List<Outbox.Item> due = outbox.due(sink.id(), now, BATCH);
    boolean digest = sink.audience() == Audience.PEOPLE && storm.isDigestDue(now) && due.size() > 1;
    @Nullable Pause cut = digest ? deliverDigest(due) : deliverSingly(due);
    return cut != null ? cut : pauseAfter(due);
  }

  /** Null when all were looked at, otherwise how long the rest has to wait. */
  private @Nullable Pause deliverSingly(List<Outbox.Item> due) throws InterruptedException {
    boolean people = sink.audience() == Audience.PEOPLE;
    for (Outbox.Item item : due) {
      Instant now = clock.instant();
      boolean digestOfOne = people && due.size() == 1 && storm.isDigestDue(now);
      if (people && !digestOfOne && !storm.goesAtOnce(item.alert(), now)) {
        continue;
      }
      if (!rateLimit.tryTake(now)) {
        return Pause.until(now.plus(rateLimit.wait(now)), now, false);
      }
      Delivery outcome = deliver(item.alert());
      Instant after = clock.instant();
      if (digestOfOne && outcome instanceof Delivery.Accepted) {
        storm.digestWent(after);
      } else if (people && outcome instanceof Delivery.Accepted) {
        storm.wentSingly(item.alert(), after);
      }
      note(outcome, after);
      write(item, outcome, after, Duration.between(now, after), backOff(item.attempts()));
      if (after.isBefore(closedUntil)) {
        return Pause.until(closedUntil, after, false);
      }
      if (stopping) {
        return Pause.until(after, after, true);
      }
    }
    return null;
  }

  private @Nullable Pause deliverDigest(List<Outbox.Item> due) throws InterruptedException {
    Instant now = clock.instant();
    if (!rateLimit.tryTake(now)) {
      return Pause.until(now.plus(rateLimit.wait(now)), now, false);
    }
    List<Delivery> outcomes = deliverDigestOf(due.stream().map(Outbox.Item::alert).toList());
    Instant after = clock.instant();
    if (outcomes.stream().allMatch(Delivery.Rejected.class::isInstance)) {
      // One alert that the receiver cannot take must not take the others with it.
      storm.suspend(after);
      return Pause.until(after, after, false);
    }
    Delivery last = outcomes.getLast();
    note(last, after);
    // One wait for all, so that they are due together and stay one message.
    Duration wait = backOff(due.stream().mapToInt(Outbox.Item::attempts).max().orElse(0));
    for (int i = 0; i < due.size(); i++) {
      write(due.get(i), outcomes.get(i), after, Duration.between(now, after), wait);
    }
    if (last instanceof Delivery.Accepted && due.size() < BATCH) {
      storm.digestWent(after);
    }
    return Pause.until(after.isBefore(closedUntil) ? closedUntil : after, after, false);
  }

  private Delivery deliver(Alert alert) throws InterruptedException {
    sinkInUse.lockInterruptibly();
    try {
      return sink.sink().deliver(alert);
    } catch (RuntimeException e) {
      return defect(e);
    } finally {
      sinkInUse.unlock();
    }
  }

  /**
   * Delivers an alert that is not in the outbox, to see whether the sink works. From any thread.
   *
   * @param patience longest to wait while the sink delivers something else
   */
  Delivery test(Alert alert, Duration patience) throws InterruptedException {
    if (!sinkInUse.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return new Delivery.RetryLater("the sink is busy with another alert", null);
    }
    try {
      return deliver(alert);
    } finally {
      sinkInUse.unlock();
    }
  }

  private List<Delivery> deliverDigestOf(List<Alert> alerts) throws InterruptedException {
    List<Delivery> outcomes;
    sinkInUse.lockInterruptibly();
    try {
      outcomes = sink.sink().deliverDigest(alerts);
    } catch (RuntimeException e) {
      Delivery defect = defect(e);
      return alerts.stream().map(_ -> defect).toList();
    } finally {
      sinkInUse.unlock();
    }
    if (outcomes.size() != alerts.size()) {
      Delivery defect =
          new Delivery.RetryLater(
              outcomes.size() + " outcomes for " + alerts.size() + " alerts", null);
      return alerts.stream().map(_ -> defect).toList();
    }
    return outcomes;
  }

  /** The message stays out: it may hold what the sink keeps secret, such as its address. */
  private Delivery defect(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    log.error("sink {} is defective: {}{}", sink.id(), e.getClass().getName(), where);
    return new Delivery.RetryLater("defect of the sink: " + e.getClass().getName() + where, null);
  }

  /** What a delivery says about the sink, whatever it says about the alert. */
  private void note(Delivery outcome, Instant now) {
    SinkHealth before = health;
    if (!(outcome instanceof Delivery.RetryLater(String reason, @Nullable Duration asked))) {
      if (before.probing()) {
        log.info("sink {} answers again", sink.id());
      }
      int refusals = outcome instanceof Delivery.Rejected ? before.refusalsInARow() + 1 : 0;
      health = answering(refusals);
      return;
    }
    int failures = before.failuresInARow() + 1;
    boolean probing = failures >= policy.failuresToProbe();
    if (probing && !before.probing()) {
      log.warn("sink {} fails, trying now and then: {}", sink.id(), reason);
    }
    Instant since = before.failingSince() == null ? now : before.failingSince();
    health =
        new SinkHealth(
            sink.id(), failures, since, shortened(reason), probing, before.refusalsInARow());
    if (asked != null) {
      closeUntil(now.plus(accepted(asked)));
    }
    if (probing) {
      closeUntil(now.plus(backOff(failures - policy.failuresToProbe())));
    }
  }

  private void closeUntil(Instant then) {
    closedUntil = then.isAfter(closedUntil) ? then : closedUntil;
  }

  private void write(Outbox.Item item, Delivery outcome, Instant now, Duration took, Duration own) {
    switch (outcome) {
      case Delivery.Accepted() -> {
        metrics.accepted(sink.id(), took);
        unsettled.add(() -> outbox.accepted(item, now));
      }
      case Delivery.Rejected(String reason) -> {
        log.warn("sink {} refused alert {}: {}", sink.id(), item.alert().deliveryId(), reason);
        metrics.rejected(sink.id(), took);
        unsettled.add(() -> outbox.rejected(item, now, shortened(reason)));
      }
      case Delivery.RetryLater(String reason, @Nullable Duration asked) -> {
        if (Duration.between(item.createdAt(), now).compareTo(policy.giveUpAfter()) > 0) {
          metrics.rejected(sink.id(), took);
          String gaveUp = "gave up after " + policy.giveUpAfter().toHours() + " h: " + reason;
          log.warn("sink {}, alert {}: {}", sink.id(), item.alert().deliveryId(), gaveUp);
          unsettled.add(() -> outbox.rejected(item, now, shortened(gaveUp)));
        } else {
          metrics.retried(sink.id(), took);
          Duration wait =
              asked != null && accepted(asked).compareTo(own) > 0 ? accepted(asked) : own;
          unsettled.add(() -> outbox.retry(item, now.plus(wait), shortened(reason)));
        }
      }
    }
    settle();
  }

  private void settle() {
    for (Runnable next = unsettled.peek(); next != null; next = unsettled.peek()) {
      next.run();
      unsettled.remove();
    }
  }

  private Pause pauseAfter(List<Outbox.Item> looked) {
    Instant now = clock.instant();
    if (looked.isEmpty()) {
      Instant next = outbox.nextDue(sink.id()).orElse(now.plus(LONGEST_PAUSE));
      Instant least = now.plus(SHORTEST_PAUSE);
      return Pause.until(next.isBefore(least) ? least : next, now, true);
    }
    Instant digestAt = sink.audience() == Audience.PEOPLE ? storm.digestAt() : null;
    if (digestAt != null) {
      Instant soon = now.plus(HOLDING_PAUSE);
      return Pause.until(digestAt.isBefore(soon) ? digestAt : soon, now, false);
    }
    if (looked.size() == BATCH) {
      return Pause.until(now, now, true);
    }
    return Pause.until(outbox.nextDue(sink.id()).orElse(now.plus(LONGEST_PAUSE)), now, true);
  }

  /** Doubling, half of it by chance, so that what failed together does not come back together. */
  private Duration backOff(int attempts) {
    long first = policy.firstRetry().toMillis();
    long most = policy.longestRetry().toMillis();
    int doublings = Math.clamp(attempts, 0, 30);
    long full = first > most >> doublings ? most : first << doublings;
    return Duration.ofMillis(full - random.nextLong(full / 2 + 1));
  }

  /** What a receiver asks for, within our own limits. */
  private Duration accepted(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(policy.longestRetryAfter()) > 0 ? policy.longestRetryAfter() : asked;
  }

  private SinkHealth answering(int refusals) {
    return new SinkHealth(sink.id(), 0, null, "", false, refusals);
  }

  private static String shortened(String reason) {
    return reason.length() <= MOST_REASON ? reason : reason.substring(0, MOST_REASON) + "…";
  }
}
