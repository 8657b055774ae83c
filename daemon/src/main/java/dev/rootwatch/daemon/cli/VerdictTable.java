package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.VerdictRow;
import java.util.List;

/** What each root program says, for people. */
final class VerdictTable {
  private VerdictTable() {}

  /**
   * @param why with the place where it can be read
   */
  static Table of(List<VerdictRow> verdicts, boolean why) {
    Table table =
        why
            ? new Table("PROGRAM", "PURPOSE", "RESULT", "SINCE", "WHY", "ANCHOR", "CITATION")
            : new Table("PROGRAM", "PURPOSE", "RESULT", "SINCE", "WHY");
    for (VerdictRow row : verdicts) {
      String basis = row.basis() == null ? "" : " (" + row.basis() + edge(row) + ")";
      String reason = Shown.orDash(row.kind()) + basis;
      if (why) {
        table.row(
            row.program(),
            row.purpose(),
            row.result(),
            Shown.orDash(row.effective()),
            reason,
            Shown.orDash(row.anchor()),
            Shown.orDash(row.citation()));
      } else {
        table.row(
            row.program(), row.purpose(), row.result(), Shown.orDash(row.effective()), reason);
      }
    }
    return table;
  }

  private static String edge(VerdictRow row) {
    String boundary = row.boundary() == null ? "" : ", " + row.boundary();
    return row.unit() == null ? boundary : boundary + " " + row.unit();
  }
}
