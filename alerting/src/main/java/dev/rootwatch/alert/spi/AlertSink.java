package dev.rootwatch.alert.spi;

import dev.rootwatch.alert.Alert;

/** A place that alerts go to. Called by one thread at a time; blocks at most its own time limit. */
public interface AlertSink extends AutoCloseable {
  /** Delivers one alert. Outcomes are values; an exception is a defect of the sink. */
  Delivery deliver(Alert alert) throws InterruptedException;

  @Override
  default void close() {}
}
