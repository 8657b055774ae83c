package dev.rootwatch.alert.text;

/**
 * Text for the header of a mail. Visible, so without the line end that would begin another header.
 * And without the beginning of an encoded word (RFC 2047): {@code =?utf-8?q?=0d=0a?=} is plain
 * ASCII on its way, and becomes whatever it likes in the reader's list of mails.
 */
public final class HeaderText {
  private HeaderText() {}

  /** The text on one line; {@code =?} is shown as <code>=\\u{3f}</code>. */
  public static String of(String text) {
    return Visible.of(text).replace("=?", "=\\u{3f}");
  }
}
