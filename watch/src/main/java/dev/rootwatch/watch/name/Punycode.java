package dev.rootwatch.watch.name;

/**
 * Encodes one label as IDNA does (RFC 3492), without mapping anything first. The platform's {@code
 * java.net.IDN} speaks IDNA2003 only, which turns ß into ss; IDNA2008 keeps it.
 */
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 128;

  /** DNS allows 63 bytes in a label; nothing longer is worth encoding. */
  private static final int MAX_LABEL = 63;

  /** What an A-label begins with. */
  static final String PREFIX = "xn--";

  private static final int LAST_CODE_POINT = 0x10ffff;

  private Punycode() {}

  /** Whether an A-label, {@code xn--} included, encodes anything (RFC 3492 section 6.2). */
  static boolean isLabel(String label) {
    String encoded = label.substring(PREFIX.length());
    int delimiter = encoded.lastIndexOf('-');
    int points = Math.max(0, delimiter);
    int at = delimiter < 0 ? 0 : delimiter + 1;
    long n = INITIAL_N;
    long i = 0;
    int bias = INITIAL_BIAS;
    if (at == encoded.length() || encoded.length() > MAX_LABEL) {
      return false;
    }
    while (at < encoded.length()) {
      long before = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = at < encoded.length() ? value(encoded.charAt(at++)) : -1;
        i += digit * weight;
        if (digit < 0 || i > Integer.MAX_VALUE) {
          return false;
        }
        int t = Math.clamp(k - bias, T_MIN, T_MAX);
        if (digit < t) {
          break;
        }
        weight *= BASE - t;
      }
      points++;
      bias = adapt((int) (i - before), points, before == 0);
      n += i / points;
      i %= points;
      i++;
      if (n > LAST_CODE_POINT) {
        return false;
      }
    }
    return true;
  }

  private static int value(char digit) {
    if (digit >= 'a' && digit <= 'z') {
      return digit - 'a';
    }
    if (digit >= 'A' && digit <= 'Z') {
      return digit - 'A';
    }
    return digit >= '0' && digit <= '9' ? digit - '0' + 26 : -1;
  }

  /** The A-label, {@code xn--} included; the label itself when it is ASCII or too long. */
  static String label(String label) {
    int[] points = label.codePoints().toArray();
    StringBuilder output = new StringBuilder();
    for (int point : points) {
      if (point < INITIAL_N) {
        output.append((char) point);
      }
    }
    int basic = output.length();
    if (basic == points.length || points.length > MAX_LABEL) {
      return label;
    }
    if (basic > 0) {
      output.append('-');
    }
    int n = INITIAL_N;
    int delta = 0;
    int bias = INITIAL_BIAS;
    int handled = basic;
    while (handled < points.length) {
      int next = Integer.MAX_VALUE;
      for (int point : points) {
        if (point >= n && point < next) {
          next = point;
        }
      }
      delta += (next - n) * (handled + 1); // at most 0x10ffff * 64: fits
      n = next;
      for (int point : points) {
        if (point < n) {
          delta++;
        }
        if (point == n) {
          appendInteger(output, delta, bias);
          bias = adapt(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      n++;
    }
    return PREFIX + output;
  }

  private static void appendInteger(StringBuilder output, int value, int bias) {
    int q = value;
    for (int k = BASE; ; k += BASE) {
      int t = Math.clamp(k - bias, T_MIN, T_MAX);
      if (q < t) {
        output.append(digit(q));
        return;
      }
      output.append(digit(t + (q - t) % (BASE - t)));
      q = (q - t) / (BASE - t);
    }
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }

  private static int adapt(int delta, int points, boolean first) {
    int d = first ? delta / DAMP : delta / 2;
    d += d / points;
    int k = 0;
    while (d > ((BASE - T_MIN) * T_MAX) / 2) {
      d /= BASE - T_MIN;
      k += BASE;
    }
    return k + (BASE - T_MIN + 1) * d / (d + SKEW);
  }
}
