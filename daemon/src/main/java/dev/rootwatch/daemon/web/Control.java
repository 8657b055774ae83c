package dev.rootwatch.daemon.web;

import dev.rootwatch.alert.spi.Delivery;
import java.util.List;
import java.util.Optional;

/** What commands may ask a running daemon to do. */
public interface Control {
  /**
   * Tries an alert's dead letters and waiting deliveries again at once.
   *
   * @param alertId whole
   * @return how many deliveries; empty when there is no such alert
   */
  Optional<Integer> retry(String alertId);

  /** Notes that somebody has seen to an alert; false when there is no such alert. */
  boolean acknowledge(String alertId);

  /**
   * Sends a test alert to a sink, past the outbox.
   *
   * @return what became of it; empty when there is no such sink
   */
  Optional<Delivery> test(String sink) throws InterruptedException;

  /** Ids of all sinks, in the order of the configuration. */
  List<String> sinks();
}
