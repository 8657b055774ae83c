package dev.rootwatch.ct.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:37Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0                                | PT0S",
        "1                                | PT1S",
        " 120                             | PT2M",
        "007                              | PT7S",
        "3600                             | PT1H",
        "Sun, 06 Nov 1994 08:49:37 GMT    | PT0S",
        "Sun, 06 Nov 1994 08:50:07 GMT    | PT30S",
        "Sun, 06 Nov 1994 08:50:07 UTC    | PT30S",
        "Sun, 06 Nov 1994 08:50:07 +0000  | PT30S",
        "Sun, 6 Nov 1994 08:50:07 GMT     | PT30S",
        "Mon, 06 nov 1994 08:50:07 GMT    | PT30S",
        "06 Nov 1994 08:50:07 GMT         | PT30S",
        "Sun, 06 Nov 1994 09:49:37 GMT    | PT1H",
        "Sun Nov  6 08:50:07 1994         | PT30S",
      })
  void parse_whatCounts_given(String header, Duration wait) {
    assertThat(RetryAfter.parse(header, NOW)).isEqualTo(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+1",
        "1.5",
        "soon",
        "3601",
        "999999999",
        "99999999999999999999999999",
        "1 second",
        "١٢",
        "Sun, 06 Nov 1994 08:49:36 GMT",
        "Sun, 06 Nov 1994 09:49:38 GMT",
        "Sun, 06 Nov 1994 08:50:07 CET",
        "Sun, 06 Nov 1994 08:50:07",
        "Sun, 31 Feb 1994 08:50:07 GMT",
        "Sun, 06 Foo 1994 08:50:07 GMT",
        "Sun, 06 Nov 1994 25:50:07 GMT",
        "Sunday, 06-Nov-94 08:50:07 GMT",
        "Sun Nov 99 08:50:07 1994",
      })
  void parse_junkPastOrTooLong_null(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isNull();
  }

  @Test
  void parse_noHeader_null() {
    assertThat(RetryAfter.parse(null, NOW)).isNull();
  }

  @Test
  void parse_twoDigitYear_thisCentury() {
    assertThat(
            RetryAfter.parse(
                "Tuesday, 24-Nov-26 12:00:10 GMT", Instant.parse("2026-11-24T12:00:00Z")))
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Property
  void parse_anything_neverLongerThanAnHour(@ForAll String header) {
    Duration wait = RetryAfter.parse(header, NOW);
    assertThat(wait == null || (!wait.isNegative() && wait.compareTo(RetryAfter.LONGEST) <= 0))
        .isTrue();
  }
}
