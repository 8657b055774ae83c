package dev.rootwatch.daemon.metrics;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.watch.Canary;
import dev.rootwatch.watch.Examined;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What was found, by type and severity, and when each rule last matched. */
public final class FindingMetrics implements AutoCloseable {
  private final List<Gauge> gauges = new ArrayList<>();
  private final MeterRegistry registry;
  private final Map<String, AtomicLong> lastMatchMillis = new HashMap<>();
  private final List<Canary> canaries;

  /**
   * @param rules ids of the configured rules: the only values of the label
   */
  public FindingMetrics(MeterRegistry registry, Collection<String> rules) {
    this(registry, rules, List.of());
  }

  /**
   * @param rules ids of all configured rules
   * @param canaries those rules of which only the silence is told
   */
  public FindingMetrics(
      MeterRegistry registry, Collection<String> rules, Collection<Canary> canaries) {
    this.registry = registry;
    this.canaries = List.copyOf(canaries);
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

  /** A window was committed, with whatever rules matched in it. */
  public void examined(Examined window, Instant now) {
    window.findings().forEach(finding -> matched(finding.rules(), now));
    known(window.known(), now);
    for (Canary canary : canaries) {
      if (canary.hears(window.tally())) {
        matched(List.of(canary.rule()), now);
      }
    }
  }

  /** When a rule last matched since the start; empty when it did not. */
  public Optional<Instant> lastMatch(String rule) {
    return Optional.ofNullable(lastMatchMillis.get(rule))
        .map(AtomicLong::get)
        .filter(millis -> millis != 0)
        .map(Instant::ofEpochMilli);
  }

  /** A rule matched certificates that the operator knows, and so told of none. */
  private void known(Map<String, Long> certificates, Instant now) {
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
