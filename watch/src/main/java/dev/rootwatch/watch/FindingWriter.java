package dev.rootwatch.watch;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.MalformedEntry;
import dev.rootwatch.ct.x509.CanonicalTbs;
import dev.rootwatch.ct.x509.CertificateScanner;
import dev.rootwatch.watch.Examined.MalformedRow;
import dev.rootwatch.watch.IssuerResolver.Resolved;
import dev.rootwatch.watch.Judge.Judgement;
import dev.rootwatch.watch.authority.CaCertificate;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads candidates whole and writes the findings: the second stage of examining. Clarity before
 * speed, as candidates are few. One thread.
 */
final class FindingWriter {
  private final ExaminerSetup setup;
  private final ChainReader chains;
  private final IssuerResolver resolver;
  private final Judge judge;
  private final MalformedSearch search;
  private final MessageDigest sha256 = Hash.newSha256();

  FindingWriter(ExaminerSetup setup, ChainReader chains) {
    this.setup = setup;
    this.chains = chains;
    this.resolver = new IssuerResolver(setup);
    this.judge = new Judge(setup);
    this.search = new MalformedSearch(setup);
  }

  /**
   * Writes a finding when a rule matches entry {@code i} after all.
   *
   * @return what is wrong with the certificate when it cannot be read; else null
   */
  @Nullable MalformedEntry write(CtLog log, EntryWindow window, int i, List<Finding> findings)
      throws InterruptedException {
    LogEntry entry = window.entry(i);
    boolean precertificate = entry.type() == LogEntry.PRECERT;
    byte[] committed = entry.signedCertificate();
    Optional<ScannedCertificate> scanned =
        precertificate
            ? ScannedCertificate.ofTbs(committed)
            : ScannedCertificate.ofCertificate(committed);
    List<CaCertificate> chain = chains.chain(i);
    if (scanned.isEmpty()) {
      MalformedEntry unreadable = unreadable(entry);
      unreadable(log, entry, chain, unreadable, findings);
      return unreadable;
    }
    ScannedCertificate certificate = scanned.get();
    Resolved issuer =
        precertificate
            ? resolver.ofCommittedKey(issuerKeyHash(entry), entry.precertificate(), chain)
            : resolver.ofCertificate(certificate, chain, window.chainIsFingerprints()).orElse(null);
    Instant seen = Instant.ofEpochMilli(entry.timestamp());
    Judgement judgement =
        judge.judge(
            certificate,
            issuer,
            seen,
            precertificate ? seen : earliest(certificate.scts()),
            setup.clock().instant());
    Severity severity = judgement.severity();
    if (severity == null) {
      return null; // the candidate was none: refuted by a signature, or its issuer is allowed
    }
    Map<String, String> detail = new TreeMap<>();
    CertificateFacts facts = facts(entry, certificate, detail);
    remark(certificate, issuer, judgement, detail);
    findings.add(
        new Finding(
            judgement.type(),
            severity,
            facts,
            judgement.issuer(),
            judgement.ruleIds(),
            judgement.matchedNames(),
            judgement.verdicts(),
            judgement.backdating(),
            log,
            entry.index(),
            entry.timestamp(),
            entry.leafHash(),
            detail));
    return null;
  }

  static Hash issuerKeyHash(LogEntry entry) {
    Hash hash = entry.issuerKeyHash();
    if (hash == null) {
      throw new IllegalStateException("a precertificate entry has an issuer_key_hash: " + entry);
    }
    return hash;
  }

  static @Nullable Instant earliest(List<Instant> times) {
    return times.stream().min(Comparator.naturalOrder()).orElse(null);
  }

  /** What the log committed to decides; the precertificate beside it is shown, and compared. */
  static CertificateFacts facts(
      LogEntry entry, ScannedCertificate certificate, Map<String, String> detail) {
    byte[] committed = certificate.bytes();
    if (entry.type() != LogEntry.PRECERT) {
      return certificate.facts(
          CertificateFacts.Kind.CERTIFICATE,
          committed,
          CanonicalTbs.hashOfCertificate(committed, 0, committed.length)
              .orElseGet(() -> Hash.sha256(committed)));
    }
    Hash tbs =
        CanonicalTbs.hashOfTbs(committed, 0, committed.length)
            .orElseGet(() -> Hash.sha256(committed));
    byte[] der = entry.precertificate();
    if (der == null) {
      detail.put("precertificate", "the log gave none; der is the TBSCertificate it committed to");
      return certificate.facts(CertificateFacts.Kind.PRECERTIFICATE, committed, tbs);
    }
    boolean same =
        CanonicalTbs.hashOfCertificate(der, 0, der.length).filter(tbs::equals).isPresent();
    if (!same) {
      // Rightly so with a precertificate signing certificate, whose name and key it then bears.
      detail.put("precertificate", "differs from the TBSCertificate that the log committed to");
    }
    return certificate.facts(CertificateFacts.Kind.PRECERTIFICATE, der, tbs);
  }

