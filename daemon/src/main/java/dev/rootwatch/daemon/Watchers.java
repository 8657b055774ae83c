package dev.rootwatch.daemon;

import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.watch.ExaminerSetup;
import dev.rootwatch.watch.RuleException;
import dev.rootwatch.watch.RuleSet;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogException;
import dev.rootwatch.watch.distrust.Inclusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

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
   * @throws CatalogException when the overlay cannot be used; says file, line and field
   * @throws RuleException when a rule cannot be used; says which and why
   * @throws IOException when a file that they name cannot be read
   */
  public static Watchers of(Config config) throws CatalogException, RuleException, IOException {
    Catalog catalog = CatalogLoader.load(config.catalog());
    OwnerTable owners = OwnerTable.bundled();
    return new Watchers(
        catalog,
        owners,
        RuleSet.parse(config.rules(), catalog, owners, name -> Files.readAllBytes(Path.of(name))));
  }

  /** What is built in: this release's catalog, and one rule for all of it. */
  public static Watchers bundled() {
    Catalog catalog = Catalog.bundled();
    OwnerTable owners = OwnerTable.bundled();
    return new Watchers(catalog, owners, RuleSet.ofCheck(catalog, owners));
  }

  /** Compiled for examiners to share. */
  public ExaminerSetup setup(InstantSource clock) {
    return new ExaminerSetup(catalog, rules, owners, Inclusion.unknown(), clock);
  }
}
