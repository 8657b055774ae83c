package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.IssuerMatch.Confidence;
import dev.rootwatch.watch.IssuerMatch.MatchedBy;
import dev.rootwatch.watch.authority.AuthorityGraph;
import dev.rootwatch.watch.authority.AuthorityIndex;
import dev.rootwatch.watch.authority.CaCertificate;
import dev.rootwatch.watch.authority.IssuerSignature;
import dev.rootwatch.watch.authority.IssuerSignature.Result;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.authority.LearnedAuthority;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who issued a certificate that might be watched. What a log committed to (issuer_key_hash)
 * is believed; of everything else a signature decides: the chain beside a leaf is outside the
 * Merkle tree and can be wrong, names and key identifiers lie. Where no signature can decide, the
 * strongest candidate is named with low confidence: ambiguity fails toward alerting.
 *
 * <p>What a walk up a chain proves is learned ({@link AuthorityGraph}), and need not be proven
 * again.
 *
 * <p>Runs on matches only. One thread at a time.
 */
final class IssuerResolver {
  /** Longest walk upward from an unknown issuer. */
  private static final int MAX_STEPS = 8;

  private final ExaminerSetup setup;
  private final AuthorityIndex index;
  private final AuthorityGraph graph;
  private final IssuerSignature signatures = new IssuerSignature();
  private long checks;

  IssuerResolver(ExaminerSetup setup) {
    this.setup = setup;
    this.index = setup.index();
    this.graph = setup.graph();
  }

  /** How many signatures were checked so far. */
  long checks() {
    return checks;
  }

  private Result check(byte[] certificate, byte @Nullable [] spki) {
    checks += spki == null ? 0 : 1;
    return signatures.check(certificate, spki);
  }