  private void remark(
      ScannedCertificate certificate,
      @Nullable Resolved issuer,
      Judgement judgement,
      Map<String, String> detail) {
    CertificateScanner scan = certificate.scan();
    if (issuer != null && !issuer.chainRemark().isEmpty()) {
      detail.put("chain", issuer.chainRemark());
    }
    if (!scan.damaged().isEmpty()) {
      detail.put("damaged", scan.damaged() + " at byte " + scan.damagedOffset());
    }
    if (scan.truncated()) {
      detail.put("names", "more than " + CertificateScanner.MAX_NAMES + "; not all are listed");
    }
    if (judgement.type() == FindingType.NEW_SUBORDINATE && scan.spkiOffset() >= 0) {
      Hash key = certificate.spkiSha256();
      detail.put("subjectSpkiSha256", key.toString());
      detail.put(
          "catalog", setup.catalog().key(key).isPresent() ? "known subordinate" : "not in catalog");
      if (setup.owners().isIncludedRoot(key)) {
        detail.put("crossSigned", "the key is a root of its own in some program");
      }
    }
    if (judgement.crossSign() && scan.spkiOffset() >= 0) {
      detail.put("subjectSpkiSha256", certificate.spkiSha256().toString());
    }
  }

  // --- what cannot be read

  static MalformedEntry unreadable(LogEntry entry) {
    CertificateScanner scan = new CertificateScanner();
    byte[] bytes = entry.signedCertificate();
    boolean read =
        entry.type() == LogEntry.PRECERT
            ? scan.scanTbs(bytes, 0, bytes.length)
            : scan.scanCertificate(bytes, 0, bytes.length);
    return new MalformedEntry(
        entry.index(),
        Math.max(0, scan.errorOffset()),
        "certificate: " + (read ? "not readable" : scan.error()));
  }

  /** A readable entry around a certificate that is not: keys first, then anything inside. */
  private void unreadable(
      CtLog log,
      LogEntry entry,
      List<CaCertificate> chain,
      MalformedEntry error,
      List<Finding> findings) {
    Hash key = entry.issuerKeyHash();
    Resolved issuer =
        key == null ? null : resolver.ofCommittedKey(key, entry.precertificate(), chain);
    byte[] bytes = entry.signedCertificate();
    MalformedSearch.Found found = search.search(bytes, 0, bytes.length);
    if (issuer != null && setup.isWatched(issuer.number())) {
      found.addKey(issuer.number());
    }
    for (CaCertificate certificate : chain) {
      found.addKey(setup.index().byKey(certificate.spkiSha256()));
    }
    finding(log, found, issuer, error, entry.timestamp(), entry.leafHash(), findings);
  }

  void writeMalformed(
      CtLog log, EntryWindow window, int i, MalformedRow row, List<Finding> findings) {
    MalformedSearch.Found found =
        search.search(window.bytes(), window.leafOffset(i), window.leafLength(i));
    finding(
        log,
        found,
        null,
        row.entry(),
        Math.max(0, window.timestamp(i)),
        leafHash(window, i, sha256),
        findings);
  }

  private void finding(
      CtLog log,
      MalformedSearch.Found found,
      @Nullable Resolved issuer,
      MalformedEntry error,
      long timestamp,
      Hash leafHash,
      List<Finding> findings) {
    List<Rule> rules = found.rules();
    Optional<Severity> severity =
        rules.stream()
            .map(rule -> rule.severity(FindingType.MALFORMED_ENTRY))
            .reduce(Severity::max);
    if (severity.isEmpty()) {
      return;
    }
    Map<String, String> detail = new TreeMap<>();
    detail.put("error", error.reason());
    detail.put("offset", Integer.toString(error.offset()));
    detail.put("contains", found.description());
    findings.add(
        new Finding(
            FindingType.MALFORMED_ENTRY,
            severity.get(),
            null,
            issuer == null ? null : judge.match(issuer),
            rules.stream().map(Rule::id).toList(),
            List.of(),
            List.of(),
            null,
            log,
            error.index(),
            timestamp,
            leafHash,
            detail));
  }

  /** The leaf hash of an entry; zeros where a broken tile hides it. */
  static Hash leafHash(EntryWindow window, int i, MessageDigest sha256) {
    byte[] hash = new byte[Hash.BYTES];
    try {
      window.leafHash(i, sha256, hash, 0);
    } catch (IllegalStateException notSupplied) {
      Arrays.fill(hash, (byte) 0);
    }
    return Hash.of(hash);
  }
}
