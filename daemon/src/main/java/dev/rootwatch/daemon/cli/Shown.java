package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.text.Visible;
import org.jspecify.annotations.Nullable;

/** How values are shown to people on a terminal. */
final class Shown {
  /** Longer texts of strangers are cut. */
  private static final int LONGEST = 400;

  private Shown() {}

  /** A text that somebody else may have written, made harmless and short. */
  static String text(String text) {
    return Visible.of(text, LONGEST);
  }

  /** {@code -} for what is not known. */
  static String orDash(@Nullable Object value) {
    return value == null || value.toString().isEmpty() ? "-" : value.toString();
  }
}
