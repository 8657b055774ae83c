package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.IssuerMatch.Confidence;
import dev.rootwatch.watch.IssuerMatch.Reach;
import dev.rootwatch.watch.IssuerResolver.Resolved;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.distrust.Backdating;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogCertificate;
import dev.rootwatch.watch.distrust.Family;
import dev.rootwatch.watch.distrust.Verdict;
import dev.rootwatch.watch.distrust.Verdicts;
import dev.rootwatch.watch.name.DomainTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what is to be said of one certificate whose issuer is resolved: rules, names,
 * verdicts, severity. The examiner and {@link CertificateCheck} say it of the same things in the
 * same way.
 */
final class Judge {
  private final ExaminerSetup setup;
  private final RuleSet rules;
  private final Catalog catalog;

  Judge(ExaminerSetup setup) {
    this.setup = setup;
    this.rules = setup.rules();
    this.catalog = setup.catalog();
  }

  /**
   * What is to be said.
   *
   * @param rules that match, in the order of the configuration
   * @param silent rules that would match, were the certificate not known to the operator
   */
  record Judgement(
      List<Rule> rules,
      List<Rule> silent,
      List<String> matchedNames,
      @Nullable IssuerMatch issuer,
      List<Verdict> verdicts,
      @Nullable Backdating backdating,
      FindingType type) {
    List<String> ruleIds() {
      return rules.stream().map(Rule::id).toList();
    }

    /** Whether people may read of it in a digest: every matching rule must agree. */
    boolean waitsForDigest() {
      return !rules.isEmpty()
          && rules.stream().allMatch(rule -> rule.waitsForDigest(type, verdicts));
    }

    /** The highest that a matching rule asks for; null when none matches. */
    @Nullable Severity severity() {
      return rules.stream().map(rule -> rule.severity(type)).reduce(Severity::max).orElse(null);
    }
  }

  /**
   * Judges a certificate.
   *
   * @param certificate the certificate, or the TBSCertificate of a precertificate entry
   * @param facts the same as people see it
   * @param issuer null when no candidate is known
   * @param seen when a log took it in; null when not known
   * @param earliestTrusted the earliest time known that the CA does not control; null when none is
   */
  Judgement judge(
      ScannedCertificate certificate,
      CertificateFacts facts,
      @Nullable Resolved issuer,
      @Nullable Instant seen,
      @Nullable Instant earliestTrusted,
      Instant asOf) {
    int issuing =
        issuer != null && setup.isWatched(issuer.number()) ? issuer.number() : KeyTable.ABSENT;
    int watched = issuing != KeyTable.ABSENT ? issuing : ownKey(certificate);
    boolean[] domains = new boolean[rules.domains().size()];
    Map<String, boolean[]> names = watchedNames(certificate, domains);
    Questions questions = questions(certificate, issuer, seen, issuing, watched);
    Verdicts.Question question = questions.ofIssuer();
    List<Rule> matching = new ArrayList<>();
    List<Rule> silent = new ArrayList<>();
    for (Rule rule : matching(certificate, watched, domains, issuer)) {
      if (isInScope(rule.scope(), certificate, issuer, questions.ofWatched(), asOf)) {
        boolean known =
            !rule.known().isEmpty() && rule.known().cover(facts, certificate.spkiSha256());
        (known ? silent : matching).add(rule);
      }
    }
    boolean byAuthority =
        setup.isWatched(watched) && matching.stream().anyMatch(rule -> rule.authority() != null);
    boolean byNames = matching.stream().anyMatch(rule -> rule.names() != null);
    boolean namesAlone = byNames && matching.stream().allMatch(rule -> rule.names() != null);
    boolean isCrossSign = issuing == KeyTable.ABSENT && byAuthority;
    List<Verdict> verdicts = List.of();
    Backdating backdating = null;
    if (question != null) {
      Instant instant = instant(matching, asOf);
      verdicts = setup.verdicts().of(question, instant);
      backdating = setup.verdicts().backdating(question, earliestTrusted, instant);
    }
    boolean ofAuthority = byAuthority || byNames;
    FindingType type = type(certificate, issuer, ofAuthority, isCrossSign, verdicts, backdating);
    IssuerMatch match = issuer == null ? null : match(issuer);
    return new Judgement(
        matching,
        silent,
        namesOf(matching, names),
        match == null || !namesAlone ? match : match.byNameAlone(),
        verdicts,
        backdating,
        type);
  }

