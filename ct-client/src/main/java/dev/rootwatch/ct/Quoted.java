package dev.rootwatch.ct;

/**
 * Text that a stranger wrote, made fit for a message of ours: in quotation marks, cut to a length,
 * and with nothing in it that moves a cursor, ends a line or turns the writing direction.
 */
public final class Quoted {
  private static final int MAX_CHARS = 120;

  private Quoted() {}

  /**
   * {@code text} in quotation marks; what is not printable ASCII is written as {@code \\u{...}}.
   */
  public static String of(String text) {
    StringBuilder out = new StringBuilder("\"");
    int end = Math.min(text.length(), MAX_CHARS);
    for (int i = 0; i < end; ) {
      int point = text.codePointAt(i);
      if (point == '"' || point == '\\') {
        out.append('\\').append((char) point);
      } else if (point >= ' ' && point < 0x7f) {
        out.append((char) point);
      } else {
        out.append("\\u{").append(Integer.toHexString(point)).append('}');
      }
      i += Character.charCount(point);
    }
    return out.append(end < text.length() ? "\"..." : "\"").toString();
  }
}
