package dev.rootwatch.alert;

import java.time.Duration;

/**
 * How hard a sink is tried.
 *
 * @param firstRetry wait before the second attempt; doubles with each
 * @param longestRetry where the doubling ends
 * @param longestRetryAfter the longest wait that a receiver may ask for
 * @param giveUpAfter age at which an alert that still cannot be delivered becomes a dead letter
 * @param failuresToProbe after so many failures in a row the sink is only probed, with one alert
 * @param maxPerMinute messages to a sink in a minute, 1 or more
 * @param atOnce how many alerts of one severity go to people singly in a window
 * @param digestWindow the window; further alerts wait for its end and go as one message
 */
public record DeliveryPolicy(
    Duration firstRetry,
    Duration longestRetry,
    Duration longestRetryAfter,
    Duration giveUpAfter,
    int failuresToProbe,
    int maxPerMinute,
    int atOnce,
    Duration digestWindow) {

  public DeliveryPolicy {
    if (firstRetry.isNegative()
        || firstRetry.isZero()
        || longestRetry.compareTo(firstRetry) < 0
        || failuresToProbe < 1
        || maxPerMinute < 1
        || atOnce < 1
        || digestWindow.isNegative()
        || digestWindow.isZero()) {
      throw new IllegalArgumentException("a delivery policy that would never or always wait");
    }
  }

  /**
   * One second doubling to five minutes, for a week; 5 alerts at once, then one message in 5
   * minutes.
   */
  public static DeliveryPolicy standard(int maxPerMinute) {
    return new DeliveryPolicy(
        Duration.ofSeconds(1),
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        Duration.ofDays(7),
        5,
        maxPerMinute,
        5,
        Duration.ofMinutes(5));
  }
}
