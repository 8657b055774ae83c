package dev.rootwatch.ct.list;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.LogState;
import dev.rootwatch.ct.list.LogListAnswer.Loaded;
import dev.rootwatch.ct.list.LogListAnswer.Reason;
import dev.rootwatch.ct.list.LogListAnswer.Refused;
import dev.rootwatch.ct.real.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /**
   * Every list there is, one line each: which must be refused, and why, and that the rest is not.
   */
  @Test
  void everyList_loadsOrIsRefusedForTheRightReason() {
    SharedData shared = SharedData.orSkip();
    Map<String, Reason> refused =
        Map.of(
            "crtsh-ctloglists/mozilla/v3/known_logs_list.json", Reason.UNREADABLE,
            "crtsh-ctloglists/mimics/log_mimics_list.json", Reason.MIMIC_OPERATOR);
    Path folder = shared.path("data/loglists");
    List<Path> lists =
        shared.files("data/loglists").stream().filter(f -> f.toString().endsWith(".json")).toList();
    assertThat(lists).hasSizeGreaterThanOrEqualTo(20);
    String form = "%-62s %-8s %-21s %5s %7s %9s %7s %8s  %s%n";
    StringBuilder table =
        new StringBuilder(
            String.format(
                form,
                "LIST",
                "SIGNED",
                "TIME",
                "LOGS",
                "USABLE",
                "FOLLOWED",
                "FINAL",
                "WARNINGS",
                "ANSWER"));
    for (Path file : lists) {
      String name = folder.relativize(file).toString();
      String answer = "accepted";
      Reason reason = null;
      LogList list = null;
      switch (LogListLoader.read(file, null)) {
        case Loaded loaded -> {
          list = loaded.list();
          Optional<Refused> refusal = LogListCheck.accept(null, list);
          reason = refusal.map(Refused::reason).orElse(null);
          answer = refusal.map(Refused::message).orElse(answer);
        }
        case Refused refusal -> {
          reason = refusal.reason();
          answer = refusal.message().replaceFirst(".*at byte \\d+: ", "");
        }
        default -> throw new AssertionError(name);
      }
      List<CtLog> followed =
          list == null
              ? List.of()
              : list.in(EnumSet.of(LogState.USABLE, LogState.QUALIFIED, LogState.READONLY));
      table.append(
          String.format(
              form,
              name,
              signer(shared, file),
              list == null || list.timestamp() == null ? "-" : list.timestamp(),
              list == null ? "-" : list.logs().size(),
              list == null ? "-" : list.usable(),
              followed.size(),
              followed.stream().filter(log -> log.finalHead() != null).count(),
              list == null ? "-" : list.warnings().size(),
              reason == null ? answer : reason + ": " + answer));
      assertThat(reason).as(name).isEqualTo(refused.get(name));
      assertThat(followed).as(name).noneMatch(log -> log.name().contains("Bogus"));
      assertThat(followed)
          .as(name + ": every readonly log says where it ended")
          .allMatch(log -> log.state() != LogState.READONLY || log.finalHead() != null);
    }
    System.out.print(table);
  }

  /** Whose signature lies beside a list and holds. */
  private static String signer(SharedData shared, Path list) {
    Path signature = Path.of(list.toString().replaceFirst("\\.json$", ".sig"));
    if (!Files.exists(signature)) {
      return "-";
    }
    try {
      byte[] bytes = Files.readAllBytes(list);
      byte[] signed = Files.readAllBytes(signature);
      String android = Files.readString(shared.path("data/loglists/android/log_list.pub"));
      if (ListKey.google().verifies(bytes, signed)) {
        return "google";
      }
      return ListKey.ofPem(android).verifies(bytes, signed) ? "android" : "NO";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void googleLists_v88DropsMostLogs_acceptedBecauseTheUsableOnesStay() {
    LogList before = unsigned("history/all_logs_list-v87.0-2026-06-25.json");
    LogList after = unsigned("history/all_logs_list-v88.0-2026-07-09.json");
    assertThat(before.logs()).hasSizeGreaterThan(2 * after.logs().size());
    assertThat(LogListCheck.accept(before, after)).isEmpty();

    LogList halved =
        new LogList(
            "88.1",
            after.timestamp(),
            after.operators(),
            after.in(EnumSet.of(LogState.USABLE)).subList(0, after.usable() / 2),
            List.of());
    assertThat(LogListCheck.accept(after, halved))
        .hasValueSatisfying(
            refused -> assertThat(refused.reason()).isEqualTo(Reason.USABLE_LOGS_HALVED));
  }

  @Test
  void mimicList_refused() {
    LogList mimics = unsigned("crtsh-ctloglists/mimics/log_mimics_list.json");
    assertThat(LogListCheck.accept(null, mimics))
        .hasValueSatisfying(
            refused -> assertThat(refused.reason()).isEqualTo(Reason.MIMIC_OPERATOR));
  }
}
