package dev.rootwatch.alert.sink;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header of RFC 9110 section 10.2.3: seconds, or a date. */
final class RetryAfter {
  private RetryAfter() {}

  /** Null when it is absent, negative or makes no sense. */
  static @Nullable Duration parse(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String value = header.strip();
    if (value.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant then =
          Instant.from(
              DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.replaceFirst(" UTC$", " GMT")));
      return then.isBefore(now) ? null : Duration.between(now, then);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
