package dev.rootwatch.alert.text;

/** Text for HTML, in elements and in quoted attributes. */
public final class HtmlText {
  private HtmlText() {}

  /** A link with its address to read; only text when it might be anything else. */
  public static String link(String address) {
    String escaped = escape(address);
    return SafeLink.is(address) ? "<a href=\"" + escaped + "\">" + escaped + "</a>" : escaped;
  }

  /** Visible, and without meaning to HTML. */
  public static String escape(String text) {
    String visible = Visible.of(text);
    StringBuilder escaped = new StringBuilder(visible.length() + 16);
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        case '`' -> escaped.append("&#96;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
