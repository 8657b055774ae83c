package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.VerdictRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verdict in a sentence: which rule, what it compares with what, how finely, where to read it.
 */
final class VerdictWhy {
  private VerdictWhy() {}

  /**
   * @param notBefore of the certificate; null when not known
   */
  static List<String> of(List<VerdictRow> rows, @Nullable Instant notBefore) {
    return rows.stream().map(row -> sentence(row, notBefore)).toList();
  }

  private static String sentence(VerdictRow row, @Nullable Instant notBefore) {
    return row.program()
        + " "
        + row.purpose()
        + ": "
        + row.result()
        + ": "
        + rule(row, notBefore)
        + (row.anchor() == null ? "" : "; over the root certificate " + row.anchor())
        + (row.citation().isEmpty() ? "" : "; see " + row.citation());
  }

  private static String rule(VerdictRow row, @Nullable Instant notBefore) {
    if (row.kind().isEmpty()) {
      return switch (row.result()) {
        case "not-distrusted" -> "no rule of the catalog speaks against it";
        case "not-included" -> "the program has no root for it, or does not judge the purpose";
        default -> "the catalog cannot tell";
      };
    }
    String date = row.effective() == null ? "a date that no source gives" : "" + row.effective();
    String basis = row.basis() == null ? "" : row.basis();
    return row.kind()
        + switch (basis) {
          case "notBefore" ->
              notBefore == null
                  ? ": compares notBefore with " + date + edge(row)
                  : ": notBefore "
                      + notBefore
                      + compared(notBefore, row.effective())
                      + date
                      + edge(row);
          case "sct" -> ": compares the times of SCTs with " + date + edge(row);
          case "validation" -> ": of " + date + ", asked as of " + row.asOf();
          default -> ", " + date;
        };
  }

  private static String compared(Instant value, @Nullable Instant date) {
    if (date == null) {
      return " against ";
    }
    int order = value.compareTo(date);
    return order < 0 ? " is before " : order > 0 ? " is after " : " is ";
  }

  private static String edge(VerdictRow row) {
    String equal =
        switch (row.boundary() == null ? "" : row.boundary()) {
          case "inclusive" -> "equal is trusted";
          case "exclusive" -> "equal is not trusted";
          case "undefined" -> "what equal means is not defined";
          default -> "";
        };
    String unit = row.unit() == null ? "" : "by the " + row.unit();
    String both = equal.isEmpty() || unit.isEmpty() ? equal + unit : equal + ", " + unit;
    return both.isEmpty() ? "" : " (" + both + ")";
  }
}
