package dev.rootwatch.daemon;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that is right at its start and never goes back, whatever is done to the system's: for
 * waits and deadlines. A wrong clock that is put right must not put every log to sleep.
 */
final class SteadyClock implements InstantSource {
  private final Instant began;
  private final long beganNanos = System.nanoTime();

  SteadyClock(InstantSource wall) {
    this.began = wall.instant();
  }

  @Override
  public Instant instant() {
    return began.plusNanos(System.nanoTime() - beganNanos);
  }
}
