package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.watch.distrust.Catalog;
import dev.rootwatch.watch.distrust.CatalogException;
import dev.rootwatch.watch.distrust.CatalogKey;
import dev.rootwatch.watch.distrust.Family;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Every family of the catalog, the operator's overlay included. */
@Command(name = "list", description = "Lists the families.")
final class CatalogListCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  CatalogListCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  private record Row(
      String schema,
      String id,
      String owner,
      String category,
      long rootKeys,
      long keys,
      int certificates,
      int events,
      String catalogVersion) {}

  @Override
  public Integer call() throws ConfigException, CatalogException, IOException {
    Catalog catalog = CatalogShowCommand.catalog(rootwatch);
    Output output = rootwatch.output();
    Table table = new Table("FAMILY", "OWNER", "CATEGORY", "ROOTS", "KEYS", "EVENTS");
    for (Family family : catalog.families()) {
      long roots = family.keys().stream().filter(CatalogKey::root).count();
      if (rootwatch.json()) {
        output.json(
            new Row(
                "rootwatch.family/v1",
                family.id(),
                family.owner(),
                family.category().word(),
                roots,
                family.keys().size(),
                family.certificates().size(),
                family.events().size(),
                catalog.version()));
      } else {
        table.row(
            family.id(),
            family.owner(),
            family.category().word(),
            roots,
            family.keys().size(),
            family.events().size());
      }
    }
    if (!rootwatch.json()) {
      output.table(table);
      output.line("catalog " + Shown.text(catalog.version()));
    }
    return ExitCode.DONE;
  }
}
