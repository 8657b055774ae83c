package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.spi.SinkSettings;
import dev.rootwatch.daemon.CatalogLoader;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogException;
import dev.rootwatch.watch.distrust.Family;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Families: their keys, their certificates, and what root programs did. */
@Command(name = "show", description = "Shows families: keys, certificates and events.")
final class CatalogShowCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  @Parameters(paramLabel = "FAMILY", arity = "1..*", description = "Its id, such as trustcor.")
  private List<String> families = List.of();

  CatalogShowCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @Override
  public Integer call() throws ConfigException, CatalogException, IOException {
    Catalog catalog = catalog(rootwatch);
    List<Family> asked = new ArrayList<>();
    for (String id : families) {
      asked.add(catalog.family(id).orElseThrow(() -> unknown(id, catalog)));
    }
    for (Family family : asked) {
      if (rootwatch.json()) {
        rootwatch.output().json(FamilyReport.of(family, catalog));
      } else {
        FamilyText.print(family, catalog, rootwatch.output());
      }
    }
    return ExitCode.DONE;
  }

  private static CommandFailure unknown(String id, Catalog catalog) {
    List<String> ids = catalog.families().stream().map(Family::id).toList();
    return CommandFailure.usage(
        "the catalog has no family "
            + id
            + SinkSettings.nearest(id, ids)
            + ". It has: "
            + String.join(", ", ids));
  }

  /** With the overlay, where a configuration is told or found. */
  static Catalog catalog(Rootwatch rootwatch)
      throws ConfigException, CatalogException, IOException {
    @Nullable Path file = rootwatch.configFile();
    @Nullable Config config = file == null ? null : rootwatch.loader().withoutSecrets().load(file);
    return CatalogLoader.load(config);
  }
}
