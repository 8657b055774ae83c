package dev.rootwatch.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class LabelValuesTest {

  @Test
  void map_strangersValue_isVisibleAndShortOnThePage() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(new LabelValues());
    String hostile = "a\u202e\u001b[2J\"} 1\nforged{x=\"" + "y".repeat(500);
    Counter.builder("rootwatch.entries").tag("log", hostile).register(registry).increment();
    Counter.builder("rootwatch.entries").tag("log", "plain").register(registry).increment();

    String page = registry.scrape();

    assertThat(page)
        .contains("rootwatch_entries_total{log=\"a\\\\u{202e}\\\\u{1b}[2J\\\"} 1\\\\u{a}forged")
        .contains("rootwatch_entries_total{log=\"plain\"} 1.0")
        .doesNotContain("\u001b")
        .doesNotContain("\u202e");
    assertThat(page.lines().mapToInt(String::length).max().orElse(0)).isLessThan(250);
  }
}
