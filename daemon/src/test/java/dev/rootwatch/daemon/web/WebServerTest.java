package dev.rootwatch.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.alert.spi.Delivery;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebServerTest {
  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Patient patient = new Patient();
  private final Recorder recorder = new Recorder();
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    registry.counter("rootwatch.entries", "log", "lab", "type", "precertificate").increment(3);
    server =
        WebServer.start(new ListenAddress("127.0.0.1", 0), registry, patient, recorder, store());
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  @Test
  void metrics_noAccept_prometheusText() throws Exception {
    HttpResponse<String> answer = get("/metrics", "*/*");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4")
        .containsIgnoringCase("charset=utf-8");
    assertThat(answer.body())
        .contains("rootwatch_entries_total{log=\"lab\",type=\"precertificate\"} 3.0")
        .doesNotContain("# EOF");
  }

  @Test
  void metrics_openMetricsAccepted_openMetrics() throws Exception {
    HttpResponse<String> answer =
        get("/metrics", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(answer.body()).endsWith("# EOF\n");
  }

  @Test
  void healthz_healthy_200() throws Exception {
    HttpResponse<String> answer = get("/healthz", "*/*");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void healthz_storeFails_503WithReason() throws Exception {
    patient.ailment = "the store cannot be written: disk full";

    HttpResponse<String> answer = get("/healthz", "*/*");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"failing\",\"reason\":\"the store cannot be written: disk full\"}");
  }

  @Test
  void readyz_logWithoutPosition_503UntilItHasOne() throws Exception {
    patient.missing = "1 of 2 logs has no position yet: lab";
    assertThat(get("/readyz", "*/*").statusCode()).isEqualTo(503);

    patient.missing = null;
    HttpResponse<String> answer = get("/readyz", "*/*");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"ready\"}");
  }

  @Test
  void apiFile_leftBesideTheStore_onlyForItsOwner() throws Exception {
    Path file = ApiAccess.fileOf(store());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    ApiAccess access = ApiAccess.read(file).orElseThrow();
    assertThat(access.base()).isEqualTo(URI.create("http://127.0.0.1:" + server.port() + "/"));
    assertThat(access.token()).matches("[0-9a-f]{64}");
    assertThat(access.toString()).doesNotContain(access.token());
  }

  @Test
  void api_noToken_refusedAndNothingDone() throws Exception {
    for (String header : new String[] {"", "Bearer ", "Bearer 00", "Basic x"}) {
      HttpResponse<String> answer = post("/api/alerts/aa/ack", header);

      assertThat(answer.statusCode()).isEqualTo(401);
    }
    assertThat(recorder.acknowledged).isNull();
  }

  @Test
  void api_token_acts() throws Exception {
    assertThat(post("/api/alerts/aa/ack", bearer()).statusCode()).isEqualTo(200);
    assertThat(recorder.acknowledged).isEqualTo("aa");
    assertThat(post("/api/alerts/aa/retry", bearer()).body()).isEqualTo("{\"retried\":2}");
    assertThat(post("/api/sinks/hook/test", bearer()).body())
        .isEqualTo("{\"outcome\":\"rejected\",\"reason\":\"status 410\"}");
  }

  @Test
  void api_unknownAlertOrSink_404() throws Exception {
    assertThat(post("/api/alerts/bb/ack", bearer()).statusCode()).isEqualTo(404);
    assertThat(post("/api/alerts/bb/retry", bearer()).statusCode()).isEqualTo(404);
    assertThat(post("/api/sinks/none/test", bearer()).statusCode()).isEqualTo(404);
  }

  @Test
  void close_listensNoMore_andTheFileIsGone() {
    server.close();

    assertThat(ApiAccess.fileOf(store())).doesNotExist();
    assertThatThrownBy(() -> get("/healthz", "*/*")).isInstanceOf(IOException.class);
  }

  @Test
  void start_portTaken_saysWhichAndWhatToDo() {
    Path other = folder.resolve("other.db");

    assertThatThrownBy(() ->
            WebServer.start(
                new ListenAddress("127.0.0.1", server.port()), registry, patient, recorder, other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1:" + server.port())
        .hasMessageContaining("server.listen");
    assertThat(ApiAccess.fileOf(other)).doesNotExist();
  }

  private Path store() {
    return folder.resolve("rootwatch.db");
  }

  private String bearer() throws IOException {
    return "Bearer " + ApiAccess.read(ApiAccess.fileOf(store())).orElseThrow().token();
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    return http.send(request(path).header("Accept", accept).GET().build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String authorization) throws Exception {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.noBody());
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(10));
  }

  private static final class Patient implements Health {
    volatile @Nullable String ailment;
    volatile @Nullable String missing;

    @Override
    public Optional<String> ailment() {
      return Optional.ofNullable(ailment);
    }

    @Override
    public Optional<String> notReadyBecause() {
      return Optional.ofNullable(missing);
    }
  }

  private static final class Recorder implements Control {
    @Override
    public List<String> sinks() {
      return List.of("soc", "hook");
    }

    volatile @Nullable String acknowledged;

    @Override
    public Optional<Integer> retry(String alertId) {
      return alertId.equals("aa") ? Optional.of(2) : Optional.empty();
    }

    @Override
    public boolean acknowledge(String alertId) {
      acknowledged = alertId;
      return alertId.equals("aa");
    }

    @Override
    public Optional<Delivery> test(String sink) {
      return sink.equals("hook")
          ? Optional.of(new Delivery.Rejected("status 410"))
          : Optional.empty();
    }
  }
}
