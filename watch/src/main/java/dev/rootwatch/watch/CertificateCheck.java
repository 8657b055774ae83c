package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.LogEntry;
import dev.rootwatch.ct.wire.EntryWindow;
import dev.rootwatch.ct.wire.MalformedEntry;
import dev.rootwatch.ct.x509.CanonicalTbs;
import dev.rootwatch.ct.x509.CertificateScanner;
import dev.rootwatch.watch.IssuerResolver.Resolved;
import dev.rootwatch.watch.Judge.Judgement;
import dev.rootwatch.watch.authority.CaCertificate;
import dev.rootwatch.watch.authority.Pem;
import dev.rootwatch.watch.distrust.Backdating;
import dev.rootwatch.watch.distrust.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges certificates from files: the engine of {@code rootwatch check}. One thread at a time.
 *
 * <p>The first certificate of a PEM text is the leaf, the others its chain. A CA certificate is
 * judged by its issuer, a self-signed one by itself. Without a chain the catalog gives candidates,
 * by authority key identifier, then by name.
 */
public final class CertificateCheck {
  private static final byte DER_SEQUENCE = 0x30;

  private final IssuerResolver resolver;
  private final Judge judge;

  public CertificateCheck(ExaminerSetup setup) {
    this.resolver = new IssuerResolver(setup);
    this.judge = new Judge(setup);
  }

  /**
   * One certificate or entry of a file.
   *
   * @param index counts from 0 within the file
   * @param error null when it could be read
   * @param damage what is wrong with a certificate that could be read all the same; null when
   *     nothing is
   * @param certificate null when it could not be read
   * @param issuer null when no candidate is known
   * @param rules ids of the rules that match
   * @param severity null when no rule matches
   * @param verdicts one per program and purpose; empty without an issuer
   * @param backdating null when there is nothing to compare
   * @param reasons rules that match and why, then the nearest that do not and what they lack
   */
  public record Result(
      int index,
      @Nullable ReadError error,
      @Nullable ReadError damage,
      @Nullable CertificateFacts certificate,
      @Nullable IssuerMatch issuer,
      List<String> rules,
      @Nullable Severity severity,
      List<Verdict> verdicts,
      @Nullable Backdating backdating,
      List<RuleReason> reasons) {
    public Result {
      reasons = List.copyOf(reasons);
      rules = List.copyOf(rules);
      verdicts = List.copyOf(verdicts);
    }

    /** The word of {@code status}: ok or malformed. */
    public String status() {
      return error == null ? "ok" : "malformed";
    }

    static Result malformed(int index, int offset, String message) {
      return new Result(
          index,
          new ReadError(offset, message),
          null,
          null,
          null,
          List.of(),
          null,
          List.of(),
          null,
          List.of());
    }
  }

  /**
   * Where and why something could not be read.
   *
   * @param offset bytes from the start of the certificate or entry
   */
  public record ReadError(int offset, String message) {}

  /**
   * Judges what is in a file: a PEM or DER certificate, a PEM chain (leaf first), or the body of a
   * get-entries answer. Malformed content is a result, not an exception.
   *
   * @param file the bytes
   * @param at the instant of the question
   * @param seen the log timestamp of a bare certificate; null when not known
   */
  public List<Result> check(byte[] file, Instant at, @Nullable Instant seen) {
    if (Pem.isPem(file)) {
      return List.of(pem(file, at, seen));
    }
    if (GetEntriesBody.looksLikeOne(file)) {
      return entries(file, at);
    }
    if (file.length == 0 || file[0] != DER_SEQUENCE) {
      return List.of(
          Result.malformed(
              0,
              0,
              "no certificate: neither PEM (-----BEGIN CERTIFICATE-----), nor DER, nor the JSON of"
                  + " get-entries"));
    }
    return List.of(bare(file, List.of(), at, seen));
  }

  // --- bare certificates

  private Result pem(byte[] file, Instant at, @Nullable Instant seen) {
    List<CaCertificate> chain = new ArrayList<>();
    byte[] leaf = null;
    for (Pem.Block block : Pem.certificates(file)) {
      byte[] der = block.der();
      if (leaf == null) {
        if (der == null) {
          return Result.malformed(
              0,
              block.offset(),
              "not base64 between BEGIN CERTIFICATE and END CERTIFICATE, or no END");
        }
        leaf = der;
      } else {
        Optional<CaCertificate> issuer = der == null ? Optional.empty() : CaCertificate.of(der);
        if (issuer.isEmpty()) {
          break; // the chain ends where it cannot be read
        }
        chain.add(issuer.get());
      }
    }
    return leaf == null
        ? Result.malformed(0, 0, "no certificate in it")
        : bare(leaf, chain, at, seen);
  }

