package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.store.DeliveryRow;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoredAlert;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One alert with its deliveries. */
@Command(name = "show", description = "Shows one alert and its deliveries.")
final class AlertsShowCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  @Parameters(paramLabel = "ID", description = "The first digits of its id are enough.")
  @SuppressWarnings("NullAway.Init") // required
  private String id;

  AlertsShowCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @Override
  public Integer call() throws ConfigException, InterruptedException {
    StoredAlert stored;
    List<DeliveryRow> deliveries;
    try (Store store = StoreAccess.of(rootwatch).read()) {
      stored = StoreAccess.alert(store, id);
      deliveries = store.deliveries(stored.alert().id());
    }
    new AlertPrinter(rootwatch).whole(stored.alert());
    if (!rootwatch.json()) {
      Output output = rootwatch.output();
      if (stored.acknowledgedAt() != null) {
        output.line("acknowledged " + stored.acknowledgedAt());
      }
      output.table(table(deliveries));
    }
    return ExitCode.DONE;
  }

  private static Table table(List<DeliveryRow> deliveries) {
    Table table = new Table("SINK", "REVISION", "STATE", "ATTEMPTS", "NEXT", "SETTLED", "ERROR");
    for (DeliveryRow row : deliveries) {
      table.row(
          row.sink(),
          row.revision(),
          row.state().word(),
          row.attempts(),
          Shown.orDash(row.nextAt()),
          Shown.orDash(row.settledAt()),
          Shown.orDash(row.lastError()));
    }
    return table;
  }
}
