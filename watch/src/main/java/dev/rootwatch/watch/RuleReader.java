package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.RuleException.Mistake;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.Program;
import dev.rootwatch.watch.distrust.Purpose;
import dev.rootwatch.watch.name.Domain;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes rules of what the operator wrote, and collects everything that is wrong with it. */
final class RuleReader {
  private static final Duration SHORTEST_SILENCE = Duration.ofMinutes(1);

  private final Catalog catalog;
  private final OwnerTable owners;
  private final Catalog.FileReader files;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final List<Canary> canaries = new ArrayList<>();

  RuleReader(Catalog catalog, OwnerTable owners, Catalog.FileReader files) {
    this.catalog = catalog;
    this.owners = owners;
    this.files = files;
  }

  /**
   * @throws RuleException when one cannot be used, or two share an id
   */
  List<Rule> read(List<RuleSpec> specs) throws RuleException {
    List<Rule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < specs.size(); i++) {
      One one = new One(i, specs.get(i));
      if (!ids.add(one.spec.id())) {
        one.mistake("id", "stands twice; alerts could not tell the rules apart");
      }
      if (one.spec.id().isBlank()) {
        one.mistake("id", "is empty; alerts and metrics name the rule by it");
      }
      Duration canary = one.spec.canary();
      if (canary == null) {
        rules.add(one.rule());
      } else {
        one.canary(canary).ifPresent(canaries::add);
      }
    }
    if (!mistakes.isEmpty()) {
      throw new RuleException(mistakes);
    }
    return rules;
  }

  /** Of the rules that were read, those of which only the silence is told. */
  List<Canary> canaries() {
    return canaries;
  }

  /** One rule, to its end whatever is wrong with it. */
  private final class One {
    private final int place;
    private final RuleSpec spec;

    One(int place, RuleSpec spec) {
      this.place = place;
      this.spec = spec;
    }

    Rule rule() {
      if (spec.authority() == null && spec.domain() == null && spec.names().isEmpty()) {
        mistake("authority", "is missing; a rule needs 'authority', 'domain' or both");
      }
      if (spec.authority() != null && !spec.names().isEmpty()) {
        String names = spec.names().subject() == null ? "brand" : "subject";
        mistake(names, "goes by names and 'authority' by keys; make two rules of it");
      }
      if (spec.domain() == null && !spec.allow().isEmpty()) {
        mistake("allow", "belongs to rules with a 'domain'; add one or leave 'allow' out");
      }
      String domain = spec.domain();
      AuthorityMatch named = named();
      Set<Hash> allowed = keys("allow", spec.allow());
      Set<Hash> except = keys("except", spec.scope().except());
      return new Rule(
          spec.id(),
          named == null ? null : without(named, except),
          names(),
          domain == null ? null : parsed("domain", () -> Domain.parse(domain)),
          KeyTable.of(new ArrayList<>(allowed)),
          severity(spec.severity()),
          scope(except),
          known(),
          spec.digest());
    }

    private KnownCertificates known() {
      KnownCertificates known = KnownCertificates.NONE;
      for (int i = 0; i < spec.known().size(); i++) {
        String text = spec.known().get(i);
        KnownCertificates further =
            parsed("known[" + i + "]", () -> KnownCertificates.parse(text, files));
        known = further == null ? known : known.and(further);
      }
      return known;
    }

    /** Empty when something is wrong with it. */
    Optional<Canary> canary(Duration longestSilence) {
      Set<Hash> except = keys("except", spec.scope().except());
      if (longestSilence.compareTo(SHORTEST_SILENCE) < 0) {
        mistake("canary", "is shorter than a minute, in which logs are asked but twice");
      }
      belongsToFindings("subject", spec.names().subject() != null);
      belongsToFindings("brand", !spec.names().brands().isEmpty());
      belongsToFindings("domain", spec.domain() != null);
      belongsToFindings("allow", !spec.allow().isEmpty());
      belongsToFindings("programs", !spec.scope().programs().isEmpty());
      belongsToFindings("purposes", !spec.scope().purposes().isEmpty());
      belongsToFindings("asOf", spec.scope().asOf() != null);
      belongsToFindings("known", !spec.known().isEmpty());
      belongsToFindings("severity", spec.severity() != null);
      belongsToFindings("digest", spec.digest() != null);
      if (spec.authority() == null) {
        mistake("authority", "is missing; a canary listens to an issuer, such as owner:LABEL");
      }
      AuthorityMatch named = named();
      return Optional.ofNullable(named)
          .map(match ->
              new Canary(
                  spec.id(),
                  match.text(),
                  longestSilence,
                  KeyTable.of(new ArrayList<>(without(match, except).keys()))));
    }

    private void belongsToFindings(String field, boolean given) {
      if (given) {
        mistake(field, "belongs to rules that find something; a canary only listens");
      }
    }

    private @Nullable AuthorityMatch named() {
      String authority = spec.authority();
      return authority == null ? null : parsed("authority", () -> authority(authority));
    }

    private @Nullable NamePattern names() {
      String subject = spec.names().subject();
      List<String> brands = spec.names().brands();
      if (subject != null && !brands.isEmpty()) {
        mistake("brand", "looks for names as 'subject' does; make two rules of it");
      }
      if (subject != null) {
        return parsed("subject", () -> NamePattern.ofSubject(subject));
      }
      return brands.isEmpty() ? null : parsed("brand", () -> NamePattern.ofBrands(brands, catalog));
    }

    private AuthorityMatch without(AuthorityMatch named, Set<Hash> except) {
      AuthorityMatch left = named.without(except);
      if (left.keys().isEmpty() && !except.isEmpty()) {
        mistake("except", "leaves nothing of " + named.text() + "; the rule would never match");
      }
      return left;
    }

    /** Of all the authorities in a list. */
    private Set<Hash> keys(String field, List<String> authorities) {
      Set<Hash> keys = new LinkedHashSet<>();
      for (int i = 0; i < authorities.size(); i++) {
        String text = authorities.get(i);
        AuthorityMatch match = parsed(field + "[" + i + "]", () -> authority(text));
        if (match != null) {
          keys.addAll(match.keys());
        }
      }
      return keys;
    }

    private RuleScope scope(Set<Hash> except) {
      RuleSpec.Scope scope = spec.scope();
      if (spec.authority() == null) {
        needsAuthority("except", !scope.except().isEmpty());
        needsAuthority("programs", !scope.programs().isEmpty());
        needsAuthority("asOf", scope.asOf() != null);
      }
      String asOf = scope.asOf();
      return new RuleScope(
          KeyTable.of(new ArrayList<>(except)),
          words("programs", scope.programs(), Program.values(), Program::word),
          words("purposes", scope.purposes(), Purpose.values(), Purpose::word),
          asOf == null ? null : parsed("asOf", () -> instant(asOf)));
    }

    private void needsAuthority(String field, boolean given) {
      if (given) {
        mistake(
            field, "belongs to rules with an 'authority'; add one, such as catalog:*, or leave it");
      }
    }

    private <E> Set<E> words(
        String field, List<String> texts, E[] values, Function<E, String> word) {
      Set<E> meant = new LinkedHashSet<>();
      for (int i = 0; i < texts.size(); i++) {
        String text = texts.get(i);
        List<E> same =
            Arrays.stream(values).filter(value -> word.apply(value).equals(text)).toList();
        if (same.isEmpty()) {
          String known = Arrays.stream(values).map(word).collect(Collectors.joining(", "));
          mistake(field + "[" + i + "]", "'" + text + "' is not one of " + known);
        }
        meant.addAll(same);
      }
      return meant;
    }

    /** RFC 3339, or a date for its first moment in UTC. */
    private static Instant instant(String text) {
      try {
        return text.length() == 10
            ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
            : OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "'" + text + "' is not a time: write 2026-01-01T00:00:00Z, or 2026-01-01", e);
      }
    }

    private AuthorityMatch authority(String text) {
      return AuthorityMatch.parse(text, catalog, owners, files);
    }

    private @Nullable Severity severity(@Nullable String text) {
      if (text == null) {
        return null;
      }
      Optional<Severity> severity = Severity.ofWord(text);
      if (severity.isEmpty()) {
        mistake("severity", "'" + text + "' is not one of info, low, medium, high, critical");
      }
      return severity.orElse(null);
    }

    private <T> @Nullable T parsed(String field, Supplier<T> parser) {
      try {
        return parser.get();
      } catch (IllegalArgumentException e) {
        mistake(field, String.valueOf(e.getMessage()));
        return null;
      }
    }

    void mistake(String field, String problem) {
      mistakes.add(new Mistake(place, spec.id(), field, problem));
    }
  }
}
