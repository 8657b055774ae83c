package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.AlertType;
import dev.rootwatch.alert.Severity;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.store.AlertQuery;
import dev.rootwatch.daemon.store.Store;
import dev.rootwatch.daemon.store.StoredAlert;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The certificates that were found, oldest first. */
@Command(name = "findings", description = "Lists the certificates that were found, oldest first.")
final class FindingsCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Instants.class,
      description = "First seen then or later.")
  private @Nullable Instant since;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      converter = Words.Types.class,
      description = "Of this type only, such as distrusted-issuer.")
  private @Nullable AlertType type;

  @Option(
      names = "--min-severity",
      paramLabel = "SEVERITY",
      converter = Words.Severities.class,
      description = "At or above: info, low, medium, high, critical.")
  private Severity minSeverity = Severity.INFO;

  @Option(names = "--why", description = "Say how each finding came about.")
  private boolean why;

  FindingsCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @Override
  public Integer call() throws ConfigException, InterruptedException {
    AlertQuery query =
        AlertQuery.ALL
            .aboutCertificates(true)
            .since(since)
            .type(type == null ? null : type.word())
            .minSeverity(minSeverity);
    AlertPrinter printer = new AlertPrinter(rootwatch);
    try (Store store = StoreAccess.of(rootwatch).read()) {
      if (why) {
        store.forEachAlert(query, stored -> explained(printer, stored));
      } else {
        store.forEachAlert(query, printer::line);
      }
    }
    return ExitCode.DONE;
  }

  private static void explained(AlertPrinter printer, StoredAlert stored) {
    try {
      printer.explained(stored.alert());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.interrupted();
    }
  }
}
