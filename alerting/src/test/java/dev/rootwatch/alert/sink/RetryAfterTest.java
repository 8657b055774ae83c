package dev.rootwatch.alert.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootwatch.alert.Alerts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  @Test
  void parse_secondsOrDate_isUnderstood() {
    assertThat(RetryAfter.parse("120", Alerts.NOW)).isEqualTo(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse("Tue, 24 Nov 2026 07:00:30 GMT", Alerts.NOW))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryAfter.parse("Tue, 24 Nov 2026 07:00:30 UTC", Alerts.NOW))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-5", "soon", "1e9", "99999999999", "Tue, 24 Nov 2020 07:00:30 GMT"})
  void parse_junkOrPast_isAbsent(String header) {
    assertThat(RetryAfter.parse(header, Alerts.NOW)).isNull();
  }
}
