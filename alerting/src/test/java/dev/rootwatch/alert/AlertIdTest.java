package dev.rootwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Expected values were computed with sha256sum. */
class AlertIdTest {

  @Test
  void ofUnreadableEntry_isTheHashOfOneAndTheLeafHash() {
    byte[] leaf = HexFormat.of().parseHex("00".repeat(32));
    assertThat(AlertId.ofUnreadableEntry(leaf))
        .isEqualTo("1a7dfdeaffeedac489287e85be5e9c049a2ff6470f55cf30260f55395ac1b159");
  }

  @Test
  void ofEpisode_isTheHashOfTypeLogAndStart() {
    assertThat(AlertId.ofEpisode(AlertType.LOG_STALE, "AAAA", Alerts.NOW))
        .isEqualTo("f632008d4774590b4c10e2c4515d314fc61b327e0fe1a8c5b4eeefc3b2b8e544");
  }
}
