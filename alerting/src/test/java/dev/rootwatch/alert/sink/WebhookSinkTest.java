package dev.rootwatch.alert.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertJson;
import dev.rootwatch.alert.Alerts;
import dev.rootwatch.alert.HostileAlert;
import dev.rootwatch.alert.spi.Delivery;
import dev.rootwatch.alert.spi.InvalidSettingException;
import dev.rootwatch.alert.spi.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSinkTest {
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Delivery deliver(Alert alert, Map<String, ?> more) throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(more);
    settings.putIfAbsent("url", server.url("/hook?token=SECRET").toString());
    try (var sink = SinkHarness.sink("webhook", settings)) {
      return sink.deliver(alert);
    }
  }

  private void answer(int status, String... headers) {
    MockResponse.Builder response = new MockResponse.Builder().code(status);
    if (status != 204) {
      response.body("so\nsaid");
    }
    for (int i = 0; i < headers.length; i += 2) {
      response.addHeader(headers[i], headers[i + 1]);
    }
    server.enqueue(response.build());
  }

  @Test
  void deliver_body_isTheAlertWithItsHeaders() throws InterruptedException {
    answer(204);

    assertThat(deliver(HostileAlert.alert(), Map.of("authorization", Secret.of("Bearer t"))))
        .isEqualTo(new Delivery.Accepted());

    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(AlertJson.read(body(request))).isEqualTo(HostileAlert.alert());
    assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
    assertThat(request.getHeaders().get("webhook-id")).isEqualTo(Alerts.ID + ".3");
    assertThat(request.getHeaders().get("webhook-timestamp"))
        .isEqualTo(Long.toString(Alerts.NOW.getEpochSecond()));
    assertThat(request.getHeaders().get("webhook-signature")).isNull();
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer t");
  }

  @Test
  void deliver_twoSecrets_bothSign() throws InterruptedException {
    answer(200);
    deliver(Alerts.distrusted(), Map.of("secret", List.of("plain", "whsec_cGxhaW4=")));
    String[] signatures =
        String.valueOf(server.takeRequest().getHeaders().get("webhook-signature")).split(" ");
    assertThat(signatures).hasSize(2).allMatch(s -> s.startsWith("v1,"));
    assertThat(signatures[0]).as("whsec_cGxhaW4= is the bytes of 'plain'").isEqualTo(signatures[1]);
  }

  /** The example of the specification's own test suite. */
  @Test
  void sign_publishedExample_isTheSame() {
    assertThat(
            WebhookSignature.withSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .sign(
                    "msg_p5jXN8AQM9LWM0D4loKWxJek",
                    1614265330,
                    "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400, 401, 404, 408, 422, 500, 503})
  void deliver_otherAnswers_areTriedAgain(int status) throws InterruptedException {
    answer(status, "Location", "/elsewhere");
    Delivery delivery = deliver(Alerts.distrusted(), Map.of());
    assertThat(delivery).isInstanceOf(Delivery.RetryLater.class);
    assertThat(delivery.toString()).contains("HTTP " + status).doesNotContain("SECRET");
    assertThat(server.getRequestCount()).as("no redirect is followed").isOne();
  }

  @Test
  void deliver_tooManyRequests_waitsAsAsked() throws InterruptedException {
    answer(429, "Retry-After", "17");
    assertThat(deliver(Alerts.distrusted(), Map.of()))
        .isEqualTo(new Delivery.RetryLater("HTTP 429: so\\u{a}said", Duration.ofSeconds(17)));
  }

  @Test
  void deliver_gone_isRejected() throws InterruptedException {
    answer(410);
    assertThat(deliver(Alerts.distrusted(), Map.of())).isInstanceOf(Delivery.Rejected.class);
  }

  @Test
  void deliver_noAnswer_isTriedAgainAfterTheTimeLimit() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().headersDelay(20, TimeUnit.SECONDS).build());
    assertThat(deliver(Alerts.distrusted(), Map.of("timeout", "200ms")))
        .isEqualTo(new Delivery.RetryLater("no answer in time", null));
  }

  @Test
  void deliver_nobodyListens_isTriedAgain() throws InterruptedException {
    String url = server.url("/hook?token=SECRET").toString();
    server.close();
    assertThat(deliver(Alerts.distrusted(), Map.of("url", url)))
        .isEqualTo(new Delivery.RetryLater("no connection", null));
  }

  @Test
  void deliver_endlessBody_isNotReadToItsEnd() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().code(500).body("x".repeat(5_000_000)).build());
    Delivery delivery = deliver(Alerts.distrusted(), Map.of());
    assertThat(delivery.toString()).hasSizeLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1/hook",
        "http://localhost.evil.tld/",
        "http://127.0.0.1.evil.tld/"
      })
  void create_httpToAnotherMachine_isRefused(String url) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SinkHarness.sink("webhook", Map.of("url", url)))
        .withMessageContaining("use https, or say allowHttp: true");
    SinkHarness.sink("webhook", Map.of("url", url, "allowHttp", true)).close();
  }

  @Test
  void create_badSecretOrAddress_isRefusedWithoutSayingIt() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() ->
            SinkHarness.sink("webhook", Map.of("url", "https://x.tld/", "secret", "whsec_%%HUSH")))
        .withMessageContaining("no base64")
        .withMessageNotContaining("HUSH");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SinkHarness.sink("webhook", Map.of("url", "hooks.tld/HUSH")))
        .withMessageNotContaining("HUSH");
  }

  private static String body(RecordedRequest request) {
    return Objects.requireNonNull(request.getBody()).utf8();
  }
}