  private Result bare(byte[] file, List<CaCertificate> chain, Instant at, @Nullable Instant seen) {
    CertificateScanner scan = new CertificateScanner();
    boolean readable = scan.scanCertificate(file, 0, file.length);
    // What follows the certificate is no part of it, nor of its hash.
    byte[] der = readable ? Arrays.copyOf(file, scan.certificateLength()) : file;
    Optional<ScannedCertificate> scanned = ScannedCertificate.ofCertificate(der);
    if (scanned.isEmpty()) {
      String error = readable ? "not readable" : scan.error();
      return Result.malformed(0, Math.max(0, scan.errorOffset()), error);
    }
    ScannedCertificate certificate = scanned.get();
    boolean precertificate = certificate.scan().hasPoison();
    Resolved issuer = bareIssuer(certificate, chain, precertificate);
    List<Instant> trusted = new ArrayList<>(certificate.scts());
    if (seen != null) {
      trusted.add(seen);
    }
    Hash tbs = CanonicalTbs.hashOfCertificate(der, 0, der.length).orElseGet(() -> Hash.sha256(der));
    CertificateFacts.Kind kind =
        precertificate ? CertificateFacts.Kind.PRECERTIFICATE : CertificateFacts.Kind.CERTIFICATE;
    CertificateFacts facts = certificate.facts(kind, der, tbs);
    Judgement judgement =
        judge.judge(certificate, facts, issuer, seen, FindingWriter.earliest(trusted), at);
    List<RuleReason> reasons = judge.reasons(certificate, facts, issuer, seen, at);
    return result(0, damage(scan), facts, judgement, reasons);
  }

  /** A precertificate may be signed by a precertificate signing certificate: its issuer counts. */
  private @Nullable Resolved bareIssuer(
      ScannedCertificate certificate, List<CaCertificate> chain, boolean precertificate) {
    boolean throughSigner =
        precertificate
            && chain.size() > 1
            && ScannedCertificate.ofCertificate(chain.getFirst().der())
                .map(ScannedCertificate::isPrecertificateSigner)
                .orElse(false);
    return throughSigner
        ? resolver.ofCommittedKey(chain.get(1).spkiSha256(), certificate.bytes(), chain)
        : resolver.ofCertificate(certificate, chain, false).orElse(null);
  }

  private static @Nullable ReadError damage(CertificateScanner scan) {
    return scan.damaged().isEmpty() ? null : new ReadError(scan.damagedOffset(), scan.damaged());
  }

  private static Result result(
      int index,
      @Nullable ReadError damage,
      CertificateFacts facts,
      Judgement judgement,
      List<RuleReason> reasons) {
    return new Result(
        index,
        null,
        damage,
        facts,
        judgement.issuer(),
        judgement.ruleIds(),
        judgement.severity(),
        judgement.verdicts(),
        judgement.backdating(),
        reasons);
  }

  // --- entries

  private List<Result> entries(byte[] body, Instant at) {
    List<Result> results = new ArrayList<>();
    GetEntriesBody.Entries entries = GetEntriesBody.read(body);
    EntryWindow window = entries.window();
    if (window != null) {
      try (window) {
        for (int i = 0; i < window.count(); i++) {
          results.add(entry(window, i, at));
        }
      }
    }
    if (entries.error() != null) {
      results.add(
          Result.malformed(results.size(), entries.error().offset(), entries.error().message()));
    }
    return results;
  }

  private Result entry(EntryWindow window, int i, Instant at) {
    MalformedEntry malformed = window.malformed(i);
    if (malformed != null) {
      return Result.malformed(i, malformed.offset(), malformed.reason());
    }
    LogEntry entry = window.entry(i);
    if (!window.hasCertificate(i)) {
      return Result.malformed(i, 0, "entry type " + entry.type() + " is not known");
    }
    boolean precertificate = entry.type() == LogEntry.PRECERT;
    byte[] committed = entry.signedCertificate();
    Optional<ScannedCertificate> scanned =
        precertificate
            ? ScannedCertificate.ofTbs(committed)
            : ScannedCertificate.ofCertificate(committed);
    if (scanned.isEmpty()) {
      MalformedEntry unreadable = FindingWriter.unreadable(entry);
      return Result.malformed(i, unreadable.offset(), unreadable.reason());
    }
    ScannedCertificate certificate = scanned.get();
    List<CaCertificate> chain = new ArrayList<>();
    for (byte[] der : entry.chain()) {
      Optional<CaCertificate> issuer = CaCertificate.of(der);
      if (issuer.isEmpty()) {
        break;
      }
      chain.add(issuer.get());
    }
    Resolved issuer =
        precertificate
            ? resolver.ofCommittedKey(
                FindingWriter.issuerKeyHash(entry), entry.precertificate(), chain)
            : resolver.ofCertificate(certificate, chain, false).orElse(null);
    Instant seen = Instant.ofEpochMilli(entry.timestamp());
    CertificateFacts facts = FindingWriter.facts(entry, certificate, new TreeMap<>());
    Judgement judgement =
        judge.judge(
            certificate,
            facts,
            issuer,
            seen,
            precertificate ? seen : FindingWriter.earliest(certificate.scts()),
            at);
    List<RuleReason> reasons = judge.reasons(certificate, facts, issuer, seen, at);
    return result(i, damage(certificate.scan()), facts, judgement, reasons);
  }
}
