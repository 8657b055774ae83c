package dev.rootwatch.daemon.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import java.util.Map;
import java.util.function.LongSupplier;

/** The numbers of the process itself: what it is, what it uses, whom it knows. */
public final class ProcessMeters implements AutoCloseable {
  private final JvmGcMetrics gc = new JvmGcMetrics();

  /**
   * @param version of this program
   * @param catalog version of the catalog in force
   * @param authorities how many keys are known, by state; a handful of states, asked at each scrape
   */
  public ProcessMeters(
      PrometheusMeterRegistry registry,
      String version,
      String catalog,
      Map<String, LongSupplier> authorities) {
    // Micrometer has no meter that may be called _info.
    Info.builder()
        .name("rootwatch_build_info")
        .help("Which program and which catalog this is")
        .labelNames("version", "catalog")
        .register(registry.getPrometheusRegistry())
        .addLabelValues(version, catalog);
    authorities.forEach((state, count) ->
        Gauge.builder("rootwatch.authorities", count, LongSupplier::getAsLong)
            .description("Keys of authorities that are known, by how")
            .tag("state", state)
            .strongReference(true)
            .register(registry));
    gc.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  @Override
  public void close() {
    gc.close();
  }
}
