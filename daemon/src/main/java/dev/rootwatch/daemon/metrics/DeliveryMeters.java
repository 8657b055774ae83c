package dev.rootwatch.daemon.metrics;

import dev.rootwatch.alert.DeliveryMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the deliveries. The sinks of the configuration are the only values of the label,
 * and each of them has its counters from the start: a sink that never delivered shows 0, not
 * nothing.
 */
public final class DeliveryMeters implements DeliveryMetrics, AutoCloseable {
  private final MeterRegistry registry;
  private final List<Gauge> pending = new ArrayList<>();
  private final Map<String, Meters> bySink = new HashMap<>();

  /**
   * @param sinks ids of the configured sinks
   * @param waiting how many items wait in the outbox for a sink; asked at every scrape
   */
  public DeliveryMeters(
      MeterRegistry registry, Collection<String> sinks, ToLongFunction<String> waiting) {
    this.registry = registry;
    for (String sink : sinks) {
      bySink.put(sink, new Meters(registry, sink));
      pending.add(
          Gauge.builder("rootwatch.outbox.pending", waiting, w -> w.applyAsLong(sink))
              .description("Deliveries that wait, the ones to be tried again included")
              .tag("sink", sink)
              .strongReference(true)
              .register(registry));
    }
  }

  @Override
  public void accepted(String sink, Duration took) {
    attempted(sink, meters -> meters.accepted, took);
  }

  @Override
  public void retried(String sink, Duration took) {
    attempted(sink, meters -> meters.retried, took);
  }

  @Override
  public void rejected(String sink, Duration took) {
    attempted(sink, meters -> meters.rejected, took);
  }

  private void attempted(String sink, Function<Meters, Counter> outcome, Duration took) {
    @Nullable Meters meters = bySink.get(sink);
    if (meters != null) {
      outcome.apply(meters).increment();
      meters.took.record(took);
    }
  }

  /** Nobody waits for a sink that is no more; what was counted stays. */
  @Override
  public void close() {
    pending.forEach(registry::remove);
  }

  private static final class Meters {
    final Counter accepted;
    final Counter retried;
    final Counter rejected;
    final Timer took;

    Meters(MeterRegistry registry, String sink) {
      accepted = outcome(registry, sink, "accepted");
      retried = outcome(registry, sink, "retried");
      rejected = outcome(registry, sink, "rejected");
      // Prometheus adds the unit to the name: rootwatch_delivery_seconds.
      took =
          Timer.builder("rootwatch.delivery")
              .description("How long one attempt took, whatever its outcome")
              .tag("sink", sink)
              .serviceLevelObjectives(
                  Duration.ofMillis(10),
                  Duration.ofMillis(100),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(30))
              .register(registry);
    }

    private static Counter outcome(MeterRegistry registry, String sink, String outcome) {
      return Counter.builder("rootwatch.deliveries")
          .description("Attempts to deliver an alert, by outcome")
          .tags("sink", sink, "outcome", outcome)
          .register(registry);
    }
  }
}
