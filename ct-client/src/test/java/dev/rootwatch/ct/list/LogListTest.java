package dev.rootwatch.ct.list;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.LogState;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is read from a list, and what is passed over. */
class LogListTest {
  private static final String TIME = "2026-11-01T12:00:00Z";

  private static LogList oneLog(String log) {
    return ListText.parsed(ListText.list(TIME, "Op", ListText.usable(0), log));
  }

  private static String warning(String log) {
    LogList list = oneLog(log);
    assertThat(list.warnings()).hasSize(1);
    return list.warnings().getFirst();
  }

  @Test
  void parse_rfc6962Log_givesItsParts() {
    Hash root = Hash.sha256(new byte[] {1});
    LogList list =
        ListText.parsed(
            ListText.list(
                TIME,
                "Op",
                ListText.log(
                    1,
                    """
                    "state": {"readonly": {"timestamp": "2026-02-03T04:05:06Z",
                      "final_tree_head": {"sha256_root_hash": "%s", "tree_size": 5000000000}}},
                    "temporal_interval": {"start_inclusive": "2026-07-01T00:00:00Z",
                      "end_exclusive": "2027-01-01T00:00:00+01:00"},
                    "log_type": "prod", "previous_operators": [{"name": "x"}], "new": {"a": [1, null, true, 1.5]}
                    """
                        .formatted(root.base64()))));
    assertThat(list.version()).isEqualTo("1.2");
    assertThat(list.timestamp()).isEqualTo(Instant.parse(TIME));
    assertThat(list.operators()).containsExactly("Op");
    assertThat(list.warnings()).isEmpty();
    assertThat(list.logs())
        .containsExactly(
            new CtLog(
                ListText.key(1),
                "log 1",
                "Op",
                LogProtocol.RFC6962,
                URI.create("https://log.test/1/"),
                URI.create("https://log.test/1/"),
                Duration.ofDays(1),
                LogState.READONLY,
                new CtLog.TemporalInterval(
                    Instant.parse("2026-07-01T00:00:00Z"), Instant.parse("2026-12-31T23:00:00Z")),
                new CtLog.FinalTreeHead(5_000_000_000L, root)));
    assertThat(list.log(ListText.key(1).id())).contains(list.logs().getFirst());
    assertThat(list.log(ListText.key(2).id())).isEmpty();
  }

  @Test
  void parse_tiledLog_hasTwoAddresses() {
    String tiled =
        """
        {"log_list_timestamp": 1771160008000, "operators": [{"name": "Op", "tiled_logs": [
          {"description": "t", "key": "%s", "mmd": 60, "log_type": "test",
           "submission_url": "https://submit.test/a/", "monitoring_url": "https://read.test/b"}]}]}\
        """
            .formatted(ListText.key(3).base64());
    LogList list = ListText.parsed(tiled);
    CtLog log = list.logs().getFirst();
    assertThat(log.protocol()).isEqualTo(LogProtocol.STATIC);
    assertThat(log.url()).hasToString("https://read.test/b/");
    assertThat(log.origin()).isEqualTo("submit.test/a");
    assertThat(log.mmd()).isEqualTo(Duration.ofMinutes(1));
    assertThat(log.state()).isEqualTo(LogState.ABSENT);
    assertThat(list.timestamp()).isEqualTo(Instant.ofEpochMilli(1_771_160_008_000L));
    assertThat(list.version()).isNull();
  }

  @Test
  void parse_testLogWithAState_itsStateDoesNotCount() {
    LogList list = oneLog(ListText.log(1, "\"log_type\": \"test\", \"state\": {\"usable\": {}}"));
    assertThat(list.logs().getLast().state()).isEqualTo(LogState.ABSENT);
    assertThat(list.usable()).isEqualTo(1);
    assertThat(list.warnings())
        .containsExactly("log \"log 1\": it is a test log; its state does not count");
    LogList monitoring =
        oneLog(ListText.log(1, "\"log_type\": \"monitoring_only\", \"state\": {\"usable\": {}}"));
    assertThat(monitoring.usable()).isEqualTo(2);
  }

  @Test
  void parse_appleState_itsVersionIsPassedOver() {
    LogList list =
        ListText.parsed(
            """
            {"assetVersion": 32, "assetVersionV2": 1013, "version": "511", "operators": [
              {"name": "Empty", "logs": []}, {"name": "Emptier"}, {"name": "Op", "logs": [%s]}]}\
            """
                .formatted(
                    ListText.log(
                        1,
                        """
                        "tls_only": true,
                        "state": {"usable": {"timestamp": "2026-05-02T17:41:23Z", "version": "133"}}\
                        """)));
    assertThat(list.timestamp()).isNull();
    assertThat(list.version()).isEqualTo("511");
    assertThat(list.operators()).containsExactly("Empty", "Emptier", "Op");
    assertThat(list.usable()).isEqualTo(1);
    assertThat(list.warnings()).isEmpty();
  }

