package dev.rootwatch.alert.text;

import java.util.HexFormat;

/**
 * JSON in which everything can be seen. JSON escapes controls below a space by itself, but not what
 * turns the direction of writing, cannot be seen, or is half of a character; and JSON ends up on
 * terminals too. Escaped, it says the same to every reader.
 */
public final class JsonText {
  private static final HexFormat HEX = HexFormat.of();

  private JsonText() {}

  /**
   * The same JSON with what cannot be seen as {@code \\u202e}.
   *
   * @param json a JSON text; beyond ASCII its strings alone can hold anything
   */
  public static String visible(String json) {
    StringBuilder visible = new StringBuilder(json.length() + 16);
    int marks = 0;
    for (int i = 0; i < json.length(); ) {
      int point = json.codePointAt(i);
      i += Character.charCount(point);
      marks = Visible.isMark(point) ? marks + 1 : point == '"' ? Visible.MOST_MARKS : 0;
      if (point < 0x7f || (marks <= Visible.MOST_MARKS && Visible.isPlain(point))) {
        visible.appendCodePoint(point);
      } else {
        for (char unit : Character.toChars(point)) {
          visible.append("\\u").append(HEX.toHexDigits(unit));
        }
      }
    }
    return visible.toString();
  }
}
