package dev.rootwatch.ct.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.list.LogListAnswer.Reason;
import dev.rootwatch.ct.list.LogListAnswer.Refused;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists that make no sense beside the one before. */
class LogListCheckTest {
  private static final String EARLIER = "2026-11-01T12:00:00Z";
  private static final String LATER = "2026-11-01T12:00:01Z";

  private static LogList usable(String timestamp, int count) {
    return ListText.parsed(
        ListText.list(
            timestamp,
            "Op",
            IntStream.range(0, 12)
                .mapToObj(i -> i < count ? ListText.usable(i) : ListText.log(i, ""))
                .toArray(String[]::new)));
  }

  @Test
  void accept_newerListOfTheSameKind_accepted() {
    assertThat(LogListCheck.accept(usable(EARLIER, 8), usable(LATER, 5))).isEmpty();
    assertThat(LogListCheck.accept(usable(EARLIER, 8), usable(EARLIER, 8))).isEmpty();
    assertThat(LogListCheck.accept(usable(EARLIER, 0), usable(LATER, 0))).isEmpty();
    assertThat(LogListCheck.accept(null, usable(EARLIER, 0))).isEmpty();
  }

  @Test
  void accept_olderList_refused() {
    assertThat(LogListCheck.accept(usable(LATER, 8), usable(EARLIER, 8)))
        .contains(
            new Refused(
                Reason.TIMESTAMP_WENT_BACK,
                "the list is of 2026-11-01T12:00:00Z, the one before of 2026-11-01T12:00:01Z"));
  }

  @Test
  void accept_listWithoutTime_refusedOnlyAfterOneWith() {
    LogList timeless = usable("some day", 8);
    assertThat(timeless.timestamp()).isNull();
    assertThat(LogListCheck.accept(usable(EARLIER, 8), timeless))
        .hasValueSatisfying(
            refused -> assertThat(refused.reason()).isEqualTo(Reason.TIMESTAMP_WENT_BACK));
    assertThat(LogListCheck.accept(timeless, usable(EARLIER, 8))).isEmpty();
    assertThat(LogListCheck.accept(timeless, timeless)).isEmpty();
  }

  @Test
  void accept_halfOfTheUsableLogsOrLess_refused() {
    assertThat(LogListCheck.accept(usable(EARLIER, 8), usable(LATER, 4)))
        .contains(
            new Refused(
                Reason.USABLE_LOGS_HALVED, "the list has 4 usable logs, the one before had 8"));
    assertThat(LogListCheck.accept(usable(EARLIER, 1), usable(LATER, 0))).isPresent();
    assertThat(LogListCheck.accept(usable(EARLIER, 9), usable(LATER, 5))).isEmpty();
  }

  @Test
  void accept_mimic_refusedEvenAtTheFirstStart() {
    LogList byOperator =
        ListText.parsed(ListText.list(LATER, "Mimic Operator 1", ListText.usable(0)));
    LogList byLog =
        ListText.parsed(
            ListText.list(LATER, "Op", ListText.usable(0).replace("log 0", "A mimic 7")));
    for (LogList mimic : new LogList[] {byOperator, byLog}) {
      assertThat(LogListCheck.accept(null, mimic))
          .hasValueSatisfying(
              refused -> assertThat(refused.reason()).isEqualTo(Reason.MIMIC_OPERATOR));
    }
    LogList byKey =
        ListText.parsed(
            """
            {"operators": [{"name": "Op", "logs": [{"description": "x", "url": "https://a.test/",
              "key": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEdO/+dnH/NZSBSLmmN9u2h4HNTnCOLeU+oMBiRynIvQ8zt2ft0IMyO90e5nwSaCdYvA4JVGzCMarfs9DcNxFY1g=="}]}]}\
            """);
    assertThat(LogListCheck.accept(null, byKey))
        .contains(new Refused(Reason.MIMIC_OPERATOR, "log \"x\" is a mimic"));
    assertThat(
            LogListCheck.accept(
                null, ListText.parsed(ListText.list(LATER, "Mimicry Ltd", ListText.usable(0)))))
        .isEmpty();
  }
}
