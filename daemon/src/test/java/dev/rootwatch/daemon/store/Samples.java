package dev.rootwatch.daemon.store;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.CertificateInfo;
import dev.rootwatch.alert.IssuerInfo;
import dev.rootwatch.alert.Links;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.alert.Sighting;
import dev.rootwatch.alert.Sighting.Verification;
import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogId;
import dev.rootwatch.ct.LogKey;
import dev.rootwatch.ct.LogProtocol;
import dev.rootwatch.ct.SignedTreeHead;
import dev.rootwatch.ct.merkle.CompactRange;
import dev.rootwatch.ct.wire.MalformedEntry;
import dev.rootwatch.testlog.MintedCa;
import dev.rootwatch.testlog.Seed;
import dev.rootwatch.watch.Examined.MalformedRow;
import dev.rootwatch.watch.Examined.TallyRow;
import dev.rootwatch.watch.authority.LearnedAuthority;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Values to store. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final CtLog LOG = log("One");
  static final CtLog OTHER_LOG = log("Two");

  private Samples() {}

  static CtLog log(String name) {
    return CtLog.custom(
        name,
        URI.create("http://127.0.0.1:1/" + name.toLowerCase(java.util.Locale.ROOT) + "/"),
        LogProtocol.RFC6962,
        LogKey.ofSpki(newKey().getPublic().getEncoded()));
  }

  static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static Hash hash(String of) {
    return Hash.sha256(of.getBytes(StandardCharsets.UTF_8));
  }

  /** The leaf hash of entry {@code index} in every sample log. */
  static Hash leaf(long index) {
    return hash("leaf " + index);
  }

  static CompactRange leaves(long from, long to) {
    CompactRange range = CompactRange.emptyAt(from);
    for (long i = from; i < to; i++) {
      range = range.append(CompactRange.ofLeaf(i, leaf(i)));
    }
    return range;
  }

  static SignedTreeHead head(LogId log, long size) {
    return head(log, size, leaves(0, size).root(), NOW);
  }

  static SignedTreeHead head(LogId log, long size, Hash root, Instant at) {
    return new SignedTreeHead(log, size, root, at.toEpochMilli(), new byte[] {1, 2, 3});
  }

  static TallyRow tally(String issuer, long hour, long count, long first, long last) {
    return new TallyRow(hash(issuer), hour * 3_600_000L, count, first, last, "unknown");
  }

  /** The key of a CA that was learned. */
  static LearnedAuthority learned(String name) {
    byte[] der = MintedCa.root(new Seed(1), "CN=" + name).certificate();
    return LearnedAuthority.ofStored(der, hash("issuer of " + name)).orElseThrow();
  }

  /** Issuance of a learned key, from before it was. */
  static TallyRow tally(LearnedAuthority issuer, long hour, long count, long first, long last) {
    return new TallyRow(issuer.key(), hour * 3_600_000L, count, first, last, "unknown");
  }

  static MalformedRow malformed(long index) {
    return new MalformedRow(
        new MalformedEntry(index, 7, "length 9 beyond the end"), leaf(index), new byte[] {1, 2});
  }

  static String alertId(String name) {
    return hash("alert " + name).toString();
  }

  static Sighting sighting(CtLog log, long index) {
    return new Sighting(
        new Sighting.Log(log.id().toString(), log.name(), log.url().toString()),
        index,
        NOW.plusSeconds(index),
        Verification.PENDING);
  }

  /** A certificate alert of rule {@code rule}, seen in {@code log} at {@code index}. */
  static Alert alert(String name, String rule, Severity severity, CtLog log, long index) {
    String id = alertId(name);
    return new Alert(
        id,
        1,
        AlertType.WATCHED_AUTHORITY,
        severity,
        "A certificate of " + name,
        NOW.plusMillis(index),
        false,
        new CertificateInfo(
            "precertificate",
            id,
            id,
            "01",
            "CN=" + name,
            "CN=CA",
            NOW,
            NOW,
            List.of(name),
            false,
            "AA=="),
        new IssuerInfo(id, "key", "high", "trustcor", null, "CA", "valid", List.of()),
        List.of(rule),
        List.of(),
        List.of(),
        List.of(sighting(log, index)),
        Map.of(),
        Links.NONE);
  }

  static Alert alert(String name, CtLog log, long index) {
    return alert(name, "catalog", Severity.HIGH, log, index);
  }

  /** An alert about a log. */
  static Alert logAlert(CtLog log, Instant start) {
    return new Alert(
        hash("log-stale" + log.id() + start).toString(),
        1,
        AlertType.LOG_STALE,
        Severity.MEDIUM,
        "No new head",
        start,
        false,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of("log", log.id().toString()),
        Links.NONE);
  }
}