  /**
   * What programs are asked.
   *
   * @param ofIssuer about the certificate; null when nobody knows who issued it
   * @param ofWatched about the watched key: the same, unless somebody else certified that key
   */
  record Questions(Verdicts.@Nullable Question ofIssuer, Verdicts.@Nullable Question ofWatched) {}

  Questions questions(
      ScannedCertificate certificate,
      @Nullable Resolved issuer,
      @Nullable Instant seen,
      int issuing,
      int watched) {
    Verdicts.Question question = issuer == null ? null : question(certificate, issuer, seen);
    return new Questions(
        question,
        issuing != KeyTable.ABSENT || !setup.isWatched(watched)
            ? question
            : ofOwnKey(certificate, watched));
  }

  /** Rule by rule why it matches, or why not; see {@link #judge}. */
  List<RuleReason> reasons(
      ScannedCertificate certificate,
      CertificateFacts facts,
      @Nullable Resolved issuer,
      @Nullable Instant seen,
      Instant asOf) {
    return new RuleReasons(setup, this, certificate, facts, issuer, seen, asOf).tell();
  }

  /** The number of a CA certificate's own key, when a rule watches it. */
  int ownKey(ScannedCertificate certificate) {
    if (!certificate.scan().isCa() || certificate.scan().spkiOffset() < 0) {
      return KeyTable.ABSENT;
    }
    int number = setup.index().byKey(certificate.spkiSha256());
    return setup.isWatched(number) ? number : KeyTable.ABSENT;
  }

  private List<Rule> matching(
      ScannedCertificate certificate, int watched, boolean[] domains, @Nullable Resolved issuer) {
    boolean[] byAuthority = new boolean[rules.rules().size()];
    if (setup.isWatched(watched)) {
      for (int rule : rules.rulesOfKey(watched)) {
        byAuthority[rule] = true;
      }
    }
    boolean[] byDomain = new boolean[rules.rules().size()];
    for (int d = 0; d < domains.length; d++) {
      byDomain[rules.ruleOfDomain(d)] |= domains[d];
    }
    List<Rule> matching = new ArrayList<>();
    for (int r = 0; r < byAuthority.length; r++) {
      Rule rule = rules.rules().get(r);
      boolean authorityHolds = rule.authority() == null || byAuthority[r];
      boolean domainHolds = rule.domain() == null || (byDomain[r] && !isAllowed(rule, issuer));
      NamePattern names = rule.names();
      boolean nameHolds = names == null || isCalled(names, certificate, issuer);
      if (authorityHolds && domainHolds && nameHolds) {
        matching.add(rule);
      }
    }
    return matching;
  }

  /** Whether the issuer's name, or a CA's own, matches. */
  static boolean isCalled(
      NamePattern pattern, ScannedCertificate certificate, @Nullable Resolved issuer) {
    List<String> names = new ArrayList<>(List.of(certificate.issuer()));
    List<Hash> keys = new ArrayList<>(issuer == null ? List.of() : issuer.path());
    if (certificate.scan().isCa()) {
      names.add(certificate.subject());
      keys.add(certificate.spkiSha256());
    }
    return pattern.matches(names, keys);
  }

  /** Whether what narrows a rule leaves the certificate in. */
  private boolean isInScope(
      RuleScope scope,
      ScannedCertificate certificate,
      @Nullable Resolved issuer,
      Verdicts.@Nullable Question question,
      Instant asOf) {
    if (!scope.serves(certificate.purposes())) {
      return false;
    }
    if (issuer != null && scope.excepts(issuer.path())) {
      return false;
    }
    return isDistrusted(scope, question, asOf);
  }

