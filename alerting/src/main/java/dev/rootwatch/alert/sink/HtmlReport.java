package dev.rootwatch.alert.sink;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.text.HtmlText;
import java.util.List;

/** An alert as an HTML page for mail: no pictures, no scripts, nothing loaded from elsewhere. */
final class HtmlReport {
  private final StringBuilder html = new StringBuilder();

  private HtmlReport() {}

  static String of(Alert alert) {
    HtmlReport report = new HtmlReport();
    report.begin(Facts.headline(alert));
    report.html.append("<table cellpadding=\"3\">\n");
    report.row("td", List.of("Type", alert.type().word()));
    Facts.of(alert).forEach(fact -> report.row("td", List.of(fact.label(), fact.value())));
    report.html.append("</table>\n");
    report.verdicts(Facts.verdicts(alert));
    return report.end();
  }

  static String digest(String headline, List<List<String>> rows) {
    HtmlReport report = new HtmlReport();
    report.begin(headline);
    report.html.append("<table cellpadding=\"3\">\n");
    rows.forEach(row -> report.row("td", row));
    report.html.append("</table>\n");
    return report.end();
  }

  private void begin(String headline) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(HtmlText.escape(headline))
        .append("</title></head><body style=\"font-family:sans-serif\">\n<h2>")
        .append(HtmlText.escape(headline))
        .append("</h2>\n");
  }

  private void verdicts(List<List<String>> table) {
    if (table.isEmpty()) {
      return;
    }
    html.append("<table border=\"1\" cellpadding=\"3\" style=\"border-collapse:collapse\">\n");
    row("th", table.getFirst());
    table.stream().skip(1).forEach(row -> row("td", row));
    html.append("</table>\n");
  }

  private void row(String cell, List<String> values) {
    html.append("<tr>");
    for (String value : values) {
      html.append('<').append(cell).append(" align=\"left\" valign=\"top\">");
      html.append(HtmlText.link(value)).append("</").append(cell).append('>');
    }
    html.append("</tr>\n");
  }

  private String end() {
    return html.append("</body></html>\n").toString();
  }
}
