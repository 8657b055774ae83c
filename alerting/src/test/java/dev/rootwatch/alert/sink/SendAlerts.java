package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Alerts;
import dev.rootwatch.alert.ConfiguredSink;
import dev.rootwatch.alert.DeliveryMetrics;
import dev.rootwatch.alert.Dispatcher;
import dev.rootwatch.alert.HostileAlert;
import dev.rootwatch.alert.InMemoryOutbox;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.alert.Sinks;
import dev.rootwatch.alert.spi.Delivery;
import dev.rootwatch.alert.spi.SinkEnvironment;
import dev.rootwatch.alert.spi.SinkSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import okhttp3.OkHttpClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends alerts as the daemon does, for the checks that stand outside. Reads one step a line from
 * standard input, and answers each with one line of JSON:
 *
 * <pre>
 * {"do":"deliver","sink":{"type":"webhook",...},"alerts":["distrusted","hostile","log"]}
 *     {"outcomes":["Accepted","RetryLater: HTTP 503","Rejected: ..."]}
 * {"do":"digest","sink":{...},"count":40}
 * {"do":"dispatch","sink":{...},"count":50,"seconds":60}
 *     {"accepted":50,"rejected":0,"pending":0}
 * </pre>
 */
public final class SendAlerts {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final SinkEnvironment environment =
      new SinkEnvironment(System.err, false, new OkHttpClient(), InstantSource.system());

  private SendAlerts() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    SendAlerts sender = new SendAlerts();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(JSON.writeValueAsString(sender.step(JSON.readTree(line))));
    }
    System.exit(0);
  }

  private Map<String, Object> step(JsonNode step) throws InterruptedException {
    ConfiguredSink sink = sink(step.path("sink"));
    try {
      return switch (step.path("do").asString()) {
        case "deliver" -> deliver(sink, step.path("alerts"));
        case "digest" ->
            Map.of(
                "outcomes",
                sink.sink().deliverDigest(many(step.path("count").asInt())).stream()
                    .map(SendAlerts::word)
                    .toList());
        case "dispatch" -> dispatch(sink, step.path("count").asInt(), step.path("seconds").asInt());
        default -> throw new IllegalArgumentException("no such step: " + step);
      };
    } finally {
      sink.sink().close();
    }
  }

  private ConfiguredSink sink(JsonNode json) {
    Map<String, Object> settings = new LinkedHashMap<>();
    json.properties()
        .forEach(e -> settings.put(e.getKey(), JSON.convertValue(e.getValue(), Object.class)));
    String type = String.valueOf(settings.remove("type"));
    return Sinks.onTheClassPath().create(new SinkSettings("checked", type, settings), environment);
  }

  private static Map<String, Object> deliver(ConfiguredSink sink, JsonNode alerts)
      throws InterruptedException {
    List<String> outcomes = new ArrayList<>();
    for (JsonNode name : alerts) {
      Alert alert =
          switch (name.asString()) {
            case "hostile" -> HostileAlert.alert();
            case "log" -> Alerts.aboutALog();
            default -> Alerts.distrusted();
          };
      outcomes.add(word(sink.sink().deliver(alert)));
    }
    return Map.of("outcomes", outcomes);
  }

  private static Map<String, Object> dispatch(ConfiguredSink sink, int count, int seconds)
      throws InterruptedException {
    InMemoryOutbox outbox = new InMemoryOutbox();
    try (Dispatcher dispatcher =
        new Dispatcher(
            outbox,
            List.of(sink),
            DeliveryMetrics.NONE,
            InstantSource.system(),
            new SplittableRandom(7))) {
      dispatcher.start();
      many(count).forEach(alert -> outbox.add(sink.id(), alert, Instant.now()));
      dispatcher.wake();
      outbox.awaitSettled(sink.id(), Duration.ofSeconds(seconds));
    }
    return Map.of(
        "accepted", outbox.accepted.size(),
        "rejected", outbox.rejected.size(),
        "pending", outbox.pending(sink.id()));
  }

  private static List<Alert> many(int count) {
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      alerts.add(Alerts.of("%064x".formatted(i), AlertType.DISTRUSTED_ISSUER, Severity.HIGH));
    }
    return alerts;
  }

  private static String word(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Accepted() -> "Accepted";
      case Delivery.RetryLater later ->
          "RetryLater: "
              + later.reason()
              + (later.after() == null ? "" : " (after " + later.after().toSeconds() + " s)");
      case Delivery.Rejected(String reason) -> "Rejected: " + reason;
    };
  }
}
