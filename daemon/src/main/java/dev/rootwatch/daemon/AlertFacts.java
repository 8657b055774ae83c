package dev.rootwatch.daemon;

import dev.rootwatch.alert.CertificateInfo;
import dev.rootwatch.alert.IssuerInfo;
import dev.rootwatch.alert.VerdictRow;
import dev.rootwatch.watch.CertificateFacts;
import dev.rootwatch.watch.IssuerMatch;
import dev.rootwatch.watch.distrust.Verdict;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The examiner's values in the form that alerts, {@code check} and {@code verdict} print. */
public final class AlertFacts {
  private AlertFacts() {}

  /** CERT of the contract. */
  public static @Nullable CertificateInfo certificate(@Nullable CertificateFacts facts) {
    if (facts == null) {
      return null;
    }
    return new CertificateInfo(
        facts.kind().word(),
        facts.sha256().toString(),
        facts.tbsSha256().toString(),
        facts.serial(),
        facts.subject(),
        facts.issuer(),
        facts.notBefore(),
        facts.notAfter(),
        facts.names(),
        facts.isCa(),
        Base64.getEncoder().encodeToString(facts.der()));
  }

  /** ISSUER of the contract. */
  public static @Nullable IssuerInfo issuer(@Nullable IssuerMatch match) {
    if (match == null) {
      return null;
    }
    return new IssuerInfo(
        match.spkiSha256().toString(),
        match.matchedBy().word(),
        match.confidence().word(),
        match.family(),
        match.owner(),
        match.name(),
        match.signature().name().toLowerCase(Locale.ROOT),
        match.reaches().stream()
            .map(reach ->
                new IssuerInfo.Reach(
                    reach.spkiSha256().toString(),
                    reach.name(),
                    reach.path().stream().map(Object::toString).toList()))
            .toList());
  }

  /** VERDICT of the contract. */
  public static VerdictRow verdict(Verdict verdict) {
    return new VerdictRow(
        verdict.program().word(),
        verdict.purpose().word(),
        verdict.result().word(),
        verdict.kind() == null ? "" : verdict.kind(),
        verdict.effective(),
        verdict.basis() == null ? null : verdict.basis().word(),
        verdict.boundary() == null ? null : verdict.boundary().word(),
        verdict.unit() == null ? null : verdict.unit().word(),
        verdict.anchor() == null ? null : verdict.anchor().toString(),
        verdict.asOf(),
        verdict.citation() == null ? "" : verdict.citation(),
        verdict.catalogVersion());
  }
}
