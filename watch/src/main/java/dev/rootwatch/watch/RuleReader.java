package dev.rootwatch.watch;

import dev.rootwatch.ct.Hash;
import dev.rootwatch.watch.RuleException.Mistake;
import dev.rootwatch.watch.authority.KeyTable;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.name.Domain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes rules of what the operator wrote, and collects everything that is wrong with it. */
final class RuleReader {
  private final Catalog catalog;
  private final OwnerTable owners;
  private final Catalog.FileReader files;
  private final List<Mistake> mistakes = new ArrayList<>();

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
      rules.add(one.rule());
    }
    if (!mistakes.isEmpty()) {
      throw new RuleException(mistakes);
    }
    return rules;
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
      if (spec.id().isBlank()) {
        mistake("id", "is empty; alerts and metrics name the rule by it");
      }
      if (spec.authority() == null && spec.domain() == null) {
        mistake("authority", "is missing; a rule needs 'authority', 'domain' or both");
      }
      if (spec.domain() == null && !spec.allow().isEmpty()) {
        mistake("allow", "belongs to rules with a 'domain'; add one or leave 'allow' out");
      }
      String authority = spec.authority();
      String domain = spec.domain();
      AuthorityMatch match =
          authority == null ? null : parsed("authority", () -> authority(authority));
      Set<Hash> allowed = new LinkedHashSet<>();
      for (int i = 0; i < spec.allow().size(); i++) {
        String text = spec.allow().get(i);
        AuthorityMatch may = parsed("allow[" + i + "]", () -> authority(text));
        if (may != null) {
          allowed.addAll(may.keys());
        }
      }
      return new Rule(
          spec.id(),
          match,
          domain == null ? null : parsed("domain", () -> Domain.parse(domain)),
          KeyTable.of(new ArrayList<>(allowed)),
          severity(spec.severity()));
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
