package dev.rootwatch.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until the test moves it. */
public final class HeldClock implements InstantSource {
  private volatile Instant now = Alerts.NOW;

  @Override
  public Instant instant() {
    return now;
  }

  public void advance(Duration by) {
    now = now.plus(by);
  }
}
