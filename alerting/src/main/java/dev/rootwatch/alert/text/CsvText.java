package dev.rootwatch.alert.text;

/**
 * Cells of a CSV file (RFC 4180). Spreadsheets calculate what begins like a formula, whether quoted
 * or not: an apostrophe in front of it makes it text.
 *
 * <p>Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
public final class CsvText {
  /** What begins a formula, full-width forms included; tabulator and line ends are never left. */
  private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";

  private CsvText() {}

  /** One cell, quoted. */
  public static String cell(String text) {
    String visible = Visible.of(text);
    boolean formula = !visible.isEmpty() && FORMULA.indexOf(visible.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + visible.replace("\"", "\"\"") + '"';
  }
}
