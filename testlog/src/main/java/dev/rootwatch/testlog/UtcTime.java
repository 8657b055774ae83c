package dev.rootwatch.testlog;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The text of an ASN.1 UTCTime as certificates write it: {@code YYMMDDhhmmssZ}. */
final class UtcTime {
  private UtcTime() {}

  /** For seconds since the epoch, years 2000 to 2049. */
  static byte[] of(long epochSecond) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
    byte[] text = new byte[13];
    two(text, 0, time.getYear() % 100);
    two(text, 2, time.getMonthValue());
    two(text, 4, time.getDayOfMonth());
    two(text, 6, time.getHour());
    two(text, 8, time.getMinute());
    two(text, 10, time.getSecond());
    text[12] = 'Z';
    return text;
  }

  private static void two(byte[] text, int at, int number) {
    text[at] = (byte) ('0' + number / 10);
    text[at + 1] = (byte) ('0' + number % 10);
  }
}
