package dev.rootwatch.alert.text;

import java.util.Optional;

/**
 * Reads what follows {@code xn--} in an A-label (RFC 3492). The platform's {@code java.net.IDN}
 * speaks IDNA2003 only and gives back names with ß or ς undecoded.
 */
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 128;

  /** DNS allows 63 bytes in a label, which also keeps the numbers below within a long. */
  private static final int MOST_LABEL = 59;

  private Punycode() {}

  /** The text behind it; empty when it encodes none, or nothing beyond ASCII. */
  static Optional<String> decode(String encoded) {
    int delimiter = encoded.lastIndexOf('-');
    String basic = delimiter > 0 ? encoded.substring(0, delimiter) : "";
    if (encoded.length() > MOST_LABEL || !encoded.chars().allMatch(c -> c < INITIAL_N)) {
      return Optional.empty();
    }
    int[] points = new int[MOST_LABEL];
    int count = 0;
    for (; count < basic.length(); count++) {
      points[count] = basic.charAt(count);
    }
    long n = INITIAL_N;
    long i = 0;
    int bias = INITIAL_BIAS;
    int at = delimiter > 0 ? delimiter + 1 : 0;
    if (at == encoded.length()) {
      return Optional.empty();
    }
    while (at < encoded.length()) {
      long before = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = at < encoded.length() ? digit(encoded.charAt(at++)) : -1;
        if (digit < 0) {
          return Optional.empty();
        }
        i += digit * weight;
        int t = Math.clamp(k - bias, T_MIN, T_MAX);
        if (digit < t) {
          break;
        }
        weight *= BASE - t;
        if (i > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
          return Optional.empty();
        }
      }
      count++;
      bias = adapt(i - before, count, before == 0);
      n += i / count;
      i %= count;
      if (n > Character.MAX_CODE_POINT) {
        return Optional.empty();
      }
      System.arraycopy(points, (int) i, points, (int) i + 1, count - 1 - (int) i);
      points[(int) i++] = (int) n;
    }
    return Optional.of(new String(points, 0, count));
  }

  private static int digit(char c) {
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
  }

  private static int adapt(long value, int points, boolean first) {
    long delta = first ? value / DAMP : value / 2;
    delta += delta / points;
    int k = 0;
    while (delta > ((BASE - T_MIN) * T_MAX) / 2) {
      delta /= BASE - T_MIN;
      k += BASE;
    }
    return (int) (k + (BASE - T_MIN + 1) * delta / (delta + SKEW));
  }
}
