package dev.rootwatch.alert.text;

/**
 * Text in which everything can be seen: for terminals, log lines and mail headers, and the first
 * step for every other medium.
 *
 * <p>Certificates are written by strangers. What moves the cursor, turns the direction of writing,
 * cannot be seen, or only looks like a space is shown as {@code \\u{202e}}; the rest stays
 * readable, in whatever script it is. So are accents with nothing of the text below them, which
 * would sit on a character of ours, and heaps of them, which would cover the lines above.
 */
public final class Visible {
  /** More on one letter than any language writes. */
  static final int MOST_MARKS = 4;

  private Visible() {}

  /** The whole text, on one line. */
  public static String of(String text) {
    return of(text, Integer.MAX_VALUE);
  }

  /** The text on one line, cut after so many characters with an ellipsis. */
  public static String of(String text, int most) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), most) + 16);
    int marks = MOST_MARKS; // none may stand at the beginning
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      int before = shown.length();
      marks = isMark(point) ? marks + 1 : 0;
      append(shown, point, marks <= MOST_MARKS);
      if (shown.length() > most || (shown.length() == most && i < text.length())) {
        shown.setLength(Math.min(before, most - 1));
        return shown.append('…').toString();
      }
    }
    return shown.toString();
  }

  private static void append(StringBuilder shown, int point, boolean mayStand) {
    if (mayStand && isPlain(point)) {
      shown.appendCodePoint(point);
    } else {
      shown.append("\\u{").append(Integer.toHexString(point)).append('}');
    }
  }

  /** Whether it is drawn onto the character before it. */
  static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  /** Whether a reader sees it for what it is. */
  static boolean isPlain(int point) {
    if (point < 0x7f) {
      return point >= ' ';
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> !isInvisible(point);
    };
  }

  /** Letters and marks without a shape (Unicode's Default_Ignorable_Code_Point, and the blanks). */
  private static boolean isInvisible(int point) {
    return point == 0x034f // combining grapheme joiner
        || (point >= 0x115f && point <= 0x1160) // Hangul fillers
        || (point >= 0x17b4 && point <= 0x17b5) // Khmer inherent vowels
        || (point >= 0x180b && point <= 0x180f) // Mongolian variation selectors
        || point == 0x2800 // blank Braille pattern
        || point == 0x3164
        || (point >= 0xfe00 && point <= 0xfe0f) // variation selectors
        || point == 0xffa0
        || (point >= 0xe0100 && point <= 0xe01ef); // more variation selectors
  }
}
