package dev.rootwatch.ct.source;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Retry-After (RFC 9110 section 10.2.3): seconds, or a date. The date is read leniently,
 * because Go servers write {@code UTC} where HTTP wants {@code GMT}, and a name of the day that
 * does not fit changes nothing.
 */
final class RetryAfter {
  /** What is longer counts as not said: a log must not be able to silence us. */
  static final Duration LONGEST = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  /** {@code Sun, 06 Nov 1994 08:49:37 GMT}; {@code Sunday, 06-Nov-94 08:49:37 GMT}. */
  private static final Pattern DATE =
      Pattern.compile(
          "(?:[A-Za-z]{3,9},? +)?(\\d{1,2})[ -]([A-Za-z]{3})[ -](\\d{4}|\\d{2})"
              + " +(\\d{2}):(\\d{2}):(\\d{2}) +(?:GMT|UTC|UT|Z|[+-]0000)");

  /** {@code Sun Nov 6 08:49:37 1994}. */
  private static final Pattern ASCTIME =
      Pattern.compile("[A-Za-z]{3} ([A-Za-z]{3}) +(\\d{1,2}) (\\d{2}):(\\d{2}):(\\d{2}) (\\d{4})");

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private RetryAfter() {}

  /**
   * How long to wait from {@code now}, zero up to an hour; null when the header is absent, junk, in
   * the past, or asks for longer.
   */
  static @Nullable Duration parse(@Nullable String header, Instant now) {
    if (header == null || header.length() > 64) {
      return null;
    }
    String text = header.strip();
    Duration wait;
    if (SECONDS.matcher(text).matches()) {
      wait = Duration.ofSeconds(Long.parseLong(text));
    } else {
      Instant date = date(text);
      if (date == null) {
        return null;
      }
      wait = Duration.between(now, date);
    }
    return wait.isNegative() || wait.compareTo(LONGEST) > 0 ? null : wait;
  }

  private static @Nullable Instant date(String text) {
    Matcher date = DATE.matcher(text);
    if (date.matches()) {
      int year = Integer.parseInt(date.group(3));
      // Two digits: this century, as nobody asks us to wait until the last one.
      return instant(year < 100 ? 2000 + year : year, date.group(2), date.group(1), date, 4);
    }
    Matcher asctime = ASCTIME.matcher(text);
    if (asctime.matches()) {
      int year = Integer.parseInt(asctime.group(6));
      return instant(year, asctime.group(1), asctime.group(2), asctime, 3);
    }
    return null;
  }

  private static @Nullable Instant instant(
      int year, String month, String day, Matcher time, int hourGroup) {
    try {
      return LocalDateTime.of(
              year,
              MONTHS.indexOf(month.toLowerCase(Locale.ROOT)) + 1,
              Integer.parseInt(day),
              Integer.parseInt(time.group(hourGroup)),
              Integer.parseInt(time.group(hourGroup + 1)),
              Integer.parseInt(time.group(hourGroup + 2)))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }
}
