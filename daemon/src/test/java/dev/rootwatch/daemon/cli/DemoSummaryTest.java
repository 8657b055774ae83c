package dev.rootwatch.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.testlog.Planted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {
  private static final Planted A = planted("a");
  private static final Planted B = planted("b");

  @Test
  void of_eachOnce_holds() {
    DemoSummary summary = DemoSummary.of(List.of(A, B, A), Map.of(id(A, 1), 1, id(B, 1), 1));

    assertThat(summary.holds()).isTrue();
    assertThat(summary.text()).startsWith("Planted 2 findings: 2 delivered, 0 missing");
  }

  @Test
  void of_oneMissing_named() {
    DemoSummary summary = DemoSummary.of(List.of(A, B), Map.of(id(A, 1), 1));

    assertThat(summary.holds()).isFalse();
    assertThat(summary.text()).contains("missing " + B.tbsSha256());
  }

  @Test
  void of_deliveredTwiceOrInTwoRevisions_named() {
    DemoSummary twice = DemoSummary.of(List.of(A), Map.of(id(A, 1), 2));
    DemoSummary revised = DemoSummary.of(List.of(A), Map.of(id(A, 1), 1, id(A, 2), 1));

    assertThat(twice.holds()).isFalse();
    assertThat(twice.text()).contains("more than once " + A.tbsSha256());
    assertThat(revised.holds()).isFalse();
  }

  @Test
  void of_notPlanted_named() {
    DemoSummary summary = DemoSummary.of(List.of(), Map.of(id(B, 1), 1));

    assertThat(summary.holds()).isFalse();
    assertThat(summary.text()).contains("not planted " + B.tbsSha256());
  }

  private static String id(Planted planted, int revision) {
    return planted.tbsSha256() + "." + revision;
  }

  private static Planted planted(String name) {
    Hash hash = Hash.sha256(name.getBytes(StandardCharsets.UTF_8));
    return new Planted(new LogId(hash), 0, "family-precert", hash, hash, Planted.DISTRUSTED);
  }
}
