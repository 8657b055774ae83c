package dev.rootwatch.watch;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.MalformedEntry;
import dev.rootwatch.ct.x509.CanonicalTbs;
import dev.rootwatch.ct.x509.CertificateScanner;
import dev.rootwatch.ct.x509.PrecertificateAgreement;
import dev.rootwatch.watch.Examined.MalformedRow;
import dev.rootwatch.watch.IssuerResolver.Resolved;
import dev.rootwatch.watch.Judge.Judgement;
import dev.rootwatch.watch.authority.CaCertificate;
import dev.rootwatch.watch.authority.KeyTable;
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
  private int checksLeft;
  private final MessageDigest sha256 = Hash.newSha256();
  private final Map<String, Long> known = new TreeMap<>();

  FindingWriter(ExaminerSetup setup, ChainReader chains) {
    this.setup = setup;
    this.chains = chains;
    this.resolver = new IssuerResolver(setup);
    this.judge = new Judge(setup);
    this.search = new MalformedSearch(setup);
  }

  /**
   * A window begins.
   *
   * @param checks how many signatures may be checked for strangers' chains
   */
  void begin(int checks) {
    checksLeft = checks;
  }

  /**
   * Whether there are checks left for entry {@code i}, if it is one whose issuer only a chain can
   * connect to anybody.
   */
  boolean canDecide(EntryWindow window, int i) throws InterruptedException {
    return checksLeft > 0 || !isStrangers(window, i, chains.chain(i));
  }

  private boolean isStrangers(EntryWindow window, int i, List<CaCertificate> chain) {
    if (window.type(i) == LogEntry.PRECERT) {
      return isStranger(Hash.copyOf(window.bytes(), window.issuerKeyHashOffset(i)));
    }
    return !chain.isEmpty() && isStranger(chain.getFirst().spkiSha256());
  }

  private boolean isStranger(Hash key) {
    int learned = setup.graph().find(key);
    return setup.index().byKey(key) == KeyTable.ABSENT
        && setup.owners().find(key.toBytes(), 0) == KeyTable.ABSENT
        && (learned == KeyTable.ABSENT || !setup.graph().isWatched(learned));
  }

  /**
   * Writes a finding when a rule matches entry {@code i} after all.
   *
   * @return what is wrong with the certificate when it cannot be read; else null
   */
  @Nullable MalformedEntry write(CtLog log, EntryWindow window, int i, List<Finding> findings)
      throws InterruptedException {
    List<CaCertificate> chain = chains.chain(i);
    boolean strangers = isStrangers(window, i, chain);
    long before = resolver.checks();
    MalformedEntry unreadable = decide(log, window, i, chain, findings);
    if (strangers) {
      checksLeft -= (int) (resolver.checks() - before);
    }
    return unreadable;
  }

  private @Nullable MalformedEntry decide(
      CtLog log, EntryWindow window, int i, List<CaCertificate> chain, List<Finding> findings) {
    LogEntry entry = window.entry(i);
    boolean precertificate = entry.type() == LogEntry.PRECERT;
    byte[] committed = entry.signedCertificate();
    Optional<ScannedCertificate> scanned =
        precertificate
            ? ScannedCertificate.ofTbs(committed)
            : ScannedCertificate.ofCertificate(committed);
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
    byte[] signed = precertificate ? entry.precertificate() : committed;
    if (issuer != null && signed != null && certificate.scan().isCa()) {
      resolver.learn(signed, issuer);
    }
    Instant seen = Instant.ofEpochMilli(entry.timestamp());
    Map<String, String> detail = new TreeMap<>();
    CertificateFacts facts = facts(entry, certificate, detail);
    Judgement judgement =
        judge.judge(
            certificate,
            facts,
            issuer,
            seen,
            precertificate ? seen : earliest(certificate.scts()),
            setup.clock().instant());
    judgement.silent().forEach(rule -> known.merge(rule.id(), 1L, Long::sum));
    boolean mismatch = isMismatch(entry, chain, detail);
    Severity severity = judgement.severity();
    if (severity == null) {
      if (mismatch) {
        findings.add(mismatch(log, entry, facts, chain, judgement, detail));
      }
      return null; // else the candidate was none: refuted by a signature, or its issuer is allowed
    }
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
            detail,
            judgement.waitsForDigest()));
    return null;
  }

  /**
   * How many certificates each rule kept to itself since this was last asked, because the operator
   * knows them.
   */
  Map<String, Long> takeKnown() {
    Map<String, Long> taken = new TreeMap<>(known);
    known.clear();
    return taken;
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

  /** What the log committed to decides; the precertificate beside it is shown. */
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
    return certificate.facts(CertificateFacts.Kind.PRECERTIFICATE, der, tbs);
  }

  // --- a precertificate that is not what the log committed to

  /** Whether the precertificate beside the leaf is another certificate, and says so. */
  private static boolean isMismatch(
      LogEntry entry, List<CaCertificate> chain, Map<String, String> detail) {
    byte[] der = entry.precertificate();
    if (entry.type() != LogEntry.PRECERT || der == null) {
      return false;
    }
    String difference =
        switch (agreement(entry.signedCertificate(), der)) {
          case SAME, TBS_UNREADABLE -> "";
          // A signing certificate's name and key stand in the precertificate alone.
          case OTHER_ISSUER ->
              chain.isEmpty() || IssuerResolver.isPrecertificateSigner(chain.getFirst())
                  ? ""
                  : "names another issuer than the TBSCertificate that the log committed to";
          case DIFFERENT -> "differs from the TBSCertificate that the log committed to";
          case PRECERTIFICATE_UNREADABLE -> "cannot be read";
        };
    if (difference.isEmpty()) {
      return false;
    }
    detail.put("precertificate", difference);
    return true;
  }

  private static PrecertificateAgreement agreement(byte[] tbs, byte[] precertificate) {
    byte[] both = Arrays.copyOf(tbs, tbs.length + precertificate.length);
    System.arraycopy(precertificate, 0, both, tbs.length, precertificate.length);
    return PrecertificateAgreement.of(both, 0, tbs.length, tbs.length, precertificate.length);
  }

  /** No rule matches what the log committed to; one may match what it shows instead. */
  private Finding mismatch(
      CtLog log,
      LogEntry entry,
      CertificateFacts facts,
      List<CaCertificate> chain,
      Judgement committed,
      Map<String, String> detail) {
    Optional<ScannedCertificate> shown =
        Optional.ofNullable(entry.precertificate()).flatMap(ScannedCertificate::ofCertificate);
    List<String> rules = List.of();
    List<String> names = List.of();
    Severity severity = Severity.MEDIUM;
    if (shown.isPresent()) {
      Instant seen = Instant.ofEpochMilli(entry.timestamp());
      Resolved issuer = resolver.ofCertificate(shown.get(), chain, false).orElse(null);
      Hash tbs = tbsSha256(shown.get());
      Judgement judgement =
          judge.judge(
              shown.get(),
              shown.get().facts(CertificateFacts.Kind.PRECERTIFICATE, shown.get().bytes(), tbs),
              issuer,
              seen,
              seen,
              setup.clock().instant());
      rules = judgement.ruleIds();
      names = judgement.matchedNames();
      Severity asked = judgement.severity();
      severity = asked == null ? severity : severity.max(asked);
      detail.put("shownTbsSha256", tbs.toString());
    }
    return new Finding(
        FindingType.PRECERTIFICATE_MISMATCH,
        severity,
        facts,
        committed.issuer(),
        rules,
        names,
        committed.verdicts(),
        committed.backdating(),
        log,
        entry.index(),
        entry.timestamp(),
        entry.leafHash(),
        detail,
        false);
  }

  private static Hash tbsSha256(ScannedCertificate certificate) {
    byte[] der = certificate.bytes();
    return CanonicalTbs.hashOfCertificate(der, 0, der.length).orElseGet(() -> Hash.sha256(der));
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
    if (NameWalk.hasTooManyOdd(certificate.bytes(), scan)) {
      detail.put(
          "oddNames",
          "more than "
              + NameWalk.MOST_ODD_NAMES
              + " names are no plain host names; the rest counts as watched");
    }
    if (judgement.type() == FindingType.NEW_SUBORDINATE && scan.spkiOffset() >= 0) {
      Hash key = certificate.spkiSha256();
      detail.put("subjectSpkiSha256", key.toString());
      detail.put(
          "catalog", setup.catalog().key(key).isPresent() ? "known subordinate" : "not in catalog");
    }
    if (judgement.type() == FindingType.CROSS_SIGN && scan.spkiOffset() >= 0) {
      detail.put("subjectSpkiSha256", certificate.spkiSha256().toString());
      if (setup.owners().isIncludedRoot(certificate.spkiSha256())) {
        detail.put("crossSigned", "the key is a root of its own in some program");
      }
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
    MalformedSearch.Found found = search.found();
    search.search(entry.signedCertificate(), found);
    if (entry.precertificate() != null) {
      search.search(entry.precertificate(), found);
    }
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
    MalformedSearch.Found found = search.found();
    search.search(window.bytes(), window.leafOffset(i), window.leafLength(i), found);
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
            detail,
            false));
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
