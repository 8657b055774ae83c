package dev.rootwatch.alert.spi;

import dev.rootwatch.alert.Alert;
import java.util.ArrayList;
import java.util.List;

/** A place that alerts go to. Called by one thread at a time; blocks at most its own time limit. */
public interface AlertSink extends AutoCloseable {
  /** Delivers one alert. Outcomes are values; an exception is a defect of the sink. */
  Delivery deliver(Alert alert) throws InterruptedException;

  /**
   * Delivers many alerts as one message, where the sink can. By itself it delivers one by one and
   * stops at the first that has to wait.
   *
   * @return one outcome for each alert, in their order
   */
  default List<Delivery> deliverDigest(List<Alert> alerts) throws InterruptedException {
    List<Delivery> outcomes = new ArrayList<>();
    for (Alert alert : alerts) {
      Delivery outcome = deliver(alert);
      outcomes.add(outcome);
      if (outcome instanceof Delivery.RetryLater) {
        while (outcomes.size() < alerts.size()) {
          outcomes.add(outcome);
        }
        break;
      }
    }
    return outcomes;
  }

  @Override
  default void close() {}
}