  /** Whether one of the scope's programs distrusts or restricts. */
  boolean isDistrusted(RuleScope scope, Verdicts.@Nullable Question question, Instant asOf) {
    if (scope.programs().isEmpty() || question == null) {
      return true;
    }
    Instant instant = scope.asOf() == null ? asOf : scope.asOf();
    return scope.isDistrusted(setup.verdicts().of(question, instant));
  }

  /** What programs say of a watched key that somebody else certified. */
  private Verdicts.Question ofOwnKey(ScannedCertificate certificate, int watched) {
    return Verdicts.Question.ofKey(
        setup.index().authority(watched).key(),
        certificate.notBefore(),
        certificate.scts(),
        certificate.purposes());
  }

  /** That of the question, unless every matching rule names one of its own; then the latest. */
  private static Instant instant(List<Rule> matching, Instant asOf) {
    Instant latest = null;
    for (Rule rule : matching) {
      Instant own = rule.scope().asOf();
      if (own == null) {
        return asOf;
      }
      latest = latest == null || own.isAfter(latest) ? own : latest;
    }
    return latest == null ? asOf : latest;
  }

  /** Only a key that the log committed to, or whose signature verifies, is an excuse. */
  static boolean isAllowed(Rule rule, @Nullable Resolved issuer) {
    return issuer != null
        && issuer.confidence() == Confidence.HIGH
        && issuer.path().stream().anyMatch(key -> rule.allows(key.toBytes(), 0));
  }

  /**
   * The certificate's DNS names and common names under a watched domain, each with the domains that
   * it falls under; marks these in {@code domains}, too.
   */
  Map<String, boolean[]> watchedNames(ScannedCertificate certificate, boolean[] domains) {
    DomainTable table = rules.domains();
    if (table.isEmpty()) {
      return Map.of();
    }
    Map<String, boolean[]> watched = new LinkedHashMap<>();
    int[] odd = new int[1];
    NameWalk.each(
        certificate.scan(),
        (type, offset, length) -> {
          if (!DomainTable.isPlain(certificate.bytes(), offset, length)
              && ++odd[0] > NameWalk.MOST_ODD_NAMES) {
            Arrays.fill(domains, true);
          } else if (table.matches(certificate.bytes(), offset, length)) {
            boolean[] hits = new boolean[domains.length];
            table.collect(certificate.bytes(), offset, length, hits);
            for (int d = 0; d < hits.length; d++) {
              domains[d] |= hits[d];
            }
            if (watched.size() < ScannedCertificate.MAX_NAMES) {
              watched.putIfAbsent(NameWalk.text(type, certificate.bytes(), offset, length), hits);
            }
          }
        });
    if (NameWalk.mayHideNames(certificate.scan())) {
      NameWalk.search(table, certificate.bytes(), 0, certificate.bytes().length, domains);
    }
    return watched;
  }

  /** Those names that fall under the domain of a rule that matches. */
  private List<String> namesOf(List<Rule> matching, Map<String, boolean[]> names) {
    List<String> matched = new ArrayList<>();
    for (Map.Entry<String, boolean[]> name : names.entrySet()) {
      boolean[] hits = name.getValue();
      for (int d = 0; d < hits.length; d++) {
        if (hits[d] && matching.contains(rules.rules().get(rules.ruleOfDomain(d)))) {
          matched.add(name.getKey());
          break;
        }
      }
    }
    return matched;
  }

  private FindingType type(
      ScannedCertificate certificate,
      @Nullable Resolved issuer,
      boolean byAuthority,
      boolean crossSign,
      List<Verdict> verdicts,
      @Nullable Backdating backdating) {
    if (!byAuthority) {
      return FindingType.WATCHED_DOMAIN;
    }
    if (crossSign) {
      return FindingType.CROSS_SIGN;
    }
    boolean selfIssued =
        issuer != null
            && certificate.scan().spkiOffset() >= 0
            && certificate.spkiSha256().equals(issuer.key());
    if (certificate.scan().isCa() && !selfIssued) {
      return isRootOfItsOwn(certificate) ? FindingType.CROSS_SIGN : FindingType.NEW_SUBORDINATE;
    }
    if (backdating != null && backdating.possible()) {
      return FindingType.POSSIBLE_BACKDATING;
    }
    return isDistrusted(verdicts) && !leavesWithoutCause(issuer)
        ? FindingType.DISTRUSTED_ISSUER
        : FindingType.WATCHED_AUTHORITY;
  }

