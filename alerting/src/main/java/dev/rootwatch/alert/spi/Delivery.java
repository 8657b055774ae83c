package dev.rootwatch.alert.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of a delivery. */
public sealed interface Delivery {
  /** The receiver took it. */
  record Accepted() implements Delivery {}

  /**
   * Not now: no answer, a rate limit, a server error.
   *
   * @param reason what happened, for the operator; holds no secret
   * @param after what the receiver asked us to wait; null when it did not say
   */
  record RetryLater(String reason, @Nullable Duration after) implements Delivery {}

  /** Never: the receiver refuses this alert or us. */
  record Rejected(String reason) implements Delivery {}
}
