package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.alert.VerdictRow;
import java.util.List;

/** An alert as a block of plain text: for the console and for mail. */
final class TextReport {
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String DIM = "\u001b[2m";
  private static final String RESET = "\u001b[0m";
  private static final int WIDTH = 14;

  private final boolean colour;

  TextReport(boolean colour) {
    this.colour = colour;
  }

  /** Lines that end with a line feed; everything in them is visible. */
  String of(Alert alert) {
    StringBuilder text = new StringBuilder();
    String shade = alert.severity().compareTo(Severity.HIGH) >= 0 ? RED : YELLOW;
    text.append(in(BOLD + shade, Facts.headline(alert))).append('\n');
    line(text, "Type", alert.type().word());
    for (Facts.Fact fact : Facts.of(alert)) {
      line(text, fact.label(), fact.value());
    }
    List<String> verdicts = Facts.verdictLines(alert);
    for (int i = 0; i < verdicts.size(); i++) {
      String line = "  " + verdicts.get(i);
      if (i == 0) {
        line = in(DIM, line);
      } else if (alert.verdicts().get(i - 1).result().equals(VerdictRow.DISTRUSTED)) {
        line = in(RED, line);
      }
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private void line(StringBuilder text, String label, String value) {
    String padded = label + " ".repeat(Math.max(1, WIDTH - label.length()));
    text.append("  ").append(in(DIM, padded)).append(value).append('\n');
  }

  private String in(String style, String text) {
    return colour ? style + text + RESET : text;
  }
}
