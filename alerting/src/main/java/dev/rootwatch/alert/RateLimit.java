package dev.rootwatch.alert;

import java.time.Duration;
import java.time.Instant;

/** A token bucket: so many messages a minute, with a burst of ten seconds' worth. One thread. */
final class RateLimit {
  private final double perMilli;
  private final double most;
  private double tokens;
  private Instant filledAt;

  RateLimit(int perMinute, Instant now) {
    perMilli = perMinute / 60_000.0;
    most = Math.max(1, perMinute / 6);
    tokens = most;
    filledAt = now;
  }

  /** Takes one if there is one. */
  boolean tryTake(Instant now) {
    fill(now);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** How long until there is one again. */
  Duration wait(Instant now) {
    fill(now);
    return Duration.ofMillis((long) Math.ceil(Math.max(0, 1 - tokens) / perMilli));
  }

  /** A clock that goes back fills nothing. */
  private void fill(Instant now) {
    long passed = Math.max(0, Duration.between(filledAt, now).toMillis());
    tokens = Math.min(most, tokens + passed * perMilli);
    filledAt = now;
  }
}
