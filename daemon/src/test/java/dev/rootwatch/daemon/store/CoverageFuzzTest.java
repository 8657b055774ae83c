package dev.rootwatch.daemon.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.daemon.store.CoverageVerifier.Report;

/** Whatever somebody calls a coverage file: a report, of bounded size, that can be shown. */
class CoverageFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void verify(byte[] json) {
    Report report = CoverageVerifier.verify(json);

    assertThat(report.holds()).isEqualTo(report.failures().isEmpty());
    if (!report.holds()) {
      assertThat(report.complete()).isFalse();
    }
    for (CoverageVerifier.Failure failure : report.failures()) {
      assertThat(failure.place()).startsWith("/");
      assertThat(failure.reason()).isNotBlank().hasSizeLessThan(2000);
    }
    // An empty file could be made by anybody; entries need a log's signature.
    if (report.holds() && report.examined() > 0) {
      assertThat(new String(json, java.nio.charset.StandardCharsets.UTF_8)).contains("raw");
    }
  }
}