  /**
   * No subordinate of the watched CA, though signed by it: what stands below is not its issuance.
   */
  private boolean isRootOfItsOwn(ScannedCertificate certificate) {
    return certificate.scan().spkiOffset() >= 0
        && setup.owners().isIncludedRoot(certificate.spkiSha256());
  }

  /** A CA that ages out meets the same rules as a distrusted one, and is none. */
  private boolean leavesWithoutCause(@Nullable Resolved issuer) {
    return issuer != null
        && catalog
            .familyOf(issuer.key())
            .filter(family -> !family.category().forCause())
            .isPresent();
  }

  static boolean isDistrusted(List<Verdict> verdicts) {
    return verdicts.stream().anyMatch(v -> v.result() == Verdict.Result.DISTRUSTED);
  }

  // --- the issuer

  IssuerMatch match(Resolved issuer) {
    Hash known = issuer.path().getLast();
    return new IssuerMatch(
        issuer.key(),
        issuer.matchedBy(),
        issuer.confidence(),
        catalog.familyOf(known).map(Family::id).orElse(null),
        setup.owners().label(issuer.key()).or(() -> setup.owners().label(known)).orElse(null),
        issuer.name(),
        issuer.signature(),
        reaches(issuer));
  }

  private List<Reach> reaches(Resolved issuer) {
    if (issuer.number() == KeyTable.ABSENT) {
      return List.of();
    }
    List<Reach> reaches = new ArrayList<>(reaches(issuer.path()));
    issuer.otherPaths().forEach(path -> reaches.addAll(reaches(path)));
    return reaches;
  }

  /** What a path that ends at a key of the index reaches. */
  private List<Reach> reaches(List<Hash> lower) {
    Hash known = lower.getLast();
    List<Reach> reaches = new ArrayList<>();
    for (List<Hash> path : catalog.rootPaths(known)) {
      Hash root = path.getLast();
      reaches.add(new Reach(root, catalog.key(root).orElseThrow().name(), joined(lower, path)));
    }
    if (reaches.isEmpty()) {
      String name = setup.index().authority(setup.index().byKey(known)).name();
      reaches.add(new Reach(known, name, lower));
    }
    return reaches;
  }

  /** Two paths of which the second starts where the first ends. */
  private static List<Hash> joined(List<Hash> lower, List<Hash> upper) {
    List<Hash> all = new ArrayList<>(lower);
    all.addAll(upper.subList(1, upper.size()));
    return Collections.unmodifiableList(all);
  }

  private Verdicts.Question question(
      ScannedCertificate certificate, Resolved issuer, @Nullable Instant seen) {
    List<Instant> scts = new ArrayList<>(certificate.scts());
    if (seen != null) {
      scts.add(seen); // the log that took it in signed an SCT with this time
    }
    return new Verdicts.Question(
        issuer.path(),
        issuerCertificate(certificate, issuer),
        certificate.notBefore(),
        scts,
        !certificate.scts().isEmpty(),
        certificate.names(),
        certificate.purposes());
  }

  /**
   * The certificate that issued directly. Of several over one key the one whose name the leaf bears
   * as its issuer; of those the one that programs hold.
   */
  private @Nullable Hash issuerCertificate(ScannedCertificate certificate, Resolved issuer) {
    byte[] name = certificate.issuerDer();
    List<Hash> bearing =
        catalog.certificatesOf(issuer.key()).stream()
            .filter(ca -> ca.subjectNames().stream().anyMatch(n -> Arrays.equals(n, name)))
            .map(CatalogCertificate::sha256)
            .toList();
    Hash anchor = catalog.key(issuer.key()).map(key -> key.anchor()).orElse(null);
    if (anchor != null && bearing.contains(anchor)) {
      return anchor;
    }
    if (bearing.isEmpty() || bearing.contains(issuer.certificate())) {
      return issuer.certificate();
    }
    return bearing.getFirst();
  }
}
