package dev.rootwatch.daemon.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Which program and catalog are at work, and whom the catalog knows. */
public final class CatalogMeters implements AutoCloseable {
  private final PrometheusMeterRegistry registry;
  private final Info info;
  private final List<Gauge> authorities = new ArrayList<>();

  /**
   * @param version of this program
   * @param catalog version of the catalog in force
   * @param states how many authorities are in which state; asked at each scrape
   */
  public CatalogMeters(
      PrometheusMeterRegistry registry,
      String version,
      String catalog,
      Map<String, LongSupplier> states) {
    this.registry = registry;
    // Micrometer has no meter that may be called _info.
    info =
        Info.builder()
            .name("rootwatch_build_info")
            .help("Which program and which catalog this is")
            .labelNames("version", "catalog")
            .register(registry.getPrometheusRegistry());
    info.addLabelValues(LabelValues.of(version), LabelValues.of(catalog));
    states.forEach((state, count) ->
        authorities.add(
            Gauge.builder("rootwatch.authorities", count, LongSupplier::getAsLong)
                .description("Keys of authorities that are known, and what waits for such")
                .tag("state", state)
                .strongReference(true)
                .register(registry)));
  }

  @Override
  public void close() {
    registry.getPrometheusRegistry().unregister(info);
    authorities.forEach(registry::remove);
  }
}
