package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.ct.x509.CertificateScanner;
import dev.rootwatch.watch.authority.AuthorityGraph;
import dev.rootwatch.watch.authority.AuthorityIndex;
import dev.rootwatch.watch.authority.CaCertificate;
import dev.rootwatch.watch.authority.IssuerMemory;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogCertificate;
import dev.rootwatch.watch.distrust.CatalogKey;
import dev.rootwatch.watch.distrust.Family;
import dev.rootwatch.watch.distrust.Inclusion;
import dev.rootwatch.watch.distrust.Verdicts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What every examiner shares: catalog, rules and look-up tables, compiled once per configuration.
 * Any number of threads; immutable but for what is learned of authorities, and remembered of
 * issuers' certificates.
 */
public final class ExaminerSetup {
  private final Catalog catalog;
  private final RuleSet rules;
  private final OwnerTable owners;
  private final AuthorityLabels labels;
  private final InstantSource clock;
  private final AuthorityIndex index;
  private final AuthorityGraph graph;
  private final Verdicts verdicts;
  private final IssuerMemory memory = new IssuerMemory();

  public ExaminerSetup(
      Catalog catalog, RuleSet rules, OwnerTable owners, Inclusion inclusion, InstantSource clock) {
    this.catalog = catalog;
    this.rules = rules;
    this.owners = owners;
    this.labels = AuthorityLabels.of(owners, catalog);
    this.clock = clock;
    this.index = index(catalog, rules);
    this.graph =
        new AuthorityGraph(
            index,
            key -> owners.find(key.toBytes(), 0) != KeyTable.ABSENT || catalog.isSomebodyElses(key),
            this::isWatched,
            AuthorityGraph.Limits.STANDARD);
    this.verdicts = new Verdicts(catalog, inclusion);
  }

  /**
   * Watched keys first, with the numbers that {@link RuleSet#keys} gives them, then the keys of the
   * catalog that no rule watches, which still tell who issued something.
   */
  private static AuthorityIndex index(Catalog catalog, RuleSet rules) {
    AuthorityIndex.Builder index = new AuthorityIndex.Builder();
    for (Hash key : rules.keyHashes()) {
      index.add(key, null, null);
    }
    for (Family family : catalog.families()) {
      for (CatalogKey key : family.keys()) {
        index.add(key.spkiSha256(), key.name(), key.spki());
      }
      for (CatalogCertificate certificate : family.certificates()) {
        int number = index.add(certificate.spkiSha256(), null, null);
        index.certificate(
            number, certificate.sha256(), certificate.subjectNames(), certificate.ski());
      }
    }
    for (CaCertificate certificate : rules.certificates()) {
      int number =
          index.add(
              certificate.spkiSha256(),
              CaCertificate.shortName(certificate.subject()),
              certificate.spki());
      index.certificate(
          number, certificate.sha256(), certificate.subjectNames(), certificate.ski());
    }
    return index.build();
  }

  /** A fresh examiner with scratch of its own; cheap. */
  public Examiner newExaminer() {
    return new Examiner(this);
  }

  Catalog catalog() {
    return catalog;
  }

  RuleSet rules() {
    return rules;
  }

  OwnerTable owners() {
    return owners;
  }

  /**
   * What the key whose SHA-256 stands at {@code offset} is called in metrics. A key that is
   * watched, or was learned, is no stranger; one that was learned later than the given version of
   * the graph still is.
   */
  String labelOf(byte[] bytes, int offset, long graphVersion) {
    String label = labels.of(bytes, offset);
    if (!label.equals(OwnerTable.UNKNOWN)) {
      return label;
    }
    if (rules.keys().find(bytes, offset) != KeyTable.ABSENT) {
      return OwnerTable.OTHER;
    }
    int learned = graph.find(bytes, offset);
    if (learned == KeyTable.ABSENT || graph.since(learned) > graphVersion) {
      return label;
    }
    Hash above = index.authority(graph.authority(learned).number()).key();
    String theirs = labels.of(above.toBytes(), 0);
    return theirs.equals(OwnerTable.UNKNOWN) ? OwnerTable.OTHER : theirs;
  }

  InstantSource clock() {
    return clock;
  }

  AuthorityIndex index() {
    return index;
  }

  /** The authorities that examiners learned of, which they share. */
  public AuthorityGraph graph() {
    return graph;
  }

  /** Every key whose issuance some rule watches, learned ones included. */
  public List<Hash> watchedKeys() {
    List<Hash> keys = new ArrayList<>(rules.keyHashes());
    keys.addAll(graph.watchedKeys());
    return keys;
  }

  Verdicts verdicts() {
    return verdicts;
  }

  IssuerMemory memory() {
    return memory;
  }

  /**
   * Whether a scanned certificate names a watched authority, or one that was learned below such, as
   * its issuer: by key identifier or by name. Whether it is true, a signature decides.
   */
  boolean namesWatchedIssuer(byte[] bytes, CertificateScanner scan) {
    int keyId = scan.akiOffset();
    if (keyId >= 0
        && (anyWatched(index.byKeyId(bytes, keyId, scan.akiLength()))
            || graph.isWatchedKeyId(bytes, keyId, scan.akiLength()))) {
      return true;
    }
    int name = scan.issuerOffset();
    return anyWatched(index.byName(bytes, name, scan.issuerLength()))
        || graph.isWatchedName(bytes, name, scan.issuerLength());
  }

  private boolean anyWatched(int[] numbers) {
    for (int number : numbers) {
      if (isWatched(number)) {
        return true;
      }
    }
    return false;
  }

  /** Whether some rule's authority means the authority with this number of the index. */
  boolean isWatched(int number) {
    return number >= 0 && number < rules.keyHashes().size();
  }
}
