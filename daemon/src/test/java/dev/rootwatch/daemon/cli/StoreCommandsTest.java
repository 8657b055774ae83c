package dev.rootwatch.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.CertificateInfo;
import dev.rootwatch.alert.Links;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogState;
import dev.rootwatch.daemon.store.LogStatus;
import dev.rootwatch.daemon.store.SqliteStore;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.testlog.Scenario;
import dev.rootwatch.testlog.ServeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands that open the store, without a daemon. */
class StoreCommandsTest {
  private static final String ID = "ab".repeat(32);
  private static final String OTHER = "cd".repeat(32);

  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    Files.writeString(
        folder.resolve("rootwatch.yaml"),
        "store: {url: \"jdbc:sqlite:s.db\"}\nlogs: {list: none}\nsinks: [{id: out, type: console}]\n");
  }

  @Test
  void everyReadingCommand_noStore_1AndClear() {
    for (String[] arguments :
        new String[][] {
          {"logs"}, {"findings"}, {"coverage"}, {"alerts", "list"}, {"alerts", "ack", "abab"}
        }) {
      Ran ran = Ran.in(folder, arguments);

      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err()).contains("there is no store").contains("s.db");
      assertThat(folder.resolve("s.db")).doesNotExist();
    }
  }

  @Test
  void everyReadingCommand_secretsOfSinksAbsent_needsNone() throws IOException {
    Files.writeString(
        folder.resolve("rootwatch.yaml"),
        """
        store: {url: "jdbc:sqlite:s.db"}
        logs: {list: none}
        sinks:
          - {id: chat, type: slack, url: "${env:NOT_SET}"}
          - {id: mail, type: email, host: smtp.corp.tld, from: a@corp.tld, to: ["${file:absent}"]}
        """);
    open().close();
    for (String[] arguments :
        new String[][] {
          {"logs"}, {"findings"}, {"coverage"}, {"alerts", "list"}, {"catalog", "list"}
        }) {
      Ran ran = Ran.in(folder, arguments);

      assertThat(ran.err()).isEmpty();
      assertThat(ran.code()).isZero();
    }
    assertThat(Ran.in(folder, "alerts", "test", "chat").code()).isEqualTo(2);
  }

  @Test
  void coverage_outputCannotBeWritten_namesWhatWasAskedFor() {
    open().close();
    assertThat(Ran.in(folder, "coverage", "-o", "absent/c.json").err())
        .contains("c.json cannot be written: ")
        .contains("absent is not there")
        .doesNotContain(".new");
    assertThat(Ran.in(folder, "coverage", "-o", ".").err()).contains("is a directory");
    assertThat(Ran.in(folder, "coverage", "verify", ".").err()).contains("is a directory");
  }

  @Test
  void logs_knownLog_contractObject() {
    try (Scenario scenario = Scenario.start(ServeOptions.of(0, 1).withSize(10));
        Store store = open()) {
      store.putLogs(scenario.ctLogs(), Ran.NOW);
      store.setStatus(
          scenario.ctLogs().getFirst().id(),
          new LogStatus(LogStatus.Standing.FAILING, null, "no answer", Ran.NOW, 0, null));
    }

    Ran ran = Ran.in(folder, "logs", "--json");

    assertThat(ran.code()).isZero();
    assertThat(ran.json()).hasSize(2);
    JsonNode log =
        ran.json().stream()
            .filter(object -> object.path("protocol").asString().equals("rfc6962"))
            .findFirst()
            .orElseThrow();
    assertThat(log.propertyNames())
        .containsExactly(
            "schema",
            "id",
            "name",
            "url",
            "protocol",
            "state",
            "headSize",
            "headTimestamp",
            "segments",
            "backlog",
            "caughtUpAt",
            "status",
            "lastError",
            "interval",
            "finalSize",
            "goneSince",
            "course");
    assertThat(log.path("course").asString()).isEqualTo("followed");
    assertThat(log.path("schema").asString()).isEqualTo("rootwatch.log/v1");
    assertThat(log.path("status").asString()).isEqualTo("failing");
    assertThat(log.path("lastError").asString()).isEqualTo("no answer");
    assertThat(log.path("headSize").isNull()).isTrue();
    assertThat(Ran.in(folder, "logs").out()).startsWith("LOG").contains("failing");
  }

  @Test
  void logs_shardThatEndedAndLeftTheList_saysSo() throws IOException {
    Files.writeString(
        folder.resolve("rootwatch.yaml"),
        """
        contact: soc@corp.tld
        store: {url: "jdbc:sqlite:s.db"}
        """);
    Instant left = Instant.parse("2026-07-09T13:00:00Z");
    try (Scenario scenario = Scenario.start(ServeOptions.of(0, 1).withSize(10));
        Store store = open()) {
      CtLog log = scenario.ctLogs().getFirst();
      CtLog shard =
          new CtLog(
              log.key(),
              log.name(),
              "Op",
              log.protocol(),
              log.url(),
              log.submissionUrl(),
              log.mmd(),
              LogState.READONLY,
              new CtLog.TemporalInterval(
                  Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-07-01T00:00:00Z")),
              new CtLog.FinalTreeHead(500, Hash.sha256(new byte[] {1})));
      store.putLogs(List.of(shard), left);
      store.putLogs(List.of(), left);
      store.putMeta("log-list-trouble", "2026-07-10T00:00:00Z status 503 \u001b[2J");
    }

    JsonNode log = Ran.in(folder, "logs", "--json").json().getFirst();
    assertThat(log.path("state").asString()).isEqualTo("readonly");
    assertThat(log.path("interval").path("to").asString()).isEqualTo("2026-07-01T00:00:00Z");
    assertThat(log.path("finalSize").asLong()).isEqualTo(500);
    assertThat(log.path("goneSince").asString()).isEqualTo("2026-07-09T13:00:00Z");
    assertThat(log.path("course").asString()).isEqualTo("given-up");
    Ran text = Ran.in(folder, "logs");
    assertThat(text.out())
        .contains("readonly at 500, gone since 2026-07-09")
        .contains("2026-01-01/2026-07-01")
        .contains("given-up");
    assertThat(text.err())
        .isEqualTo("no new log list since 2026-07-10T00:00:00Z: status 503 \\u{1b}[2J\n");
    assertThat(Ran.in(folder, "-q", "logs").err()).isEmpty();
  }

  @Test
  void findings_aboutCertificatesOnly_filteredAndEscaped() {
    alerts();

    Ran all = Ran.in(folder, "findings", "--json");
    assertThat(all.code()).isZero();
    assertThat(all.json()).hasSize(1);
    assertThat(all.json().getFirst().path("schema").asString()).isEqualTo("rootwatch.alert/v1");
    assertThat(all.json().getFirst().path("id").asString()).isEqualTo(ID);
    assertThat(Ran.in(folder, "findings").out())
        .contains("abababababab")
        .contains("evil\\u{1b}[2J")
        .doesNotContain("\u001b");
    assertThat(Ran.in(folder, "findings", "--why").out())
        .contains(ID + " revision 1")
        .contains("  why matched by ")
        .doesNotContain("\u001b");
    JsonNode why = Ran.in(folder, "findings", "--why", "--json").json().getFirst();
    assertThat(why.propertyNames())
        .startsWith("schema", "id", "revision")
        .endsWith("detail", "links", "why");
    assertThat(why.path("why").path("rules").path(0).asString()).startsWith("matched by ");
    assertThat(Ran.in(folder, "findings", "--min-severity", "critical").out()).isEmpty();
    assertThat(Ran.in(folder, "findings", "--type", "cross-sign").out()).isEmpty();
    assertThat(Ran.in(folder, "findings", "--since", "2026-11-25").out()).isEmpty();
    assertThat(Ran.in(folder, "findings", "--type", "odd").code()).isEqualTo(2);
  }

  @Test
  void alerts_listShowAckRetry() {
    alerts();

    assertThat(Ran.in(folder, "alerts", "list", "--json").json()).hasSize(2);
    assertThat(Ran.in(folder, "alerts", "show", "abab").out())
        .contains(ID)
        .contains("SINK")
        .contains("pending");
    assertThat(Ran.in(folder, "alerts", "ack", "abab").out()).isEqualTo(ID + ": acknowledged\n");
    assertThat(Ran.in(folder, "alerts", "show", "abab").out()).contains("acknowledged 2026-11-24");
    Ran retried = Ran.in(folder, "alerts", "retry", ID, "--json");
    assertThat(retried.code()).isZero();
    assertThat(retried.json().getFirst().path("retried").asInt()).isEqualTo(1);
    assertThat(Ran.in(folder, "alerts", "show", "0000").code()).isEqualTo(1);
    assertThat(Ran.in(folder, "alerts", "show", "x").code()).isEqualTo(2);
  }

  @Test
  void alertsShow_json_oneObjectWithItsDeliveries() {
    alerts();
    Ran.in(folder, "alerts", "ack", ID);

    List<JsonNode> shown = Ran.in(folder, "alerts", "show", "abab", "--json").json();

    assertThat(shown).hasSize(1);
    assertThat(shown.getFirst().path("schema").asString()).isEqualTo("rootwatch.alert/v1");
    assertThat(shown.getFirst().path("id").asString()).isEqualTo(ID);
    assertThat(shown.getFirst().path("acknowledgedAt").asString()).isEqualTo(Ran.NOW.toString());
    JsonNode delivery = shown.getFirst().path("deliveries").path(0);
    assertThat(delivery.propertyNames())
        .containsExactly(
            "sink",
            "revision",
            "state",
            "attempts",
            "createdAt",
            "nextAt",
            "settledAt",
            "lastError");
    assertThat(delivery.path("sink").asString()).isEqualTo("out");
    assertThat(delivery.path("state").asString()).isEqualTo("pending");
    assertThat(delivery.path("settledAt").isNull()).isTrue();
  }

  @Test
  void logs_nothingReadYet_aDash() {
    assertThat(LogsCommand.read(List.of())).isEqualTo("-");
    assertThat(LogsCommand.read(List.of(new LogReport.Part(0, 0, "verified")))).isEqualTo("-");
    assertThat(
            LogsCommand.read(
                List.of(new LogReport.Part(0, 0, "verified"), new LogReport.Part(4, 9, "pending"))))
        .isEqualTo("[4,9) pending");
  }

  @Test
  void coverageVerify_noCoverageFile_saysSo() throws IOException {
    for (String text : List.of("", "no JSON", "[", "[]", "{}", "{\"schema\": \"x\"}")) {
      Files.writeString(folder.resolve("c.json"), text);
      Ran ran = Ran.in(folder, "coverage", "verify", "c.json");

      assertThat(ran.code()).isEqualTo(4);
      assertThat(ran.out()).contains("this is no coverage file: ").doesNotStartWith("/: ");
      assertThat(ran.out()).doesNotContain("REDACTED");
    }
  }

  @Test
  void alertsTest_consoleSink_deliversAndSaysSo() {
    Ran ran = Ran.in(folder, "alerts", "test", "out");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("TEST INFO").endsWith("out: accepted\n");
    Ran unknown = Ran.in(folder, "alerts", "test", "ot");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("did you mean out? It has: out");
  }

  @Test
  void coverage_written_verifiesUntilItIsChanged() throws IOException {
    try (Scenario scenario = Scenario.start(ServeOptions.of(0, 1).withSize(10));
        Store store = open()) {
      store.putLogs(scenario.ctLogs(), Ran.NOW);
    }

    assertThat(Ran.in(folder, "coverage", "-o", "c.json", "-q").code()).isZero();

    Ran verified = Ran.in(folder, "coverage", "verify", "c.json", "--json");
    assertThat(verified.json().getFirst().path("holds").asBoolean()).isTrue();
    assertThat(verified.code()).describedAs("nothing was read yet").isEqualTo(4);
    Path file = folder.resolve("c.json");
    Files.writeString(file, Files.readString(file).replace("\"examined\":0", "\"examined\":1"));
    Ran changed = Ran.in(folder, "coverage", "verify", "c.json");
    assertThat(changed.code()).isEqualTo(4);
    assertThat(changed.out()).contains("does not hold");
    assertThat(Ran.in(folder, "coverage", "verify", "none.json").code()).isEqualTo(1);
    assertThat(Ran.in(folder, "coverage", "no-such-log").code()).isEqualTo(2);
  }

  private Store open() {
    return SqliteStore.open(
        folder.resolve("s.db"), InstantSource.fixed(Ran.NOW), _ -> List.of("out"));
  }

  private void alerts() {
    try (Store store = open()) {
      store.record(alert(ID, AlertType.DISTRUSTED_ISSUER, Severity.HIGH, certificate()), List.of());
      store.record(alert(OTHER, AlertType.LIST_REFUSED, Severity.MEDIUM, null), List.of());
    }
  }

  private static Alert alert(
      String id, AlertType type, Severity severity, @Nullable CertificateInfo certificate) {
    return new Alert(
        id,
        1,
        type,
        severity,
        "evil\u001b[2J",
        Ran.NOW,
        false,
        certificate,
        null,
        List.of("distrusted"),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Links.NONE);
  }

  private static CertificateInfo certificate() {
    return new CertificateInfo(
        "certificate",
        ID,
        ID,
        "01",
        "CN=evil\u001b[2J",
        "CN=issuer",
        Instant.EPOCH,
        Instant.EPOCH,
        List.of("evil.example.net"),
        false,
        "");
  }
}
