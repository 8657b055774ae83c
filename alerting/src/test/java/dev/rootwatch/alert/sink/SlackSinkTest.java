package dev.rootwatch.alert.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Alerts;
import dev.rootwatch.alert.HostileAlert;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.alert.spi.AlertSink;
import dev.rootwatch.alert.spi.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SlackSinkTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private AlertSink sink() {
    return SinkHarness.sink("slack", Map.of("url", server.url("/services/T/B/SECRET").toString()));
  }

  private Delivery deliver(Alert alert, int status, String body) throws InterruptedException {
    server.enqueue(
        new MockResponse.Builder().code(status).addHeader("Retry-After", "30").body(body).build());
    try (AlertSink sink = sink()) {
      return sink.deliver(alert);
    }
  }

  private JsonNode sent() throws InterruptedException {
    return SlackSchema.check(Objects.requireNonNull(server.takeRequest().getBody()).utf8());
  }

  @Test
  void deliver_certificate_saysWhatHappened() throws InterruptedException {
    assertThat(deliver(Alerts.distrusted(), 200, "ok")).isEqualTo(new Delivery.Accepted());

    JsonNode message = sent();
    assertThat(message.path("text").asString())
        .isEqualTo("HIGH: TrustCor ECA-1 issued a certificate for mail.example.com");
    assertThat(message.toString())
        .contains("*Issuer*\\n`TrustCor ECA-1 (trustcor)`")
        .contains("<https://crt.sh/?q=" + "12".repeat(32) + "|https://crt.sh/?q=")
        .contains("mozilla  tls      distrusted    2022-11-30");
  }

  @Test
  void deliver_hostileStrings_keepTheLimitsAndMentionNobody() throws InterruptedException {
    assertThat(deliver(HostileAlert.alert(), 200, "ok")).isEqualTo(new Delivery.Accepted());

    for (JsonNode block : sent().path("blocks")) {
      block
          .findValues("text")
          .forEach(text -> {
            if (text.isString()) {
              assertThat(text.asString().replaceAll("(?s)```.*?```|`[^`\n]*`", ""))
                  .as("outside of code")
                  .satisfiesAnyOf(
                      t -> assertThat(t).doesNotContain("*b*", "_i_", "~s~", "evil"),
                      _ -> assertThat(block.path("type").asString()).isEqualTo("header"));
            }
          });
    }
  }

  @Test
  void deliver_aboutALog_isAMessageToo() throws InterruptedException {
    assertThat(deliver(Alerts.aboutALog(), 200, "ok")).isEqualTo(new Delivery.Accepted());
    sent();
  }

  @Test
  void deliverDigest_many_isOneMessageWithTheGravestFirst() throws InterruptedException {
    List<Alert> alerts =
        IntStream.range(0, 300)
            .mapToObj(i ->
                Alerts.of(
                    "%064x".formatted(i),
                    AlertType.DISTRUSTED_ISSUER,
                    i == 299 ? Severity.CRITICAL : Severity.HIGH))
            .toList();
    server.enqueue(new MockResponse.Builder().body("ok").build());
    try (AlertSink sink = sink()) {
      assertThat(sink.deliverDigest(alerts)).hasSize(300).containsOnly(new Delivery.Accepted());
    }
    JsonNode message = sent();
    assertThat(message.path("text").asString()).isEqualTo("300 alerts: 1 critical, 299 high");
    assertThat(message.path("blocks").path(1).toString()).contains("CRITICAL");
    assertThat(message.toString()).contains("and 270 more");
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_payload",
    "403, action_prohibited",
    "404, no_service",
    "404, channel_not_found",
    "410, channel_is_archived"
  })
  void deliver_slackRefuses_isRejectedWithItsWord(int status, String word)
      throws InterruptedException {
    assertThat(deliver(Alerts.distrusted(), status, word))
        .isEqualTo(new Delivery.Rejected("HTTP " + status + ": " + word));
  }

  @Test
  void deliver_rateLimitOrTrouble_isTriedAgain() throws InterruptedException {
    assertThat(deliver(Alerts.distrusted(), 429, "rate_limited"))
        .isEqualTo(new Delivery.RetryLater("HTTP 429: rate_limited", Duration.ofSeconds(30)));
    assertThat(deliver(Alerts.distrusted(), 500, "rollup_error"))
        .isInstanceOf(Delivery.RetryLater.class);
    assertThat(deliver(Alerts.distrusted(), 200, "<html>log in to the network</html>"))
        .isInstanceOf(Delivery.RetryLater.class);
  }
}
