package dev.rootwatch.daemon.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.CertificateInfo;
import dev.rootwatch.alert.IssuerInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * How a stored finding came about, in sentences. It goes by what was stored then; {@code check}
 * says what the rules of now make of the certificate.
 *
 * @param rules which rules matched, by what
 * @param verdicts one for each verdict
 */
@JsonPropertyOrder({"rules", "verdicts"})
record FindingWhy(List<String> rules, List<String> verdicts) {
  static FindingWhy of(Alert alert) {
    CertificateInfo certificate = alert.certificate();
    return new FindingWhy(
        rules(alert),
        VerdictWhy.of(alert.verdicts(), certificate == null ? null : certificate.notBefore()));
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    rules.forEach(rule -> lines.add("  why " + rule));
    verdicts.forEach(verdict -> lines.add("  why " + verdict));
    return lines;
  }

  private static List<String> rules(Alert alert) {
    List<String> sentences = new ArrayList<>();
    if (!alert.rules().isEmpty()) {
      sentences.add("matched by " + String.join(", ", alert.rules()));
    }
    IssuerInfo issuer = alert.issuer();
    if (issuer != null) {
      sentences.add(
          "issuer found by "
              + issuer.matchedBy()
              + " with "
              + issuer.confidence()
              + " confidence, signature "
              + issuer.signature()
              + ": key "
              + issuer.spkiSha256()
              + (issuer.family() == null ? "" : " of the family " + issuer.family()));
      for (IssuerInfo.Reach reach : issuer.reaches()) {
        sentences.add("it reaches " + reach.name() + " over " + String.join(" < ", reach.path()));
      }
    }
    if (!alert.matchedNames().isEmpty()) {
      sentences.add("watched names: " + String.join(", ", alert.matchedNames()));
    }
    return sentences;
  }
}
