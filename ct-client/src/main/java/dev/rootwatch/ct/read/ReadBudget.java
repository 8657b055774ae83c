package dev.rootwatch.ct.read;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies may be in flight at once, over all logs.
 *
 * <p>Nobody waits for it: a reader asks before it starts a further download and goes without when
 * the answer is no. The oldest window of each reader is started whatever the budget says, as a
 * small one where the budget has no room for it, so every log advances and no order of arrival can
 * deadlock; the overdraft is one small window per log.
 */
public final class ReadBudget {
  private final long limit;
  private final AtomicLong inFlight = new AtomicLong();

  /**
   * @param limit bytes
   */
  public ReadBudget(long limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("a budget of " + limit + " bytes reads nothing");
    }
    this.limit = limit;
  }

  /** Takes {@code bytes} if they fit. */
  boolean tryReserve(long bytes) {
    long now = inFlight.get();
    while (now + bytes <= limit) {
      if (inFlight.compareAndSet(now, now + bytes)) {
        return true;
      }
      now = inFlight.get();
    }
    return false;
  }

  /** Takes {@code bytes} whether they fit or not: for a reader's oldest window. */
  void reserveOldest(long bytes) {
    inFlight.addAndGet(bytes);
  }

  void release(long bytes) {
    inFlight.addAndGet(-bytes);
  }

  /** Bytes reserved now. */
  public long inFlight() {
    return inFlight.get();
  }
}
