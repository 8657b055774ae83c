package dev.rootwatch.alert;

import java.time.Duration;

/** Told what became of each delivery; called by the sinks' workers, so it must be thread-safe. */
public interface DeliveryMetrics {
  /** Counts nothing. */
  DeliveryMetrics NONE =
      new DeliveryMetrics() {
        @Override
        public void accepted(String sink, Duration took) {}

        @Override
        public void retried(String sink, Duration took) {}

        @Override
        public void rejected(String sink, Duration took) {}
      };

  /** The receiver took an alert. */
  void accepted(String sink, Duration took);

  /** It will be tried again. */
  void retried(String sink, Duration took);

  /** It became a dead letter. */
  void rejected(String sink, Duration took);
}
