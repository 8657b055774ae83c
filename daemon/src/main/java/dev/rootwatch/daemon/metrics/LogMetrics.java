package dev.rootwatch.daemon.metrics;

import dev.rootwatch.watch.Examined;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The numbers of one log. Label values are bounded: the log's own label, three entry types, and the
 * owners' labels of the catalog.
 */
public final class LogMetrics implements AutoCloseable {
  private final MeterRegistry registry;
  private final Tags log;
  private final Counter precertificates;
  private final Counter certificates;
  private final Counter unknown;
  private final Counter malformed;
  private final List<Gauge> gauges = new ArrayList<>();
  private final AtomicLong headSize = new AtomicLong();
  private final AtomicLong headTimestampMillis = new AtomicLong();
  private final AtomicLong position = new AtomicLong();
  private final AtomicLong backlog = new AtomicLong();
  private final AtomicLong contradicted = new AtomicLong();
  private final AtomicLong lastSuccessMillis = new AtomicLong();

  /**
   * @param label short name or id of the log, unique among the logs followed
   */
  public LogMetrics(MeterRegistry registry, String label) {
    this.registry = registry;
    this.log = Tags.of("log", label);
    this.precertificates = entries("precertificate");
    this.certificates = entries("certificate");
    this.unknown = entries("unknown");
    this.malformed =
        Counter.builder("rootwatch.malformed.entries")
            .description("Entries that could not be read")
            .tags(log)
            .register(registry);
    gauge("rootwatch.log.head.size", "Entries in the newest signed tree head", headSize, 1);
    gauge(
        "rootwatch.log.head.timestamp.seconds",
        "When the log signed its newest head",
        headTimestampMillis,
        1000);
    gauge("rootwatch.log.position", "First index that is not examined yet", position, 1);
    gauge(
        "rootwatch.log.backlog.entries", "Entries of the newest head not examined yet", backlog, 1);
    gauge(
        "rootwatch.log.contradicted",
        "1 when a segment of the log is contradicted by a signed head",
        contradicted,
        1);
    gauge(
        "rootwatch.log.last.success.timestamp.seconds",
        "When the log last answered with a valid head",
        lastSuccessMillis,
        1000);
  }

  /** The log showed a head whose signature holds. */
  public void head(long size, long timestampMillis, Instant now) {
    headSize.set(size);
    headTimestampMillis.set(timestampMillis);
    lastSuccessMillis.set(now.toEpochMilli());
  }

  /** A window was committed. */
  public void examined(Examined window) {
    precertificates.increment(window.precertificates());
    certificates.increment(window.certificates());
    unknown.increment(window.unknown());
    malformed.increment(window.malformed().size());
    for (Examined.TallyRow row : window.tally()) {
      Counter.builder("rootwatch.issuance")
          .description("Precertificate entries by issuing authority")
          .tags(log.and("authority", row.authority()))
          .register(registry)
          .increment((double) row.count());
    }
  }

  /** Where reading stands. */
  public void standing(long next, long entriesBehind, boolean isContradicted) {
    position.set(next);
    backlog.set(entriesBehind);
    contradicted.set(isContradicted ? 1 : 0);
  }

  /** The log is not asked any more: what it showed last must not look like the present. */
  @Override
  public void close() {
    gauges.forEach(registry::remove);
  }

  private Counter entries(String type) {
    return Counter.builder("rootwatch.entries")
        .description("Entries examined")
        .tags(log.and("type", type))
        .register(registry);
  }

  private void gauge(String name, String description, AtomicLong value, double unit) {
    gauges.add(
        Gauge.builder(name, value, v -> v.get() / unit)
            .description(description)
            .tags(log)
            .register(registry));
  }
}
