package dev.rootwatch.ct.x509;

/**
 * UTCTime and GeneralizedTime (X.680 sections 46 and 47, RFC 5280 section 4.1.2.5) in milliseconds
 * since the epoch. RFC 5280 allows one form of each; certificates in the logs have others, so
 * seconds may be missing, fractions and zones may be there, and days and seconds may run over.
 */
final class DerTime {
  /** Not a time. */
  static final long NONE = Long.MIN_VALUE;

  private DerTime() {}

  /** Reads the content of a time whose tag is {@code tag}. */
  static long millis(byte[] b, int tag, int from, int to) {
    int yearDigits = tag == Der.UTC_TIME ? 2 : tag == Der.GENERALIZED_TIME ? 4 : 0;
    int digits = countDigits(b, from, to);
    if (yearDigits == 0 || digits < yearDigits + 6 || digits % 2 != 0) {
      return NONE;
    }
    int at = from + yearDigits;
    int year = number(b, from, at);
    if (yearDigits == 2) {
      year += year < 50 ? 2000 : 1900;
    }
    int month = number(b, at, at + 2);
    int day = number(b, at + 2, at + 4);
    int hour = number(b, at + 4, at + 6);
    int minute = digits >= yearDigits + 8 ? number(b, at + 6, at + 8) : 0;
    int second = digits >= yearDigits + 10 ? number(b, at + 8, at + 10) : 0;
    if (digits > yearDigits + 10
        || month < 1
        || month > 12
        || day < 1
        || day > 31
        || hour > 24
        || minute > 59
        || second > 60) {
      return NONE;
    }
    long millis =
        ((daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1000L;
    return withFractionAndZone(b, from + digits, to, millis);
  }

  private static long withFractionAndZone(byte[] b, int from, int to, long millis) {
    int at = from;
    long result = millis;
    if (at < to && (b[at] == '.' || b[at] == ',')) {
      int digits = countDigits(b, at + 1, to);
      for (int i = 0, scale = 100; i < Math.min(3, digits); i++, scale /= 10) {
        result += (long) scale * (b[at + 1 + i] - '0');
      }
      at += 1 + digits;
    }
    if (at == to || (b[at] == 'Z' && at + 1 == to)) {
      return result;
    }
    int zoneDigits = countDigits(b, at + 1, to);
    if ((b[at] != '+' && b[at] != '-')
        || at + 1 + zoneDigits != to
        || (zoneDigits != 2 && zoneDigits != 4)) {
      return NONE;
    }
    int minutes = 60 * number(b, at + 1, at + 3) + number(b, at + 3, to);
    return result - (b[at] == '+' ? minutes : -minutes) * 60_000L;
  }

  private static int countDigits(byte[] b, int from, int to) {
    int at = from;
    while (at < to && b[at] >= '0' && b[at] <= '9') {
      at++;
    }
    return at - from;
  }

  private static int number(byte[] b, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = 10 * value + b[i] - '0';
    }
    return value;
  }

  /**
   * Days from 1970-01-01 in the proleptic Gregorian calendar. The year begins in March, so that the
   * leap day is its last.
   */
  private static long daysSinceEpoch(int year, int month, int day) {
    int y = month > 2 ? year : year - 1;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - 400 * era;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }
}
