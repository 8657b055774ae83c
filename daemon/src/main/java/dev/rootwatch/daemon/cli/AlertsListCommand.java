package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.store.AlertQuery;
import dev.rootwatch.daemon.store.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Every alert, those about logs and about ourselves included. */
@Command(name = "list", description = "Lists all alerts, oldest first.")
final class AlertsListCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  AlertsListCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @Override
  public Integer call() throws ConfigException {
    AlertPrinter printer = new AlertPrinter(rootwatch);
    try (Store store = StoreAccess.of(rootwatch).read()) {
      store.forEachAlert(AlertQuery.ALL, printer::line);
    }
    return ExitCode.DONE;
  }
}