  @Test
  void parse_timeOutsideOurYears_isNoTime() {
    for (String time :
        new String[] {"\"+999999999-12-31T23:59:59Z\"", "-1", "9223372036854775807"}) {
      LogList list =
          oneLog(
              ListText.log(
                  1,
                  "\"temporal_interval\": {\"start_inclusive\": 0, \"end_exclusive\": %s}"
                      .formatted(time)));
      assertThat(list.logs().getLast().interval()).as(time).isNull();
      assertThat(list.warnings()).as(time).hasSize(1);
    }
  }

  @Test
  void parse_endlessName_isCut() {
    LogList list = oneLog(ListText.log(1, "").replace("log 1", "x".repeat(100_000)));
    assertThat(list.logs().getLast().name()).hasSize(200).endsWith("…");
  }

  @Test
  void parse_severalStates_takesTheLatest() {
    LogList list =
        oneLog(
            ListText.log(
                1,
                """
                "state": {"retired": {"timestamp": 1780000000000},
                  "qualified": {"timestamp": "2025-08-11T12:33:27+01:00"}}\
                """));
    assertThat(list.logs().getLast().state()).isEqualTo(LogState.RETIRED);
  }

  @Test
  void in_states_selects() {
    LogList list = oneLog(ListText.log(1, "\"state\": {\"pending\": {}}"));
    assertThat(list.in(EnumSet.of(LogState.USABLE))).hasSize(1);
    assertThat(list.in(EnumSet.of(LogState.USABLE, LogState.PENDING))).hasSize(2);
    assertThat(list.in(Set.of(LogState.RETIRED))).isEmpty();
    assertThat(list.usable()).isEqualTo(1);
  }

  @Test
  void parse_logThatCannotBeRead_isPassedOverWithAWarning() {
    String log = ListText.log(1, "");
    assertThat(warning(log.replace(ListText.key(1).base64(), "AAAA")))
        .isEqualTo("log \"log 1\": its key is no base64 of an EC or RSA public key");
    assertThat(warning(log.replace(ListText.key(1).base64(), "?")))
        .contains("its key is no base64");
    assertThat(warning(log.replace("\"key\"", "\"k\""))).contains("its key is no base64");
    assertThat(
            warning(log.replace(ListText.key(1).id().toString(), ListText.key(2).id().toString())))
        .contains("its log_id is not the hash of its key");
    assertThat(warning(log.replace("\"url\"", "\"u\""))).contains("its url is no https address");
    assertThat(warning(log.replace("https:", "http:"))).contains("its url is no https address");
    assertThat(warning(log.replace("https:", "file:"))).contains("its url is no https address");
    assertThat(warning(log.replace("log.test/1/", "log.test/1/?a=b"))).contains("no https address");
    assertThat(warning(log.replace("log.test/1/", "log.test:x/ "))).contains("no https address");
    assertThat(warning(ListText.usable(0))).contains("the list has its key twice");
    assertThat(warning(log.replace("log 1", "\\u001b[31m").replace("https:", "x:")))
        .startsWith("log \"\\u{1b}[31m\": ");
  }

  @Test
  void parse_partsThatCannotBeRead_warnAndKeepTheLog() {
    for (String part :
        new String[] {
          "\"state\": {\"brand-new\": {}}",
          "\"temporal_interval\": {\"start_inclusive\": \"soon\"}",
          "\"state\": {\"readonly\": {\"final_tree_head\": {\"tree_size\": -1}}}",
          "\"state\": {\"readonly\": {\"final_tree_head\": {\"tree_size\": 1}}}",
        }) {
      LogList list = oneLog(ListText.log(1, part));
      assertThat(list.logs()).hasSize(2);
      assertThat(list.warnings()).hasSize(1);
    }
  }

  @Test
  void parse_logOnLoopback_mayUseHttp() {
    LogList list =
        oneLog(ListText.log(1, "").replace("https://log.test/", "http://127.0.0.1:8080/"));
    assertThat(list.warnings()).isEmpty();
    assertThat(list.logs().getLast().url()).hasToString("http://127.0.0.1:8080/1/");
  }

  private static void assertRefused(String text, String why) {
    assertThatExceptionOfType(ParseException.class)
        .isThrownBy(() -> LogList.parse(text.getBytes(UTF_8)))
        .withMessageContaining(why);
  }

  @Test
  void parse_noList_saysWhy() {
    assertRefused("", "not a JSON object");
    assertRefused("[]", "not a JSON object");
    assertRefused("<html>", "not JSON: ");
    assertRefused("{\"operators\": [", "not JSON: ");
    assertRefused("{\"a\": 1}", "it has no \"operators\"");
    assertRefused("{\"operators\": []}", "the list names no log");
    assertRefused("{\"operators\": 7}", "the list names no log");
    assertRefused("{\"operators\": []} x", "not JSON");
    assertRefused("{\"operators\": []} {}", "something follows");
    assertRefused(
        ListText.list(TIME, "Op", ListText.log(1, "").replace("https", "ftp")),
        "the list names no log that can be read, the first because: log \"log 1\"");
    assertRefused(" ".repeat(LogList.MAX_BYTES) + "{}", "a log list has at most");
    assertRefused("{\"a\":".repeat(10_000), "not JSON");
  }
}
