package dev.rootwatch.ct.source;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How fast one log is asked: every request waits for its turn here. Three things space them out,
 * and the slowest counts: what the operator of the daemon allows, what the log asked for
 * (Retry-After), and what was learned where it says 429 and no more. Learned means: after a refusal
 * at least twice the time between two requests, and a little less again after each answer, so that
 * the pace settles just below what the log bears.
 *
 * <p>Safe for several threads.
 */
public final class Pace {
  private static final double SHORTEST_LEARNED = Duration.ofMillis(50).toNanos();
  private static final double LONGEST_LEARNED = Duration.ofSeconds(60).toNanos();

  /** Below this a learned gap is forgotten. */
  private static final double NO_GAP = Duration.ofMillis(5).toNanos();

  private static final double EASING = 0.97;

  private final double allowedGap;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private double learnedGap;

  /** Between the starts of two requests, on average, while requests follow each other. */
  private double usualGap = SHORTEST_LEARNED;

  private Instant next = Instant.MIN;
  private Instant lastStart = Instant.MIN;

  /** Counts refusals that slowed us down. */
  private long epoch;

  /**
   * @param maxPerSecond requests a second that are allowed; null for no limit of ours
   * @param clock must never go back
   */
  public Pace(@Nullable Integer maxPerSecond, InstantSource clock, Sleeper sleeper) {
    if (maxPerSecond != null && maxPerSecond < 1) {
      throw new IllegalArgumentException("at least one request a second, not " + maxPerSecond);
    }
    this.allowedGap =
        maxPerSecond == null ? 0 : Duration.ofSeconds(1).toNanos() / (double) maxPerSecond;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** Nothing but what the log itself asks for. */
  public static Pace unlimited() {
    long began = System.nanoTime();
    return new Pace(null, () -> Instant.EPOCH.plusNanos(System.nanoTime() - began), Thread::sleep);
  }

  /**
   * A request's turn.
   *
   * @param start when it starts
   * @param epoch what was known of the log then
   */
  record Turn(Instant start, long epoch) {}

  /** Waits until it is a request's turn; who waits while the log refuses another waits longer. */
  Turn await() throws InterruptedException {
    while (true) {
      Turn turn;
      Duration wait;
      synchronized (this) {
        Instant now = clock.instant();
        Instant start = next.isAfter(now) ? next : now;
        next = start.plusNanos((long) Math.max(allowedGap, learnedGap));
        turn = new Turn(start, epoch);
        wait = Duration.between(now, start);
      }
      if (wait.isPositive()) {
        sleeper.sleep(wait);
      }
      synchronized (this) {
        if (turn.epoch == epoch) {
          learnUsualGap(turn.start);
          return turn;
        }
      }
    }
  }

  private void learnUsualGap(Instant start) {
    if (!lastStart.equals(Instant.MIN)) {
      double gap = Duration.between(lastStart, start).toNanos();
      usualGap += (Math.min(gap, LONGEST_LEARNED) - usualGap) / 8;
    }
    lastStart = start;
  }

  /** The log answered: perhaps it bears a little more. */
  synchronized void answered() {
    learnedGap = learnedGap * EASING < NO_GAP ? 0 : learnedGap * EASING;
  }

  /**
   * The log refused, being asked too often.
   *
   * @param turn of the request: of several that were under way together only the first slows us
   *     down
   * @param retryAfter what it asked for; null when it did not say
   */
  synchronized void refused(Turn turn, @Nullable Duration retryAfter) {
    Instant now = clock.instant();
    if (turn.epoch == epoch) {
      double longer = Math.max(2 * learnedGap, 2 * usualGap);
      learnedGap = Math.clamp(longer, SHORTEST_LEARNED, LONGEST_LEARNED);
      epoch++;
      next = now;
    }
    Duration learned = Duration.ofNanos((long) learnedGap);
    Duration wait = retryAfter == null || retryAfter.compareTo(learned) < 0 ? learned : retryAfter;
    Instant free = now.plus(wait);
    next = free.isAfter(next) ? free : next;
  }

  /** Time between two requests as it is now, learned or allowed, whichever is longer. */
  synchronized Duration gap() {
    return Duration.ofNanos((long) Math.max(allowedGap, learnedGap));
  }
}
