package dev.rootwatch.ct.read;

import org.jspecify.annotations.Nullable;

/**
 * How many downloads at once the logs of one operator bear, learned from their answers: one more
 * for every round of answers that went well, half as many after a refusal (additive increase,
 * multiplicative decrease, as TCP does it; Chiu and Jain 1989). Logs of one operator often stand
 * behind one front end, which counts them together.
 *
 * <p>Nobody waits for it, as with {@link ReadBudget}: the oldest download of each log is started
 * whatever it says, so every log advances. Safe for several threads.
 */
public final class AdaptiveConcurrency {
  private static final double FIRST = 4;

  private final int most;
  private double limit;
  private int running;

  /**
   * Counts refusals that changed the limit: what was started before is too old to change it again.
   */
  private long epoch;

  /**
   * @param most never more than this, at least 1
   */
  public AdaptiveConcurrency(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("at least one download at once, not " + most);
    }
    this.most = most;
    this.limit = Math.min(FIRST, most);
  }

  /** A download that was started; tells how it ended. */
  final class Slot {
    private final long started;

    private Slot(long started) {
      this.started = started;
    }

    /** The log gave what was asked for. */
    void answered() {
      synchronized (AdaptiveConcurrency.this) {
        limit = Math.min(most, limit + 1 / limit);
      }
    }

    /** The log was too busy, or did not answer. */
    void refused() {
      synchronized (AdaptiveConcurrency.this) {
        if (started == epoch) {
          limit = Math.max(1, limit / 2);
          epoch++;
        }
      }
    }

    /** It is over, however it ended. To be called once. */
    void end() {
      synchronized (AdaptiveConcurrency.this) {
        running--;
      }
    }
  }

  /** A slot if there is one free, else null. */
  synchronized @Nullable Slot tryStart() {
    return running < (int) limit ? startOldest() : null;
  }

  /** A slot whether there is one free or not: for a log's oldest download. */
  synchronized Slot startOldest() {
    running++;
    return new Slot(epoch);
  }

  /** How many downloads at once are thought to be borne now, at least 1. */
  public synchronized int limit() {
    return (int) limit;
  }

  /** How many run now. */
  public synchronized int running() {
    return running;
  }
}