  /**
   * An issuer.
   *
   * @param path keys from the issuer upward over verified signatures, the issuer first; ends at the
   *     first key that the index knows, if there is one
   * @param number of the path's last key in the index, or {@link KeyTable#ABSENT}
   * @param certificate SHA-256 of the certificate that issued, when it is known
   * @param chainRemark what is wrong with the submitted chain; empty when nothing is
   * @param otherPaths further paths that were learned, each as the first one
   */
  record Resolved(
      List<Hash> path,
      int number,
      @Nullable Hash certificate,
      String name,
      MatchedBy matchedBy,
      Confidence confidence,
      Result signature,
      String chainRemark,
      List<List<Hash>> otherPaths) {
    Resolved {
      path = List.copyOf(path);
      otherPaths = List.copyOf(otherPaths);
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
    Above above = above(key, chain, at);
    int number = above.number();
    byte[] spki = at >= 0 ? chain.get(at).spki() : spkiAtHand(key);
    Result signature =
        precertificate == null ? Result.UNCHECKED : signature(precertificate, spki, chain);
    String remark =
        chain.isEmpty() || at >= 0 || isPrecertificateSigner(chain.getFirst())
            ? ""
            : "the submitted chain does not hold the key that the log committed to";
    return new Resolved(
        above.path(),
        number,
        at < 0 ? null : chain.get(at).sha256(),
        name(key, at < 0 ? null : chain.get(at)),
        MatchedBy.KEY,
        Confidence.HIGH,
        signature,
        remark,
        above.otherPaths());
  }

  private byte @Nullable [] spkiAtHand(Hash key) {
    int number = index.byKey(key);
    if (number != KeyTable.ABSENT) {
      return index.authority(number).spki();
    }
    int learned = graph.find(key);
    return learned == KeyTable.ABSENT ? null : graph.authority(learned).spki();
  }

  /**
   * Where a key leads.
   *
   * @param path from the key upward, ends with one that the index knows, if there is one
   * @param number of that one, or {@link KeyTable#ABSENT}
   */
  private record Above(List<Hash> path, int number, List<List<Hash>> otherPaths) {}

  /**
   * By what is known and what was learned; else by the chain, in which the key stands at a place.
   */
  private Above above(Hash key, List<CaCertificate> chain, int at) {
    List<Hash> path = new ArrayList<>(List.of(key));
    int number = index.byKey(key);
    if (number != KeyTable.ABSENT) {
      return new Above(path, number, List.of());
    }
    int learned = graph.find(key);
    if (at >= 0 && (learned == KeyTable.ABSENT || !graph.isWatched(learned))) {
      number = climb(chain, at, path);
      learned = graph.find(key);
    }
    boolean further =
        learned != KeyTable.ABSENT && setup.isWatched(number) && !graph.isWatched(learned);
    if (learned == KeyTable.ABSENT || further) { // there is no room for what the chain proved
      return new Above(path, number, List.of());
    }
    List<List<Hash>> paths = graph.paths(learned);
    Hash end = paths.getFirst().getLast();
    return new Above(paths.getFirst(), index.byKey(end), paths.subList(1, paths.size()));
  }

  /** A precertificate may be signed by a certificate made for that (RFC 6962 section 3.1). */
  private Result signature(
      byte[] precertificate, byte @Nullable [] spki, List<CaCertificate> chain) {
    Result direct = check(precertificate, spki);
    if (direct == Result.VALID || spki == null || chain.isEmpty()) {
      return direct;
    }
    CaCertificate signer = chain.getFirst();
    boolean throughSigner =
        isPrecertificateSigner(signer)
            && check(signer.der(), spki) == Result.VALID
            && check(precertificate, signer.spki()) == Result.VALID;
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
    if (certificate.subjectIsIssuer() && check(der, certificate.spki()) == Result.VALID) {
      return Optional.of(selfSigned(certificate));
    }
    MatchedBy chainMatch = byFingerprint ? MatchedBy.FINGERPRINT : MatchedBy.KEY;
    Result first = Result.UNCHECKED;
    String remark = "";
    if (!chain.isEmpty()) {
      CaCertificate issuer = chain.getFirst();
      first = check(der, issuer.spki());
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
        "",
        List.of());
  }

  private Resolved ofChain(
      List<CaCertificate> chain,
      MatchedBy matchedBy,
      Confidence confidence,
      Result signature,
      String remark) {
    CaCertificate issuer = chain.getFirst();
    // A stranger's word that a chain is the leaf's leads nowhere; only its signature does.
    Above above =
        signature == Result.VALID
            ? above(issuer.spkiSha256(), chain, 0)
            : new Above(List.of(issuer.spkiSha256()), index.byKey(issuer.spkiSha256()), List.of());
    return new Resolved(
        above.path(),
        above.number(),
        issuer.sha256(),
        name(issuer.spkiSha256(), issuer),
        matchedBy,
        confidence,
        signature,
        remark,
        above.otherPaths());
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
      if (!contains(byKeyId, number)) {
        best = better(best, candidate(certificate, number, MatchedBy.DN, remark));
      }
    }
    if (best != null && best.signature() == Result.VALID) {
      return Optional.of(best);
    }
    Optional<Resolved> learned = learned(certificate, remark);
    return learned.isPresent() ? learned : Optional.ofNullable(best);
  }

  /** Of who was learned the key is at hand, so that a signature decides. */
  private Optional<Resolved> learned(ScannedCertificate certificate, String remark) {
    var scan = certificate.scan();
    byte[] bytes = certificate.bytes();
    int[] byKeyId =
        scan.akiOffset() < 0
            ? new int[0]
            : graph.byKeyId(bytes, scan.akiOffset(), scan.akiLength());
    int[] byName = graph.byName(bytes, scan.issuerOffset(), scan.issuerLength());
    for (int place : byKeyId) {
      if (check(bytes, graph.authority(place).spki()) == Result.VALID) {
        return Optional.of(learned(place, MatchedBy.AKI, remark));
      }
    }
    for (int place : byName) {
      if (!contains(byKeyId, place)
          && check(bytes, graph.authority(place).spki()) == Result.VALID) {
        return Optional.of(learned(place, MatchedBy.DN, remark));
      }
    }
    return Optional.empty();
  }

  private static boolean contains(int[] places, int place) {
    return Arrays.stream(places).anyMatch(other -> other == place);
  }

  private Resolved learned(int place, MatchedBy matchedBy, String remark) {
    AuthorityGraph.Authority authority = graph.authority(place);
    List<List<Hash>> paths = graph.paths(place);
    return new Resolved(
        paths.getFirst(),
        index.byKey(paths.getFirst().getLast()),
        null,
        authority.name(),
        matchedBy,
        Confidence.HIGH,
        Result.VALID,
        remark,
        paths.subList(1, paths.size()));
  }

