package dev.rootwatch.daemon.metrics;

import dev.rootwatch.alert.Alert;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What was found, by type and severity, and when each rule last matched. */
public final class FindingMetrics implements AutoCloseable {
  private final List<Gauge> gauges = new ArrayList<>();
  private final MeterRegistry registry;
  private final Map<String, AtomicLong> lastMatchMillis = new HashMap<>();

  /**
   * @param rules ids of the configured rules: the only values of the label
   */
  public FindingMetrics(MeterRegistry registry, Collection<String> rules) {
    this.registry = registry;
    for (String rule : rules) {
      AtomicLong last = new AtomicLong();
      lastMatchMillis.put(rule, last);
      gauges.add(
          Gauge.builder("rootwatch.rule.last.match.timestamp.seconds", last, v -> v.get() / 1000.0)
              .description("When the rule last matched; 0 before it ever did since the start")
              .tag("rule", rule)
              .register(registry));
    }
  }

  /** A new alert, or one with a new revision, was committed. */
  public void raised(Alert alert) {
    Counter.builder("rootwatch.findings")
        .description("Alerts raised")
        .tags("type", alert.type().word(), "severity", alert.severity().word())
        .register(registry)
        .increment();
  }

  /** A rule matched, whether that was news or not. */
  public void matched(Collection<String> rules, Instant now) {
    for (String rule : rules) {
      AtomicLong last = lastMatchMillis.get(rule);
      if (last != null) {
        last.set(now.toEpochMilli());
      }
    }
  }

  /** A rule matched certificates that the operator knows, and so told of none. */
  public void known(Map<String, Long> certificates, Instant now) {
    matched(certificates.keySet(), now);
    certificates.forEach((rule, count) -> {
      if (lastMatchMillis.containsKey(rule)) {
        Counter.builder("rootwatch.known.certificates")
            .description("Certificates that a rule matched and did not tell, as they are known")
            .tag("rule", rule)
            .register(registry)
            .increment((double) count);
      }
    });
  }

  /** The rules are no longer in force; what was counted stays. */
  @Override
  public void close() {
    gauges.forEach(registry::remove);
  }
}
