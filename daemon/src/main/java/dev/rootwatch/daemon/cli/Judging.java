package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.CatalogLoader;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.Config.CatalogConfig;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.watch.RuleException;
import dev.rootwatch.watch.RuleSet;
import dev.rootwatch.watch.authority.OwnerTable;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What certificates are judged by: this release's catalog and one rule, or the overlay and the
 * rules of a configuration.
 *
 * @param catalog families and events
 * @param owners who owns which key
 * @param rules what counts as a finding
 */
record Judging(Catalog catalog, OwnerTable owners, RuleSet rules) {

  /** By the configuration that {@code --config} names; without one, by what is built in. */
  static Judging asTold(Rootwatch rootwatch)
      throws ConfigException, CatalogException, RuleException, IOException {
    @Nullable Path file = rootwatch.toldConfigFile();
    OwnerTable owners = OwnerTable.bundled();
    if (file == null) {
      Catalog catalog = Catalog.bundled();
      return new Judging(catalog, owners, RuleSet.ofCheck(catalog, owners));
    }
    return by(rootwatch.loader().load(file), owners);
  }

  static Judging by(Config config, OwnerTable owners)
      throws CatalogException, RuleException, IOException {
    Catalog catalog = CatalogLoader.load(config.catalog());
    return new Judging(
        catalog,
        owners,
        RuleSet.parse(config.rules(), catalog, owners, name -> Files.readAllBytes(Path.of(name))));
  }

  /** Only the catalog; with the overlay where a configuration names one. */
  static Catalog catalogOf(@Nullable Config config) throws CatalogException, IOException {
    return CatalogLoader.load(config == null ? new CatalogConfig(null, null) : config.catalog());
  }
}
