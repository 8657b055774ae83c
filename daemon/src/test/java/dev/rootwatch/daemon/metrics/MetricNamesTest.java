package dev.rootwatch.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Links;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.source.LogEndpoint;
import dev.rootwatch.ct.source.LogRequest;
import dev.rootwatch.watch.Examined;
import dev.rootwatch.watch.Examined.TallyRow;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds every metric of a real scrape against the names and labels that the contract promises. */
class MetricNamesTest {
  private static final Map<String, Set<String>> CONTRACT = new TreeMap<>();

  static {
    CONTRACT.put("rootwatch_entries_total", Set.of("log", "type"));
    CONTRACT.put("rootwatch_issuance_total", Set.of("log", "authority"));
    CONTRACT.put("rootwatch_log_head_size", Set.of("log"));
    CONTRACT.put("rootwatch_log_head_timestamp_seconds", Set.of("log"));
    CONTRACT.put("rootwatch_log_position", Set.of("log"));
    CONTRACT.put("rootwatch_log_backlog_entries", Set.of("log"));
    CONTRACT.put("rootwatch_log_contradicted", Set.of("log"));
    CONTRACT.put("rootwatch_log_last_success_timestamp_seconds", Set.of("log"));
    CONTRACT.put("rootwatch_http_requests_total", Set.of("log", "outcome"));
    CONTRACT.put("rootwatch_http_received_bytes_total", Set.of("log"));
    CONTRACT.put("rootwatch_malformed_entries_total", Set.of("log"));
    CONTRACT.put("rootwatch_findings_total", Set.of("type", "severity"));
    CONTRACT.put("rootwatch_rule_last_match_timestamp_seconds", Set.of("rule"));
    CONTRACT.put("rootwatch_deliveries_total", Set.of("sink", "outcome"));
    CONTRACT.put("rootwatch_outbox_pending", Set.of("sink"));
    CONTRACT.put("rootwatch_authorities", Set.of("state"));
    CONTRACT.put("rootwatch_build_info", Set.of("version", "catalog"));
    CONTRACT.put("rootwatch_delivery_seconds_count", Set.of("sink"));
    CONTRACT.put("rootwatch_delivery_seconds_sum", Set.of("sink"));
    CONTRACT.put("rootwatch_delivery_seconds_bucket", Set.of("sink", "le"));
    CONTRACT.put("rootwatch_delivery_seconds_max", Set.of("sink"));
  }

  private static final Pattern SAMPLE = Pattern.compile("(rootwatch_\\w+)\\{([^}]*)} (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
  private static final LogId LOG = new LogId(Hash.sha256(new byte[] {1}));

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProcessMeters process = new ProcessMeters(registry);
  private final CatalogMeters catalog =
      new CatalogMeters(
          registry, "0.1.0", "2026.11.24", Map.of("catalog", () -> 12L, "learned", () -> 3L));

  @AfterEach
  void close() {
    catalog.close();
    process.close();
    registry.close();
  }

  @Test
  void scrape_everyMeterUsed_namesAndLabelsOfTheContract() throws IOException {
    useAll();

    Map<String, Set<String>> scraped = new TreeMap<>();
    for (String line : registry.scrape().lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        scraped.put(sample.group(1), labels(sample.group(2)));
      }
    }

    assertThat(scraped).isEqualTo(CONTRACT);
  }

  @Test
  void scrape_deliveriesAndRequests_counted() throws IOException {
    useAll();

    assertThat(registry.scrape())
        .contains(
            "rootwatch_deliveries_total{outcome=\"accepted\",sink=\"hook\"} 1.0",
            "rootwatch_deliveries_total{outcome=\"retried\",sink=\"hook\"} 0.0",
            "rootwatch_outbox_pending{sink=\"hook\"} 7.0",
            "rootwatch_http_requests_total{log=\"lab\",outcome=\"rate-limited\"} 1.0",
            "rootwatch_http_received_bytes_total{log=\"lab\"} 5.0",
            "rootwatch_build_info{catalog=\"2026.11.24\",version=\"0.1.0\"} 1",
            "rootwatch_authorities{state=\"catalog\"} 12.0");
  }

  private void useAll() throws IOException {
    LogMetrics log = new LogMetrics(registry, "lab");
    log.examined(
        new Examined(
            List.of(),
            List.of(new TallyRow(Hash.sha256(new byte[0]), 0, 1, 0, 0, "lets-encrypt")),
            List.of(),
            1,
            0,
            0,
            List.of()));
    FindingMetrics findings = new FindingMetrics(registry, List.of("distrusted"));
    findings.raised(alert());
    findings.matched(List.of("distrusted"), Instant.EPOCH);
    new DeliveryMeters(registry, List.of("hook"), sink -> 7)
        .accepted("hook", Duration.ofMillis(20));
    askALog();
  }

  private void askALog() throws IOException {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse.Builder().code(429).body("later").build());
      OkHttpClient http =
          new OkHttpClient.Builder()
              .addInterceptor(new HttpMeters(registry, id -> id.equals(LOG) ? "lab" : "other"))
              .build();
      Request request =
          new Request.Builder()
              .url(server.url("/checkpoint"))
              .tag(LogRequest.class, new LogRequest(LOG, LogEndpoint.CHECKPOINT))
              .build();
      try (Response response = http.newCall(request).execute()) {
        assertThat(response.body().string()).isEqualTo("later");
      }
    }
  }

  private static Alert alert() {
    return new Alert(
        "00",
        1,
        AlertType.DISTRUSTED_ISSUER,
        Severity.HIGH,
        "",
        Instant.EPOCH,
        false,
        null,
        null,
        List.of("distrusted"),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Links.NONE);
  }

  private static Set<String> labels(String text) {
    Set<String> labels = new TreeSet<>();
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      labels.add(label.group(1));
    }
    return labels;
  }
}
