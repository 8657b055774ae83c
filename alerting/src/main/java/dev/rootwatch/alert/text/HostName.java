package dev.rootwatch.alert.text;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Host names as people are shown them: an internationalized one in both of its forms, as A-labels
 * ({@code xn--mnchen-3ya.de}), which machines compare, and in Unicode, which people know.
 *
 * <p>Where letters might be taken for others ({@link SafeLabel}), the Unicode form spells them by
 * number: {@code xn--pple-43d.com (\\u{430}pple.com)}.
 */
public final class HostName {
  /** Longer ones are nobody's name in DNS. */
  private static final int MOST_NAME = 253;

  private HostName() {}

  /**
   * The name, and behind it in brackets its other form where it has one. To be escaped for its
   * medium like any other string of a certificate.
   *
   * @param name a host name or a mail address, or whatever else stands in their place
   */
  public static String inBothForms(String name) {
    String local = name.substring(0, name.lastIndexOf('@') + 1);
    String host = name.substring(local.length());
    if (isAscii(host)) {
      return unicode(host).map(form -> name + " (" + local + form + ")").orElse(name);
    }
    String shown = local + shown(host);
    return ascii(host).map(form -> shown + " (" + local + form + ")").orElse(shown);
  }

  /** Empty when no label is an A-label. */
  private static Optional<String> unicode(String host) {
    if (host.length() > MOST_NAME || !host.toLowerCase(Locale.ROOT).contains("xn--")) {
      return Optional.empty();
    }
    StringJoiner form = new StringJoiner(".");
    boolean different = false;
    for (String label : host.split("\\.", -1)) {
      Optional<String> decoded = decoded(label);
      different |= decoded.isPresent();
      form.add(decoded.map(HostName::shownLabel).orElse(label));
    }
    return different ? Optional.of(form.toString()) : Optional.empty();
  }

  private static Optional<String> decoded(String label) {
    return label.toLowerCase(Locale.ROOT).startsWith("xn--")
        ? Punycode.decode(label.substring(4))
        : Optional.empty();
  }

  /** With the mappings of IDNA2003; empty where IDNA2008 has another form, or there is none. */
  private static Optional<String> ascii(String host) {
    // ß, ς and what joins letters; and what the mappings would drop without a word.
    boolean deviates = host.chars().anyMatch(c -> "\u00df\u03c2\u200c\u200d".indexOf(c) >= 0);
    if (deviates
        || !Visible.of(host).equals(host)
        || host.length() > MOST_NAME
        || host.indexOf('.') < 0) {
      return Optional.empty();
    }
    try {
      String form = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
      return isAscii(form) && form.contains("xn--") ? Optional.of(form) : Optional.empty();
    } catch (RuntimeException none) {
      // Documented is IllegalArgumentException, but long labels bring others.
      return Optional.empty();
    }
  }

  private static String shown(String host) {
    StringJoiner shown = new StringJoiner(".");
    for (String label : host.split("\\.", -1)) {
      shown.add(shownLabel(label));
    }
    return shown.toString();
  }

  private static String shownLabel(String label) {
    return isAscii(label) || SafeLabel.is(label) ? label : spelled(label);
  }

  private static String spelled(String label) {
    StringBuilder spelled = new StringBuilder();
    label
        .codePoints()
        .forEach(point -> {
          if (point < 0x80) {
            spelled.append((char) point);
          } else {
            spelled.append("\\u{").append(Integer.toHexString(point)).append('}');
          }
        });
    return spelled.toString();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
