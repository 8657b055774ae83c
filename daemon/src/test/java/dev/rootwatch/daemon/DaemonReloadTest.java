package dev.rootwatch.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.config.ConfigLoader;
import dev.rootwatch.daemon.config.Draft;
import dev.rootwatch.testlog.TestLog;
import dev.rootwatch.testlog.TestLogServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that is given another configuration while it runs. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class DaemonReloadTest {
  private static final String RULES =
      "rules: [{id: all, authority: \"catalog:*\"}, {id: ours, domain: example.com}]\n";

  @TempDir Path folder;

  private final TestLog one = TestLog.named("one").build();
  private final TestLog other = TestLog.named("other").build();
  private final HttpClient http = HttpClient.newHttpClient();
  private TestLogServer server;

  @BeforeEach
  void serve() {
    grow(one, 300);
    grow(other, 200);
    server = TestLogServer.start(0, one, other);
  }

  @AfterEach
  void close() {
    server.close();
    http.close();
  }

  @Test
  void reload_otherLogsRulesAndSinks_areInForceAndNothingIsReadTwice() throws Exception {
    try (Daemon daemon = Daemon.start(draft("a", "", one), options())) {
      until(daemon, "rootwatch_log_position{log=\"one\"} 300.0");

      daemon.reload(draft("b", RULES, one, other));

      until(daemon, "rootwatch_log_position{log=\"other\"} 200.0");
      until(daemon, "rootwatch_log_position{log=\"one\"} 300.0");
      grow(one, 11);
      until(daemon, "rootwatch_log_position{log=\"one\"} 311.0");
      String metrics = metrics(daemon);
      assertThat(metrics)
          .contains("rootwatch_outbox_pending{sink=\"b\"}")
          .doesNotContain("rootwatch_outbox_pending{sink=\"a\"}")
          .contains("rootwatch_rule_last_match_timestamp_seconds{rule=\"ours\"}")
          .containsOnlyOnce("rootwatch_build_info{");
      double entries =
          metrics
              .lines()
              .filter(line -> line.startsWith("rootwatch_entries_total{log=\"one\""))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .sum();
      assertThat(entries).isEqualTo(311);
    }
  }

  @Test
  void reload_logTakenOut_isLeftAlone() throws Exception {
    try (Daemon daemon = Daemon.start(draft("a", "", one, other), options())) {
      until(daemon, "rootwatch_log_position{log=\"other\"} 200.0");

      daemon.reload(draft("a", "", one));
      until(daemon, "rootwatch_log_position{log=\"one\"} 300.0");

      assertThat(metrics(daemon)).doesNotContain("rootwatch_log_position{log=\"other\"}");
    }
  }

  @Test
  void reload_anythingWrong_changesNothing() throws Exception {
    try (Daemon daemon = Daemon.start(draft("a", "", one), options())) {
      until(daemon, "rootwatch_log_position{log=\"one\"} 300.0");

      Draft wrong = draft("b", "rules: [{id: x, authority: \"catalog:nope\"}]\n", one, other);
      assertThatThrownBy(() -> daemon.reload(wrong))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("nope");
      Draft moved = draft("b", "", one);
      Draft elsewhere =
          moved.map(config ->
              new Config(
                  config.contact(),
                  new Config.StoreConfig("jdbc:sqlite:other.db", folder.resolve("other.db")),
                  config.server(),
                  config.catalog(),
                  config.logs(),
                  config.rules(),
                  config.sinks(),
                  config.routes(),
                  config.retention()));
      assertThatThrownBy(() -> daemon.reload(elsewhere))
          .hasMessageContaining("store.url")
          .hasMessageContaining("restart");

      grow(one, 7);
      until(daemon, "rootwatch_log_position{log=\"one\"} 307.0");
      assertThat(metrics(daemon)).contains("rootwatch_outbox_pending{sink=\"a\"}");
    }
  }

  private static void grow(TestLog log, long entries) {
    log.fill(entries);
    log.publish();
  }

  private Draft draft(String sink, String more, TestLog... logs)
      throws IOException, ConfigException {
    StringBuilder custom = new StringBuilder();
    for (TestLog log : logs) {
      custom.append(
          "  - {name: %s, url: \"%s\", protocol: rfc6962, key: \"%s\", start: zero}\n"
              .formatted(log.name(), server.url(log), log.key().base64()));
    }
    Path file = folder.resolve("rootwatch.yaml");
    Files.writeString(
        file,
        """
        server: {listen: "127.0.0.1:0"}
        logs:
          list: none
          poll: 200ms
          custom:
        %ssinks: [{id: %s, type: console}]
        %s\
        """
            .formatted(custom, sink, more));
    return ConfigLoader.ofProcess().read(file);
  }

  private String metrics(Daemon daemon) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.webPort() + "/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** The test's time limit is the limit of this wait. */
  private void until(Daemon daemon, String line) throws IOException, InterruptedException {
    while (!metrics(daemon).contains(line)) {
      Thread.onSpinWait();
    }
  }

  private static DaemonOptions options() {
    return new DaemonOptions(
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        false,
        Map.of(),
        InstantSource.system(),
        "test");
  }
}
