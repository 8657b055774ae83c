package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.IssuerMatch.Confidence;
import dev.rootwatch.watch.IssuerResolver.Resolved;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.distrust.Program;
import dev.rootwatch.watch.distrust.Purpose;
import dev.rootwatch.watch.name.Domain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Words what {@link Judge} decided, rule by rule: those that match, then those that come nearest to
 * it with what they lack. Decides nothing itself.
 */
final class RuleReasons {
  /** Rules that do not match, of which so many are told. */
  private static final int NEAREST = 5;

  private static final int MOST_NAMES = 5;

  private final ExaminerSetup setup;
  private final Judge judge;
  private final ScannedCertificate certificate;
  private final CertificateFacts facts;
  private final @Nullable Resolved issuer;
  private final Judge.Questions questions;
  private final Instant asOf;
  private final int issuing;
  private final int watched;
  private final boolean[] domains;
  private final Map<String, boolean[]> names;

  RuleReasons(
      ExaminerSetup setup,
      Judge judge,
      ScannedCertificate certificate,
      CertificateFacts facts,
      @Nullable Resolved issuer,
      @Nullable Instant seen,
      Instant asOf) {
    this.setup = setup;
    this.judge = judge;
    this.certificate = certificate;
    this.facts = facts;
    this.issuer = issuer;
    this.asOf = asOf;
    this.issuing =
        issuer != null && setup.isWatched(issuer.number()) ? issuer.number() : KeyTable.ABSENT;
    this.watched = issuing != KeyTable.ABSENT ? issuing : judge.ownKey(certificate);
    this.questions = judge.questions(certificate, issuer, seen, issuing, watched);
    this.domains = new boolean[setup.rules().domains().size()];
    this.names = judge.watchedNames(certificate, domains);
  }

  /** What held and what failed of one rule. */
  private static final class Conditions {
    private final List<String> held = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    void say(boolean holds, String why) {
      (holds ? held : failed).add(why);
    }
  }

  /** Rules that match, then the nearest that do not, each in the order of the configuration. */
  List<RuleReason> tell() {
    List<RuleReason> matching = new ArrayList<>();
    List<RuleReason> others = new ArrayList<>();
    List<Rule> rules = setup.rules().rules();
    for (int r = 0; r < rules.size(); r++) {
      Conditions conditions = conditions(rules.get(r), r);
      if (conditions.failed.isEmpty()) {
        matching.add(new RuleReason(rules.get(r).id(), true, conditions.held));
      } else {
        others.add(new RuleReason(rules.get(r).id(), false, conditions.failed));
      }
    }
    others.sort(Comparator.comparingInt(reason -> reason.because().size()));
    matching.addAll(others.subList(0, Math.min(NEAREST, others.size())));
    return matching;
  }

  private Conditions conditions(Rule rule, int place) {
    Conditions conditions = new Conditions();
    AuthorityMatch authority = rule.authority();
    if (authority != null) {
      authority(authority, place, conditions);
    }
    NamePattern pattern = rule.names();
    if (pattern != null) {
      boolean called = Judge.isCalled(pattern, certificate, issuer);
      conditions.say(
          called,
          (called ? "a CA's name matches " : "no CA's name (under another key) matches ")
              + pattern
              + ": issuer "
              + certificate.issuer());
    }
    Domain domain = rule.domain();
    if (domain != null) {
      domain(rule, domain, place, conditions);
    }
    scope(rule.scope(), conditions);
    if (!rule.known().isEmpty() && rule.known().cover(facts, certificate.spkiSha256())) {
      conditions.say(false, "the certificate is known to the operator");
    }
    return conditions;
  }

  private void authority(AuthorityMatch authority, int place, Conditions conditions) {
    boolean meant = false;
    if (setup.isWatched(watched)) {
      for (int rule : setup.rules().rulesOfKey(watched)) {
        meant |= rule == place;
      }
    }
    String means =
        authority.text()
            + " ("
            + authority.keys().size()
            + (authority.keys().size() == 1 ? " key)" : " keys)");
    if (!meant) {
      conditions.say(
          false,
          issuer == null
              ? "nobody here knows who issued it; the rule means " + means
              : "the issuer's key " + issuer.key() + " is none of " + means + above());
      return;
    }
    Hash key = setup.index().authority(watched).key();
    conditions.say(
        true,
        (issuing == KeyTable.ABSENT ? "its own key " : "the issuer's key ")
            + (issuing == KeyTable.ABSENT || above().isEmpty()
                ? ""
                : "leads to one that is meant: ")
            + key
            + " is one of "
            + means
            + (issuing == KeyTable.ABSENT ? "" : above()));
  }

  /** The verified way from the issuer's key, where that is more than the key. */
  private String above() {
    if (issuer == null || issuer.path().size() < 2) {
      return "";
    }
    return ", over "
        + issuer.path().stream().map(Hash::toString).collect(Collectors.joining(" < "));
  }

  private void domain(Rule rule, Domain domain, int place, Conditions conditions) {
    List<String> under = new ArrayList<>();
    boolean hit = false;
    for (int d = 0; d < domains.length; d++) {
      if (setup.rules().ruleOfDomain(d) == place) {
        hit |= domains[d];
        int number = d;
        names.forEach((name, hits) -> {
          if (hits[number] && under.size() < MOST_NAMES) {
            under.add(name);
          }
        });
      }
    }
    if (!hit) {
      conditions.say(false, "none of its names falls under " + domain.text());
      return;
    }
    conditions.say(
        true,
        under.isEmpty()
            ? "names may fall under " + domain.text() + ": not all of them can be read"
            : "falls under " + domain.text() + ": " + String.join(", ", under));
    if (Judge.isAllowed(rule, issuer)) {
      conditions.say(false, "its issuer may issue for " + domain.text() + " (allow)");
    } else if (issuer != null && issuer.confidence() == Confidence.LOW) {
      conditions.say(true, "who issued it is not certain, so allow is no excuse");
    }
  }

  private void scope(RuleScope scope, Conditions conditions) {
    if (issuer != null && scope.excepts(issuer.path())) {
      conditions.say(false, "a key on the way from its issuer upward is left out (except)");
    }
    if (!scope.purposes().isEmpty()) {
      conditions.say(
          scope.serves(certificate.purposes()),
          "it serves "
              + words(certificate.purposes(), Purpose::word)
              + "; the rule asks for "
              + words(scope.purposes(), Purpose::word));
    }
    if (!scope.programs().isEmpty()) {
      Instant instant = scope.asOf() == null ? asOf : scope.asOf();
      boolean bites = judge.isDistrusted(scope, questions.ofWatched(), asOf);
      conditions.say(
          bites,
          (bites ? "at least one of " : "none of ")
              + words(scope.programs(), Program::word)
              + " distrusts or restricts it, as of "
              + instant);
    }
  }

  private static <E extends Enum<E>> String words(Set<E> values, Function<E, String> word) {
    return values.isEmpty()
        ? "nothing"
        : values.stream().sorted().map(word).collect(Collectors.joining(", "));
  }
}
