package dev.rootwatch.daemon;

import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.Draft;
import dev.rootwatch.watch.ExaminerSetup;
import dev.rootwatch.watch.RuleException;
import dev.rootwatch.watch.RuleSet;
import dev.rootwatch.watch.RuleSpec;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogException;
import dev.rootwatch.watch.distrust.RootInclusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * What to look for: the same for the daemon and for the commands that judge without one.
 *
 * @param catalog families and events
 * @param owners who owns which key
 * @param rules what counts as a finding
 */
public record Watchers(Catalog catalog, OwnerTable owners, RuleSet rules) {

  /**
   * What a configuration asks for: the catalog with its overlay, and its rules.
   *
   * @param draft is told everything that is wrong with them; then what comes back must not be used
   */
  public static Watchers of(Draft draft) {
    Config config = draft.config();
    Catalog catalog = catalog(draft);
    OwnerTable owners = OwnerTable.bundled();
    try {
      return new Watchers(
          catalog,
          owners,
          RuleSet.parse(
              config.rules(), catalog, owners, name -> Files.readAllBytes(Path.of(name))));
    } catch (RuleException e) {
      for (RuleException.Mistake mistake : e.mistakes()) {
        // Without the overlay nobody can say which families there are.
        if (!draft.hasProblem("catalog")
            || !namesFamily(config.rules().get(mistake.rule()), mistake.field())) {
          draft.problem("rules[" + mistake.rule() + "]." + mistake.field(), mistake.problem());
        }
      }
      return new Watchers(catalog, owners, RuleSet.standard(catalog, owners));
    }
  }

  private static Catalog catalog(Draft draft) {
    try {
      return CatalogLoader.load(draft.config().catalog());
    } catch (CatalogException | IOException e) {
      draft.problemElsewhere("catalog.overlay", String.valueOf(e.getMessage()));
      return Catalog.bundled();
    }
  }

  private static boolean namesFamily(RuleSpec rule, String field) {
    String authority = rule.authority();
    if (field.equals("authority")) {
      return authority != null && authority.startsWith("catalog:");
    }
    int bracket = field.indexOf('[');
    if (bracket < 0) {
      return field.equals("except");
    }
    List<String> authorities =
        switch (field.substring(0, bracket)) {
          case "allow" -> rule.allow();
          case "except" -> rule.scope().except();
          default -> List.of();
        };
    int place = Integer.parseInt(field.substring(bracket + 1, field.length() - 1));
    return place < authorities.size() && authorities.get(place).startsWith("catalog:");
  }

  /** What is built in: this release's catalog, and one rule for all of it. */
  public static Watchers bundled() {
    Catalog catalog = Catalog.bundled();
    OwnerTable owners = OwnerTable.bundled();
    return new Watchers(catalog, owners, RuleSet.ofCheck(catalog, owners));
  }

  /** Compiled for examiners to share. */
  public ExaminerSetup setup(InstantSource clock) {
    return new ExaminerSetup(catalog, rules, owners, RootInclusion.bundled(owners), clock);
  }
}
