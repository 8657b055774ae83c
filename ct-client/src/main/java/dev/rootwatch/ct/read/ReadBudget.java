package dev.rootwatch.ct.read;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies may be in flight at once, over all logs.
 *
 * <p>Each download gives back what it holds when it ends, whatever became of the others, so nobody
 * can wait for ever; a download that is larger than the whole budget is admitted when it is alone.
 * Readers wait with their oldest window only, in order of arrival and not for long: logs that hold
 * the budget without answering must not keep the others from theirs. Who has waited in vain goes on
 * with as little as there can be, past the budget: the overdraft is one smallest window per log.
 */
public final class ReadBudget {
  /** Bytes a permit. */
  private static final long UNIT = 1024;

  /** How long a reader's oldest window waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final int limit;
  private final Duration patience;
  private final Semaphore free;
  private final AtomicLong overdraft = new AtomicLong();

  /**
   * @param limit bytes
   */
  public ReadBudget(long limit) {
    this(limit, PATIENCE);
  }

  ReadBudget(long limit, Duration patience) {
    if (limit <= 0) {
      throw new IllegalArgumentException("a budget of " + limit + " bytes reads nothing");
    }
    this.limit = (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(limit, UNIT));
    this.patience = patience;
    this.free = new Semaphore(this.limit, true);
  }

  /** Takes {@code bytes} if they fit and nobody waits for them. */
  boolean tryReserve(long bytes) {
    return !isWaitedFor() && free.tryAcquire(permits(bytes));
  }

  /** Takes {@code bytes} as soon as they fit; false when they do not for some seconds. */
  boolean reserve(long bytes) throws InterruptedException {
    return free.tryAcquire(permits(bytes), patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Whether a reader waits; then nobody else gets anything. */
  boolean isWaitedFor() {
    return free.hasQueuedThreads();
  }

  /** Gives back what was reserved with the same number. */
  void release(long bytes) {
    free.release(permits(bytes));
  }

  /** Takes {@code bytes} past the budget. */
  void overdraw(long bytes) {
    overdraft.addAndGet(bytes);
  }

  /** Gives back what was taken past the budget. */
  void repay(long bytes) {
    overdraft.addAndGet(-bytes);
  }

  /** Bytes reserved now, in units of 1 KiB, and what was taken past the budget. */
  public long inFlight() {
    return (limit - free.availablePermits()) * UNIT + overdraft.get();
  }

  private int permits(long bytes) {
    return Math.clamp(Math.ceilDiv(bytes, UNIT), 1, limit);
  }
}
