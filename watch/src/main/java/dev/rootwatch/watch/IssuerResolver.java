package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.IssuerMatch.Confidence;
import dev.rootwatch.watch.IssuerMatch.MatchedBy;
import dev.rootwatch.watch.authority.AuthorityIndex;
import dev.rootwatch.watch.authority.CaCertificate;
import dev.rootwatch.watch.authority.IssuerSignature;
import dev.rootwatch.watch.authority.IssuerSignature.Result;
import dev.rootwatch.watch.authority.KeyTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who issued a certificate that might be watched. What a log committed to (issuer_key_hash)
 * is believed; of everything else a signature decides: the chain beside a leaf is outside the
 * Merkle tree and can be wrong, names and key identifiers lie. Where no signature can decide, the
 * strongest candidate is named with low confidence: ambiguity fails toward alerting.
 *
 * <p>Runs on matches only. One thread at a time.
 */
final class IssuerResolver {
  /** Longest walk upward from an unknown issuer. */
  private static final int MAX_STEPS = 8;

  private final ExaminerSetup setup;
  private final AuthorityIndex index;
  private final IssuerSignature signatures = new IssuerSignature();

  IssuerResolver(ExaminerSetup setup) {
    this.setup = setup;
    this.index = setup.index();
  }

  /**
   * An issuer.
   *
   * @param path keys from the issuer upward over verified signatures, the issuer first; ends at the
   *     first key that the index knows, if there is one
   * @param number of the path's last key in the index, or {@link KeyTable#ABSENT}
   * @param certificate SHA-256 of the certificate that issued, when it is known
   * @param chainRemark what is wrong with the submitted chain; empty when nothing is
   */
  record Resolved(
      List<Hash> path,
      int number,
      @Nullable Hash certificate,
      String name,
      MatchedBy matchedBy,
      Confidence confidence,
      Result signature,
      String chainRemark) {
    Resolved {
      path = List.copyOf(path);
    }

    Hash key() {
      return path.getFirst();
    }
  }

  /**
   * The issuer of a precertificate entry, whose key the log committed to.
   *
   * @param precertificate DER; null when the log did not give it
   * @param chain the submitted chain, nearest first; may be empty
   */
  Resolved ofCommittedKey(Hash key, byte @Nullable [] precertificate, List<CaCertificate> chain) {
    int at = placeOf(key, chain);
    int number = index.byKey(key);
    byte[] spki =
        number != KeyTable.ABSENT && index.authority(number).spki() != null
            ? index.authority(number).spki()
            : at < 0 ? null : chain.get(at).spki();
    Result signature =
        precertificate == null ? Result.UNCHECKED : signature(precertificate, spki, chain);
    List<Hash> path = new ArrayList<>(List.of(key));
    if (number == KeyTable.ABSENT && at >= 0) {
      number = climb(chain, at, path);
    }
    String remark =
        chain.isEmpty() || at >= 0 || isPrecertificateSigner(chain.getFirst())
            ? ""
            : "the submitted chain does not hold the key that the log committed to";
    return new Resolved(
        path,
        number,
        at < 0 ? null : chain.get(at).sha256(),
        name(key, at < 0 ? null : chain.get(at)),
        MatchedBy.KEY,
        Confidence.HIGH,
        signature,
        remark);
  }

  /** A precertificate may be signed by a certificate made for that (RFC 6962 section 3.1). */
  private Result signature(
      byte[] precertificate, byte @Nullable [] spki, List<CaCertificate> chain) {
    Result direct = signatures.check(precertificate, spki);
    if (direct == Result.VALID || spki == null || chain.isEmpty()) {
      return direct;
    }
    CaCertificate signer = chain.getFirst();
    boolean throughSigner =
        isPrecertificateSigner(signer)
            && signatures.check(signer.der(), spki) == Result.VALID
            && signatures.check(precertificate, signer.spki()) == Result.VALID;
    return throughSigner ? Result.VALID : direct;
  }

  static boolean isPrecertificateSigner(CaCertificate certificate) {
    return ScannedCertificate.ofCertificate(certificate.der())
        .map(ScannedCertificate::isPrecertificateSigner)
        .orElse(false);
  }

  /**
   * The issuer of a certificate.
   *
   * @param chain the submitted chain, nearest first; may be empty
   * @param byFingerprint whether the chain was named by fingerprints, which is then what matched
   * @return empty when there is no candidate at all
   */
  Optional<Resolved> ofCertificate(
      ScannedCertificate certificate, List<CaCertificate> chain, boolean byFingerprint) {
    byte[] der = certificate.bytes();
    if (certificate.subjectIsIssuer()
        && signatures.check(der, certificate.spki()) == Result.VALID) {
      return Optional.of(selfSigned(certificate));
    }
    MatchedBy chainMatch = byFingerprint ? MatchedBy.FINGERPRINT : MatchedBy.KEY;
    Result first = Result.UNCHECKED;
    String remark = "";
    if (!chain.isEmpty()) {
      CaCertificate issuer = chain.getFirst();
      first = signatures.check(der, issuer.spki());
      if (first == Result.VALID) {
        return Optional.of(ofChain(chain, chainMatch, Confidence.HIGH, first, ""));
      }
      remark = "the first certificate of the submitted chain did not sign this one";
    }
    Optional<Resolved> named = named(certificate, remark);
    boolean chainIsKnown =
        !chain.isEmpty() && index.byKey(chain.getFirst().spkiSha256()) != KeyTable.ABSENT;
    if (named.isPresent()
        && (named.get().signature() == Result.VALID || chain.isEmpty() || !chainIsKnown)) {
      return named;
    }
    return chain.isEmpty()
        ? named
        : Optional.of(ofChain(chain, chainMatch, Confidence.LOW, first, remark));
  }

