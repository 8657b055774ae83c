package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.CertificateInfo;
import dev.rootwatch.alert.IssuerInfo;
import dev.rootwatch.alert.text.HostName;
import dev.rootwatch.watch.RuleReason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A check for people. */
final class CheckText {
  private final List<String> lines = new ArrayList<>();
  private final CheckReport.@Nullable Why why;

  private CheckText(CheckReport.@Nullable Why why) {
    this.why = why;
  }

  static List<String> of(CheckReport report) {
    CheckText text = new CheckText(report.why());
    text.report(report);
    return text.lines;
  }

  private void report(CheckReport report) {
    String place = report.file() + "[" + report.index() + "]";
    if (report.error() != null) {
      line(
          place
              + ": malformed at byte "
              + report.error().offset()
              + ": "
              + report.error().message());
      lines.add("");
      return;
    }
    String severity = report.severity() == null ? "no finding" : report.severity().word();
    String rules =
        report.rules().isEmpty() ? "" : " (rules: " + String.join(", ", report.rules()) + ")";
    line(place + ": " + severity + rules);
    if (report.certificate() != null) {
      certificate(report.certificate());
    }
    issuer(report.issuer());
    if (report.backdating() != null && report.backdating().possible()) {
      fact(
          "backdating",
          "possible: dated before the cut-off of "
              + Shown.orDash(report.backdating().program())
              + " ("
              + Shown.orDash(report.backdating().cutoff())
              + "), seen well after it");
    }
    VerdictTable.of(report.verdicts(), why != null).lines().forEach(line -> lines.add("  " + line));
    if (why != null) {
      why(why);
    }
    lines.add("");
  }

  private void why(CheckReport.Why said) {
    said.verdicts().forEach(verdict -> line("  why " + verdict));
    for (RuleReason reason : said.rules()) {
      line("  rule " + reason.rule() + (reason.matches() ? " matches:" : " does not match:"));
      reason.because().forEach(because -> line("    " + because));
    }
  }

  private void certificate(CertificateInfo certificate) {
    fact("kind", (certificate.isCa() ? "CA " : "") + certificate.kind());
    fact("subject", certificate.subject());
    fact(
        "names",
        certificate.names().stream().map(HostName::inBothForms).collect(Collectors.joining(", ")));
    fact("valid", certificate.notBefore() + " to " + certificate.notAfter());
    fact("sha256", certificate.sha256());
    if (why != null) {
      fact("tbs", certificate.tbsSha256());
      fact("serial", certificate.serial());
      fact("issuer dn", certificate.issuer());
    }
  }

  private void issuer(@Nullable IssuerInfo issuer) {
    if (issuer == null) {
      fact("issuer", "not known here");
      return;
    }
    String family = issuer.family() == null ? "" : " [" + issuer.family() + "]";
    fact("issuer", issuer.name() + family);
    fact("signature", issuer.signature());
    if (why != null) {
      fact("issuer key", issuer.spkiSha256());
      fact("matched by", issuer.matchedBy() + ", confidence " + issuer.confidence());
      fact("owner", Shown.orDash(issuer.owner()));
      for (IssuerInfo.Reach reach : issuer.reaches()) {
        fact("reaches", reach.name() + " over " + String.join(" < ", reach.path()));
      }
    }
  }

  private void fact(String label, String value) {
    if (!value.isEmpty()) {
      line(String.format("  %-11s %s", label, value));
    }
  }

  private void line(String text) {
    lines.add(Shown.text(text));
  }
}
