package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.store.Store;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Notes that somebody has seen to an alert. */
@Command(name = "ack", description = "Notes that somebody has seen to an alert.")
final class AlertsAckCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  @Parameters(paramLabel = "ID", description = "The first digits of its id are enough.")
  @SuppressWarnings("NullAway.Init") // required
  private String id;

  AlertsAckCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  private record Report(String schema, String id, boolean acknowledged) {}

  @Override
  public Integer call() throws ConfigException, IOException {
    StoreAccess access = StoreAccess.of(rootwatch);
    String whole = access.alertId(id);
    Optional<JsonNode> told = new DaemonClient(access.file()).about(whole, "ack");
    if (told.isEmpty()) {
      try (Store store = access.write()) {
        store.acknowledge(whole, rootwatch.terminal().clock().instant());
      }
    }
    if (rootwatch.json()) {
      rootwatch.output().json(new Report("rootwatch.ack/v1", whole, true));
    } else {
      rootwatch.output().line(whole + ": acknowledged");
    }
    return ExitCode.DONE;
  }
}
