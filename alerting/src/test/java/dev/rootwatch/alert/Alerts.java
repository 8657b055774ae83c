package dev.rootwatch.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts for tests. */
public final class Alerts {
  public static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");
  public static final String ID = "ab".repeat(32);
  public static final String TRUSTCOR = "c1".repeat(32);

  private Alerts() {}

  /** A certificate of a distrusted issuer, seen once. */
  public static Alert distrusted() {
    return of(ID, AlertType.DISTRUSTED_ISSUER, Severity.HIGH);
  }

  public static Alert of(String id, AlertType type, Severity severity) {
    return new Alert(
        id,
        1,
        type,
        severity,
        "TrustCor ECA-1 issued a certificate for mail.example.com",
        NOW,
        false,
        certificate("mail.example.com", "example.com"),
        issuer(TRUSTCOR),
        List.of("distrusted"),
        List.of(),
        List.of(
            verdict("mozilla", "distrusted"),
            verdict("chrome", "distrusted"),
            verdict("jdk", "not-included")),
        List.of(sighting("log-a", 7)),
        Map.of(),
        new Links("https://crt.sh/?q=" + "12".repeat(32), null));
  }

  /** One about a log: no certificate. */
  public static Alert aboutALog() {
    Sighting.Log log = log("log-a");
    Instant start = NOW.minusSeconds(3600);
    return new Alert(
        AlertId.ofEpisode(AlertType.LOG_STALE, log.id(), start),
        1,
        AlertType.LOG_STALE,
        Severity.MEDIUM,
        "No new tree head of " + log.name() + " for 1 h",
        NOW,
        false,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of("log", log.name(), "since", start),
        Links.NONE);
  }

  public static CertificateInfo certificate(String... names) {
    return new CertificateInfo(
        "precertificate",
        "12".repeat(32),
        ID,
        "0a0b",
        "CN=" + names[0],
        "CN=TrustCor ECA-1,O=TrustCor Systems S. de R.L.,C=PA",
        Instant.parse("2022-11-01T00:00:00Z"),
        Instant.parse("2023-11-01T00:00:00Z"),
        List.of(names),
        false,
        "MIIB");
  }

  public static IssuerInfo issuer(String key) {
    return new IssuerInfo(
        key,
        "key",
        "high",
        "trustcor",
        "trustcor",
        "TrustCor ECA-1",
        "valid",
        List.of(new IssuerInfo.Reach("d2".repeat(32), "TrustCor RootCert CA-1", List.of(key))));
  }

  public static VerdictRow verdict(String program, String result) {
    return new VerdictRow(
        program,
        "tls",
        result,
        "removed",
        Instant.parse("2022-11-30T00:00:00Z"),
        "notBefore",
        "exclusive",
        "second",
        null,
        NOW,
        "https://bugzilla.mozilla.org/show_bug.cgi?id=1803453",
        "2026-11-23");
  }

  public static Sighting sighting(String log, long index) {
    return new Sighting(
        log(log), index, NOW.minusSeconds(60).plusSeconds(index), Sighting.Verification.PENDING);
  }

  public static Sighting.Log log(String name) {
    return new Sighting.Log(name + "-id=", name, "https://" + name + ".example/");
  }

  public static Alert with(
      Alert alert,
      Severity severity,
      AlertType type,
      @Nullable IssuerInfo issuer,
      List<String> rules,
      List<VerdictRow> verdicts,
      List<Sighting> sightings) {
    return new Alert(
        alert.id(),
        alert.revision(),
        type,
        severity,
        alert.title(),
        alert.firstSeen(),
        alert.test(),
        alert.certificate(),
        issuer,
        rules,
        alert.matchedNames(),
        verdicts,
        sightings,
        alert.detail(),
        alert.links());
  }

  public static Alert seenAt(Alert alert, Sighting... sightings) {
    return with(
        alert,
        alert.severity(),
        alert.type(),
        alert.issuer(),
        alert.rules(),
        alert.verdicts(),
        List.of(sightings));
  }
}
