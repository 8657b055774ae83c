package dev.rootwatch.ct.source;

import dev.rootwatch.ct.Quoted;
import java.nio.charset.StandardCharsets;

/** How something that a stranger sent begins, fit for a message. */
final class Excerpt {
  private static final int LONGEST = 80;

  private Excerpt() {}

  /** The first 80 characters of a body, escaped and in quotation marks. */
  static String of(byte[] body, int length) {
    // Four bytes a character at most, and one more character to see that there is one.
    int some = Math.min(length, 4 * (LONGEST + 1));
    return of(new String(body, 0, some, StandardCharsets.UTF_8));
  }

  /** The first 80 characters of a text. */
  static String of(String text) {
    return text.length() <= LONGEST
        ? Quoted.of(text)
        : Quoted.of(text.substring(0, LONGEST)) + "...";
  }
}
