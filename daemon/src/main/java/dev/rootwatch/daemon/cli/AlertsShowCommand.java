package dev.rootwatch.daemon.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rootwatch.alert.Alert;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.store.DeliveryRow;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoredAlert;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    Output output = rootwatch.output();
    if (rootwatch.json()) {
      output.json(new Shows(stored.alert(), stored.acknowledgedAt(), deliveries));
      return ExitCode.DONE;
    }
    new AlertPrinter(rootwatch).whole(stored.alert());
    if (stored.acknowledgedAt() != null) {
      output.line("acknowledged " + stored.acknowledgedAt());
    }
    output.table(table(deliveries));
    return ExitCode.DONE;
  }

  /** The alert's own fields, and beside them what became of it: one object, as scripts ask once. */
  @JsonPropertyOrder({"alert", "acknowledgedAt", "deliveries"})
  private record Shows(
      @JsonUnwrapped Alert alert, @Nullable Instant acknowledgedAt, List<DeliveryRow> deliveries) {}

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
