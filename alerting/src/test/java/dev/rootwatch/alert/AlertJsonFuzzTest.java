package dev.rootwatch.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever stands where an alert should stand: an alert that reads back the same, or no alert. */
class AlertJsonFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void read(byte[] json) {
    Alert alert;
    try {
      alert = AlertJson.read(new String(json, UTF_8));
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    String written = AlertJson.write(alert);
    assertThat(written.lines()).hasSize(1);
    assertThat(AlertJson.write(AlertJson.read(written))).isEqualTo(written);
  }
}