  private Resolved candidate(
      ScannedCertificate certificate, int number, MatchedBy matchedBy, String remark) {
    AuthorityIndex.Authority authority = index.authority(number);
    Result signature = check(certificate.bytes(), authority.spki());
    return new Resolved(
        List.of(authority.key()),
        number,
        null,
        authority.name(),
        matchedBy,
        signature == Result.VALID ? Confidence.HIGH : Confidence.LOW,
        signature,
        remark,
        List.of());
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
   * signatures, to the first key that it knows or that was learned, and learns what it passed.
   * Stops at a key that a program includes as a root of its own: what a watched CA cross-signed is
   * not its issuance.
   *
   * @param path gets the keys passed; ends with the key found in the index
   * @return the number of the key found, or {@link KeyTable#ABSENT}
   */
  private int climb(List<CaCertificate> chain, int from, List<Hash> path) {
    List<LearnedAuthority> passed = new ArrayList<>();
    int number = climb(chain, from, path, passed);
    if (number != KeyTable.ABSENT) {
      passed.reversed().forEach(edge -> graph.learn(edge.certificate(), edge.issuerKey()));
    }
    return number;
  }

  private int climb(
      List<CaCertificate> chain, int from, List<Hash> path, List<LearnedAuthority> passed) {
    CaCertificate current = chain.get(from);
    for (int step = 0; step < MAX_STEPS; step++) {
      if (setup.owners().isIncludedRoot(current.spkiSha256())
          || setup.catalog().isSomebodyElses(current.spkiSha256())) {
        return KeyTable.ABSENT;
      }
      int next = from + 1 + step;
      CaCertificate above = next < chain.size() ? chain.get(next) : null;
      if (above == null || check(current.der(), above.spki()) != Result.VALID) {
        return climbByName(current, path, passed);
      }
      if (path.contains(above.spkiSha256())) {
        return KeyTable.ABSENT;
      }
      passed.add(new LearnedAuthority(current, above.spkiSha256()));
      int number = arrived(above.spkiSha256(), path);
      if (number != KeyTable.ABSENT) {
        return number;
      }
      current = above;
    }
    return KeyTable.ABSENT;
  }

  /** Adds a key to the path, and what is above it when that is known or was learned. */
  private int arrived(Hash key, List<Hash> path) {
    int learned = graph.find(key);
    if (index.byKey(key) == KeyTable.ABSENT
        && learned != KeyTable.ABSENT
        && graph.isWatched(learned)) {
      List<Hash> upward = graph.paths(learned).getFirst();
      path.addAll(upward);
      return index.byKey(upward.getLast());
    }
    path.add(key);
    return index.byKey(key);
  }

  /** The chain ends below its root: the root's key may be at hand. */
  private int climbByName(CaCertificate top, List<Hash> path, List<LearnedAuthority> passed) {
    return ScannedCertificate.ofCertificate(top.der())
        .flatMap(scanned -> named(scanned, ""))
        .filter(found -> found.signature() == Result.VALID && !path.contains(found.key()))
        .map(found -> {
          passed.add(new LearnedAuthority(top, found.key()));
          path.addAll(found.path());
          return found.number();
        })
        .orElse(KeyTable.ABSENT);
  }

  /**
   * Learns the CA that a certificate makes of its subject, where its issuer's signature on it is
   * valid.
   *
   * @param der the certificate or precertificate
   */
  void learn(byte[] der, Resolved issuer) {
    if (issuer.signature() == Result.VALID) {
      CaCertificate.of(der).ifPresent(child -> graph.learn(child, issuer.key()));
    }
  }

  private String name(Hash key, @Nullable CaCertificate certificate) {
    int number = index.byKey(key);
    if (number != KeyTable.ABSENT && !index.authority(number).name().equals(key.toString())) {
      return index.authority(number).name();
    }
    int learned = graph.find(key);
    if (certificate == null && learned != KeyTable.ABSENT) {
      return graph.authority(learned).name();
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
