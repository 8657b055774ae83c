package dev.rootwatch.testlog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** So many per second on the log's clock; holds one second's worth, at least one. Thread-safe. */
final class TokenBucket {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final InstantSource clock;
  private final double most;
  private double tokens;
  private Instant counted;

  TokenBucket(double perSecond, InstantSource clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    this.most = Math.max(1, perSecond);
    this.tokens = most;
    this.counted = clock.instant();
  }

  /** Whether there was one left. */
  synchronized boolean take() {
    fill();
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Takes so many, on credit if need be; how long until they are earned. */
  synchronized Duration reserve(int count) {
    fill();
    tokens -= count;
    return tokens >= 0
        ? Duration.ZERO
        : Duration.ofNanos((long) Math.ceil(-tokens / perSecond * NANOS));
  }

  private void fill() {
    Instant now = clock.instant();
    double seconds = Duration.between(counted, now).toNanos() / NANOS;
    tokens = Math.min(most, tokens + Math.max(0, seconds) * perSecond);
    counted = now;
  }
}
