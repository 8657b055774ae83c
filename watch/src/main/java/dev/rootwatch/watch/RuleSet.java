package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.authority.CaCertificate;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.name.Domain;
import dev.rootwatch.watch.name.DomainTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules in force, compiled to tables: which keys any rule watches and which rules those are,
 * which domains any rule watches and which rules those are. Immutable, shared by all threads.
 */
public final class RuleSet {
  private final List<Rule> rules;
  private final List<Canary> canaries;

  /** Watched keys, numbered. */
  private final KeyTable keys;

  private final List<Hash> keyHashes;

  /** Places in {@code rules} of the rules whose authority means the key with that number. */
  private final int[][] rulesOfKey;

  private final DomainTable domains;

  /** Places in {@code rules}, by number of the domain. */
  private final int[] ruleOfDomain;

  private RuleSet(List<Rule> rules, List<Canary> canaries) {
    this.rules = List.copyOf(rules);
    this.canaries = List.copyOf(canaries);
    Map<Hash, List<Integer>> byKey = new LinkedHashMap<>();
    List<Domain> watched = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    for (int r = 0; r < rules.size(); r++) {
      AuthorityMatch authority = rules.get(r).authority();
      if (authority != null) {
        for (Hash key : authority.keys()) {
          byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(r);
        }
      }
      Domain domain = rules.get(r).domain();
      if (domain != null) {
        watched.add(domain);
        owners.add(r);
      }
    }
    this.keyHashes = List.copyOf(byKey.keySet());
    this.keys = KeyTable.of(keyHashes);
    this.rulesOfKey =
        byKey.values().stream()
            .map(places -> places.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    this.domains = DomainTable.of(watched);
    this.ruleOfDomain = owners.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Makes rules of what the operator wrote.
   *
   * @param files reads what {@code pem:FILE} names
   * @throws RuleException when some cannot be used, or two share an id; says all that is wrong
   */
  public static RuleSet parse(
      List<RuleSpec> specs, Catalog catalog, OwnerTable owners, Catalog.FileReader files)
      throws RuleException {
    RuleReader reader = new RuleReader(catalog, owners, files);
    return new RuleSet(reader.read(specs), reader.canaries());
  }

  /** The one rule that holds when none is configured: id {@code catalog}, {@code catalog:*}. */
  public static RuleSet standard(Catalog catalog, OwnerTable owners) {
    try {
      return parse(
          List.of(RuleSpec.ofAuthority("catalog", "catalog:*")),
          catalog,
          owners,
          name -> {
            throw new IOException("no file is needed: " + name);
          });
    } catch (RuleException e) {
      throw new IllegalStateException("the standard rule is sound", e);
    }
  }

  /** The one rule {@code catalog} of {@code check}: {@code catalog:*} and every family. */
  public static RuleSet ofCheck(Catalog catalog, OwnerTable owners) {
    return new RuleSet(
        List.of(
            new Rule(
                "catalog",
                AuthorityMatch.wholeCatalog(catalog, owners),
                null,
                null,
                KeyTable.of(List.of()),
                null,
                RuleScope.ALL,
                KnownCertificates.NONE,
                null)),
        List.of());
  }

  /** Rules of which only the silence is told. */
  public List<Canary> canaries() {
    return canaries;
  }

  /** Rules that find something. */
  public List<Rule> rules() {
    return rules;
  }

  KeyTable keys() {
    return keys;
  }

  List<Hash> keyHashes() {
    return keyHashes;
  }

  int[] rulesOfKey(int key) {
    return rulesOfKey[key];
  }

  DomainTable domains() {
    return domains;
  }

  int ruleOfDomain(int domain) {
    return ruleOfDomain[domain];
  }

  /** Patterns of the rules that look for names of CAs and for nothing else. */
  List<NamePattern> namesAlone() {
    List<NamePattern> patterns = new ArrayList<>();
    for (Rule rule : rules) {
      NamePattern names = rule.names();
      if (names != null && rule.domain() == null) {
        patterns.add(names);
      }
    }
    return patterns;
  }

  boolean hasAuthorityRules() {
    return keys.size() > 0;
  }

  /** Certificates that came with the rules. */
  List<CaCertificate> certificates() {
    List<CaCertificate> certificates = new ArrayList<>();
    for (Rule rule : rules) {
      AuthorityMatch authority = rule.authority();
      if (authority != null) {
        certificates.addAll(authority.certificates());
      }
    }
    return certificates;
  }
}
