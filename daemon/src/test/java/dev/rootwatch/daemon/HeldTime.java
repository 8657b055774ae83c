package dev.rootwatch.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time, which passes only where a test says so. */
final class HeldTime implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-24T08:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  /** Time passes; for those who wait at the same time, the same time. */
  void pass(Duration time) {
    Instant then = now.plus(time);
    synchronized (this) {
      now = then.isAfter(now) ? then : now;
    }
  }
}