  private Resolved selfSigned(ScannedCertificate certificate) {
    Hash key = certificate.spkiSha256();
    return new Resolved(
        List.of(key),
        index.byKey(key),
        Hash.sha256(certificate.bytes()),
        name(key, CaCertificate.of(certificate.bytes()).orElse(null)),
        MatchedBy.KEY,
        Confidence.HIGH,
        Result.VALID,
        "");
  }

  private Resolved ofChain(
      List<CaCertificate> chain,
      MatchedBy matchedBy,
      Confidence confidence,
      Result signature,
      String remark) {
    CaCertificate issuer = chain.getFirst();
    List<Hash> path = new ArrayList<>(List.of(issuer.spkiSha256()));
    int number = index.byKey(issuer.spkiSha256());
    if (number == KeyTable.ABSENT && signature == Result.VALID) {
      number = climb(chain, 0, path);
    }
    return new Resolved(
        path,
        number,
        issuer.sha256(),
        name(issuer.spkiSha256(), issuer),
        matchedBy,
        confidence,
        signature,
        remark);
  }

  /** Candidates by authority key identifier, then by name. */
  private Optional<Resolved> named(ScannedCertificate certificate, String remark) {
    var scan = certificate.scan();
    int[] byKeyId =
        scan.akiOffset() < 0
            ? new int[0]
            : index.byKeyId(certificate.bytes(), scan.akiOffset(), scan.akiLength());
    int[] byName = index.byName(certificate.bytes(), scan.issuerOffset(), scan.issuerLength());
    Resolved best = null;
    for (int number : byKeyId) {
      best = better(best, candidate(certificate, number, MatchedBy.AKI, remark));
    }
    for (int number : byName) {
      best = better(best, candidate(certificate, number, MatchedBy.DN, remark));
    }
    return Optional.ofNullable(best);
  }

  private Resolved candidate(
      ScannedCertificate certificate, int number, MatchedBy matchedBy, String remark) {
    AuthorityIndex.Authority authority = index.authority(number);
    Result signature = signatures.check(certificate.bytes(), authority.spki());
    return new Resolved(
        List.of(authority.key()),
        number,
        null,
        authority.name(),
        matchedBy,
        signature == Result.VALID ? Confidence.HIGH : Confidence.LOW,
        signature,
        remark);
  }

  /** A valid signature decides; else an unchecked candidate is better than a refuted one. */
  private static Resolved better(@Nullable Resolved best, Resolved candidate) {
    if (best == null || best.signature() == Result.VALID) {
      return best == null ? candidate : best;
    }
    boolean decides = candidate.signature() == Result.VALID;
    boolean lessRefuted =
        best.signature() == Result.INVALID && candidate.signature() == Result.UNCHECKED;
    return decides || lessRefuted ? candidate : best;
  }

  /**
   * Walks up the submitted chain from an issuer that the index does not know, over verified
   * signatures, to the first key that it knows. Stops at a key that a program includes as a root of
   * its own: what a watched CA cross-signed is not its issuance.
   *
   * @param path gets the keys passed; ends with the key found
   * @return the number of the key found, or {@link KeyTable#ABSENT}
   */
  private int climb(List<CaCertificate> chain, int from, List<Hash> path) {
    CaCertificate current = chain.get(from);
    for (int step = 0; step < MAX_STEPS; step++) {
      if (setup.owners().isIncludedRoot(current.spkiSha256())
          || setup.catalog().isSomebodyElses(current.spkiSha256())) {
        return KeyTable.ABSENT;
      }
      int next = from + 1 + step;
      CaCertificate above = next < chain.size() ? chain.get(next) : null;
      if (above == null || signatures.check(current.der(), above.spki()) != Result.VALID) {
        return climbByName(current, path);
      }
      if (path.contains(above.spkiSha256())) {
        return KeyTable.ABSENT;
      }
      path.add(above.spkiSha256());
      int number = index.byKey(above.spkiSha256());
      if (number != KeyTable.ABSENT) {
        return number;
      }
      current = above;
    }
    return KeyTable.ABSENT;
  }

  /** The chain ends below its root: the root's key may be at hand. */
  private int climbByName(CaCertificate top, List<Hash> path) {
    return ScannedCertificate.ofCertificate(top.der())
        .flatMap(scanned -> named(scanned, ""))
        .filter(found -> found.signature() == Result.VALID && !path.contains(found.key()))
        .map(found -> {
          path.add(found.key());
          return found.number();
        })
        .orElse(KeyTable.ABSENT);
  }

  private String name(Hash key, @Nullable CaCertificate certificate) {
    int number = index.byKey(key);
    if (number != KeyTable.ABSENT && !index.authority(number).name().equals(key.toString())) {
      return index.authority(number).name();
    }
    return certificate == null ? key.toString() : CaCertificate.shortName(certificate.subject());
  }

  private static int placeOf(Hash key, List<CaCertificate> chain) {
    for (int i = 0; i < chain.size(); i++) {
      if (chain.get(i).spkiSha256().equals(key)) {
        return i;
      }
    }
    return -1;
  }
}
