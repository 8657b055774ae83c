package dev.rootwatch.testlog;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** When a fault comes in: between two times by the log's clock, every so many times it could. */
final class Occasions {
  private final InstantSource clock;
  private final int every;
  private final Instant from;
  private final @Nullable Instant until;
  private final AtomicLong counted = new AtomicLong();

  /**
   * @param set when the log was told of the fault
   */
  Occasions(Fault fault, InstantSource clock, Instant set) {
    this.clock = clock;
    if (fault instanceof ScheduledFault scheduled) {
      this.every = scheduled.every();
      this.from = set.plus(scheduled.from());
      this.until = scheduled.until() == null ? null : set.plus(scheduled.until());
    } else {
      this.every = fault.every();
      this.from = set;
      this.until = null;
    }
  }

  /** When it begins. */
  Instant from() {
    return from;
  }

  /** Whether it is the time for it. */
  boolean inTime() {
    Instant now = clock.instant();
    return !now.isBefore(from) && (until == null || now.isBefore(until));
  }

  /** It could come in now: whether it does. Those outside its time are not counted. */
  boolean next() {
    return inTime() && counted.incrementAndGet() % every == 0;
  }
}
