package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.store.Store;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Tries an alert's deliveries again at once. */
@Command(
    name = "retry",
    description = "Tries an alert's dead letters and waiting deliveries again at once.")
final class AlertsRetryCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  @Parameters(paramLabel = "ID", description = "The first digits of its id are enough.")
  @SuppressWarnings("NullAway.Init") // required
  private String id;

  AlertsRetryCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  private record Report(String schema, String id, long retried) {}

  @Override
  public Integer call() throws ConfigException, IOException {
    StoreAccess access = StoreAccess.of(rootwatch);
    String whole = access.alertId(id);
    Optional<JsonNode> told = new DaemonClient(access.file()).about(whole, "retry");
    long retried;
    if (told.isPresent()) {
      retried = told.get().path("retried").asLong();
    } else {
      try (Store store = access.write()) {
        retried = store.retry(whole, rootwatch.terminal().clock().instant());
      }
    }
    if (rootwatch.json()) {
      rootwatch.output().json(new Report("rootwatch.retry/v1", whole, retried));
    } else {
      String when = told.isPresent() ? "now" : "when the daemon runs again";
      rootwatch.output().line(whole + ": " + retried + " deliveries will be tried " + when);
    }
    return ExitCode.DONE;
  }
}
