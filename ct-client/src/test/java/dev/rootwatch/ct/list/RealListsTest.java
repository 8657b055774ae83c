package dev.rootwatch.ct.list;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.list.LogListAnswer.Loaded;
import dev.rootwatch.ct.list.LogListAnswer.Reason;
import dev.rootwatch.ct.list.LogListAnswer.Refused;
import dev.rootwatch.ct.real.SharedData;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that were published: they load, or are refused for the right reason. */
class RealListsTest {
  /** Oldest first. */
  private static final List<String> SIGNED_BY_GOOGLE =
      List.of(
          "chrome-log_list/log_list-v80.14-2026-01-02",
          "history/all_logs_list-v83.1-2026-01-29",
          "history/all_logs_list-v85.2-2026-03-01",
          "history/all_logs_list-v85.48-2026-04-17",
          "chrome-log_list/log_list-v85.92-2026-05-29",
          "history/all_logs_list-v86.0-2026-06-20",
          "history/all_logs_list-v87.0-2026-06-25",
          "history/all_logs_list-v88.0-2026-07-09",
          "history/all_logs_list-v89.0-2026-07-27",
          "crtsh-ctloglists/gstatic/v3/all_logs_list");

  private static byte[] bytes(String path) {
    return SharedData.orSkip().read("data/loglists/" + path);
  }

  private static LogList loaded(LogListAnswer answer) {
    assertThat(answer).isInstanceOf(Loaded.class);
    return ((Loaded) answer).list();
  }

  private static LogList unsigned(String path) {
    return loaded(LogListLoader.read(SharedData.orSkip().path("data/loglists/" + path), null));
  }

  @Test
  void googleLists_inOrderOfTime_verifyAndFollowEachOther() {
    ListKey google = ListKey.google();
    @Nullable LogList previous = null;
    for (String path : SIGNED_BY_GOOGLE) {
      byte[] json = bytes(path + ".json");
      byte[] signature = bytes(path + ".sig");
      LogList list = loaded(LogListLoader.check(path, json, signature, google));
      assertThat(list.usable()).as(path).isGreaterThanOrEqualTo(37);
      assertThat(list.warnings().size()).as(path + list.warnings()).isLessThanOrEqualTo(1);
      assertThat(LogListCheck.accept(previous, list)).as(path).isEmpty();
      previous = list;

      json[json.length / 2] ^= 1;
      assertThat(LogListLoader.check(path, json, signature, google))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.SIGNATURE));
    }
  }

  @Test
  void googleLists_backInTime_refused() {
    LogList newest = unsigned(SIGNED_BY_GOOGLE.getLast() + ".json");
    LogList older = unsigned(SIGNED_BY_GOOGLE.get(8) + ".json");
    assertThat(LogListCheck.accept(newest, older))
        .hasValueSatisfying(
            refused -> assertThat(refused.reason()).isEqualTo(Reason.TIMESTAMP_WENT_BACK));
  }

  @Test
  void androidList_itsOwnKey_verifies() {
    ListKey android = ListKey.ofPem(new String(bytes("android/log_list.pub"), US_ASCII));
    LogList list =
        loaded(
            LogListLoader.check(
                "android", bytes("android/log_list.json"), bytes("android/log_list.sig"), android));
    assertThat(list.usable()).isEqualTo(48);
    assertThat(list.timestamp()).hasToString("2026-02-15T12:53:28Z");
    assertThat(list.logs()).allMatch(log -> log.interval() != null);
    assertThat(
            LogListLoader.check(
                "android",
                bytes("android/log_list.json"),
                bytes("android/log_list.sig"),
                ListKey.google()))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @CsvSource({
    "history/all_logs_list-v53.34-2025-05-05.json, 180, 33",
    "history/chrome-log_list-v81.14-2026-01-20.json, 75, 61",
    "history/ct-go-loglist3-v9.4-2022-05-06-sample.json, 5, 2",
    "crtsh-ctloglists/apple/current_log_list.json, 166, 51",
    "crtsh-ctloglists/crtsh/v3/active/active_logs_list.json, 152, 0",
    "crtsh-ctloglists/crtsh/v3/all/all_logs_list.json, 308, 0",
    "crtsh-ctloglists/bimi/v3/approved_logs_list.json, 1, 1",
  })
  void unsignedLists_load(String path, int logs, int usable) {
    LogList list = unsigned(path);
    assertThat(list.logs()).as(list.warnings().toString()).hasSize(logs);
    assertThat(list.usable()).isEqualTo(usable);
    assertThat(LogListCheck.accept(null, list)).isEmpty();
  }

  @Test
  void mozillaList_hasNoAddresses_refused() {
    assertThat(
            LogListLoader.read(
                SharedData.orSkip()
                    .path("data/loglists/crtsh-ctloglists/mozilla/v3/known_logs_list.json"),
                null))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.UNREADABLE);
              assertThat(refused.message()).contains("names no log that can be read");
            });
  }

  @Test
  void mimicList_refused() {
    LogList mimics = unsigned("crtsh-ctloglists/mimics/log_mimics_list.json");
    assertThat(LogListCheck.accept(null, mimics))
        .hasValueSatisfying(
            refused -> assertThat(refused.reason()).isEqualTo(Reason.MIMIC_OPERATOR));
  }
}
