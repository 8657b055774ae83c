package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.AuthorityIndex;
import dev.rootwatch.watch.authority.CaCertificate;
import dev.rootwatch.watch.authority.IssuerMemory;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogCertificate;
import dev.rootwatch.watch.distrust.CatalogKey;
import dev.rootwatch.watch.distrust.Family;
import dev.rootwatch.watch.distrust.Inclusion;
import dev.rootwatch.watch.distrust.Verdicts;
import java.time.InstantSource;

/**
 * What every examiner shares: catalog, rules and look-up tables, compiled once per configuration.
 * Any number of threads; immutable but for what is remembered of issuers' certificates.
 */
public final class ExaminerSetup {
  private final Catalog catalog;
  private final RuleSet rules;
  private final OwnerTable owners;
  private final AuthorityLabels labels;
  private final InstantSource clock;
  private final AuthorityIndex index;
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

  AuthorityLabels labels() {
    return labels;
  }

  InstantSource clock() {
    return clock;
  }

  AuthorityIndex index() {
    return index;
  }

  Verdicts verdicts() {
    return verdicts;
  }

  IssuerMemory memory() {
    return memory;
  }

  /** Whether some rule's authority means the authority with this number of the index. */
  boolean isWatched(int number) {
    return number >= 0 && number < rules.keyHashes().size();
  }
}
