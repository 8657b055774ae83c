package dev.rootwatch.daemon.store;

import java.time.Duration;

/**
 * How long what grows is kept.
 *
 * @param tallies issuance history, by the hour it tells of
 * @param deliveries settled outbox rows, by the time they were settled
 * @param evidence heads that contradict others, and malformed entries' bytes, by the time they were
 *     stored
 */
public record Retention(Duration tallies, Duration deliveries, Duration evidence) {
  /** What holds where the configuration says nothing. */
  public static final Retention DEFAULT =
      new Retention(Duration.ofDays(400), Duration.ofDays(90), Duration.ofDays(400));
}
