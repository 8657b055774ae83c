package dev.rootwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AlertTypeTest {

  @Test
  void words_standInTheOrderOfTheContract() {
    assertThat(Arrays.stream(AlertType.values()).map(AlertType::word))
        .containsExactly(
            ("new-subordinate|cross-sign|possible-backdating|distrusted-issuer|watched-authority|"
                    + "watched-domain|precertificate-mismatch|malformed-entry|log-misbehaviour|"
                    + "log-stale|log-behind|log-gap|list-refused|authority-overflow|silence|"
                    + "sink-failing|store-failing|clock-skew")
                .split("\\|"));
  }

  @Test
  void ofWord_everyWord_isFoundAgain() {
    for (AlertType type : AlertType.values()) {
      assertThat(AlertType.ofWord(type.word())).contains(type);
    }
    assertThat(AlertType.ofWord("LOG_GAP")).isEmpty();
  }
}
