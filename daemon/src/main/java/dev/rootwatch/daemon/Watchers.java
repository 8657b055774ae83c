package dev.rootwatch.daemon;

import dev.rootwatch.ct.CtLog;
import dev.rootwatch.ct.read.WindowExaminer;
import dev.rootwatch.ct.source.IssuerSource;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.watch.Examined;
import dev.rootwatch.watch.Examiner;
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
import java.util.List;
import java.util.function.Supplier;

/**
 * What to look for: the catalog with the operator's overlay, and the rules, compiled once and
 * shared by all examiners.
 *
 * @param catalog in force
 * @param rules in force
 * @param setup what examiners share
 */
record Watchers(Catalog catalog, RuleSet rules, ExaminerSetup setup) {

  /**
   * Compiles what a configuration asks for.
   *
   * @throws ConfigException when the overlay or a rule cannot be used; says which and why
   */
  static Watchers of(Config config, InstantSource clock) throws ConfigException {
    try {
      Catalog catalog = CatalogLoader.load(config.catalog());
      OwnerTable owners = OwnerTable.bundled();
      RuleSet rules =
          RuleSet.parse(config.rules(), catalog, owners, name -> Files.readAllBytes(Path.of(name)));
      return new Watchers(
          catalog, rules, new ExaminerSetup(catalog, rules, owners, Inclusion.unknown(), clock));
    } catch (CatalogException | RuleException | IOException e) {
      throw new ConfigException(List.of(String.valueOf(e.getMessage())));
    }
  }

  /** A fresh examiner for each concurrent download of a log. */
  Supplier<WindowExaminer<Examined>> examiners(CtLog log, IssuerSource issuers) {
    return () -> {
      Examiner examiner = setup.newExaminer();
      return window -> examiner.examine(log, window, issuers);
    };
  }
}
