package dev.rootwatch.daemon.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rootwatch.alert.CertificateInfo;
import dev.rootwatch.alert.IssuerInfo;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.alert.VerdictRow;
import dev.rootwatch.daemon.AlertFacts;
import dev.rootwatch.watch.CertificateCheck;
import dev.rootwatch.watch.RuleReason;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One certificate or entry as {@code check} prints it: {@code rootwatch.check/v1}. */
@JsonPropertyOrder({
  "schema",
  "file",
  "index",
  "status",
  "error",
  "certificate",
  "issuer",
  "rules",
  "severity",
  "verdicts",
  "backdating",
  "why"
})
record CheckReport(
    String schema,
    String file,
    int index,
    String status,
    @Nullable Flaw error,
    @Nullable CertificateInfo certificate,
    @Nullable IssuerInfo issuer,
    List<String> rules,
    @Nullable Severity severity,
    List<VerdictRow> verdicts,
    @Nullable Suspicion backdating,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Why why) {

  /** How the answers came about; only where it was asked for. */
  @JsonPropertyOrder({"rules", "verdicts"})
  record Why(List<RuleReason> rules, List<String> verdicts) {}

  /** Where it cannot be read. */
  @JsonPropertyOrder({"offset", "message"})
  record Flaw(int offset, String message) {}

  /** Whether it may have been dated back. */
  @JsonPropertyOrder({"possible", "program", "cutoff"})
  record Suspicion(boolean possible, @Nullable String program, @Nullable Instant cutoff) {}

  static CheckReport of(String file, CertificateCheck.Result result, boolean withWhy) {
    List<VerdictRow> verdicts = result.verdicts().stream().map(AlertFacts::verdict).toList();
    var certificate = result.certificate();
    CertificateCheck.@Nullable ReadError error = result.error();
    var severity = result.severity();
    var backdating = result.backdating();
    return new CheckReport(
        "rootwatch.check/v1",
        file,
        result.index(),
        result.status(),
        error == null ? null : new Flaw(error.offset(), error.message()),
        AlertFacts.certificate(result.certificate()),
        AlertFacts.issuer(result.issuer()),
        result.rules(),
        severity == null ? null : Severity.valueOf(severity.name().toUpperCase(Locale.ROOT)),
        verdicts,
        backdating == null
            ? null
            : new Suspicion(
                backdating.possible(),
                backdating.program() == null ? null : backdating.program().word(),
                backdating.cutoff()),
        withWhy
            ? new Why(
                result.reasons(),
                VerdictWhy.of(verdicts, certificate == null ? null : certificate.notBefore()))
            : null);
  }

  boolean isAtLeast(Severity least) {
    return severity != null && severity.compareTo(least) >= 0;
  }
}
