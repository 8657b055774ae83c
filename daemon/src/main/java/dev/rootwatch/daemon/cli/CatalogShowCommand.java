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
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One family: its keys, its certificates, and what root programs did. */
@Command(name = "show", description = "Shows one family: keys, certificates and events.")
final class CatalogShowCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  @Parameters(paramLabel = "FAMILY", description = "Its id, such as trustcor.")
  @SuppressWarnings("NullAway.Init") // required
  private String family;

  CatalogShowCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @Override
  public Integer call() throws ConfigException, CatalogException, IOException {
    Catalog catalog = catalog(rootwatch);
    Family shown =
        catalog
            .family(family)
            .orElseThrow(() -> {
              List<String> ids = catalog.families().stream().map(Family::id).toList();
              return CommandFailure.usage(
                  "the catalog has no family "
                      + family
                      + SinkSettings.nearest(family, ids)
                      + ". It has: "
                      + String.join(", ", ids));
            });
    if (rootwatch.json()) {
      rootwatch.output().json(FamilyReport.of(shown, catalog));
    } else {
      FamilyText.print(shown, catalog, rootwatch.output());
    }
    return ExitCode.DONE;
  }

  /** With the overlay, where a configuration is told or found. */
  static Catalog catalog(Rootwatch rootwatch)
      throws ConfigException, CatalogException, IOException {
    @Nullable Path file = rootwatch.configFile();
    @Nullable Config config = file == null ? null : rootwatch.loader().withoutSecrets().load(file);
    return CatalogLoader.load(config);
  }
}
