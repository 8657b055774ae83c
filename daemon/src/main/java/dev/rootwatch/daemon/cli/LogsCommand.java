package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.store.Store;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Every followed log, and how reading it goes. */
@Command(name = "logs", description = "Lists the followed logs and how reading them goes.")
final class LogsCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  LogsCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @Override
  public Integer call() throws ConfigException {
    List<LogReport> reports;
    try (Store store = StoreAccess.of(rootwatch).read()) {
      reports = store.logs().stream().map(known -> LogReport.of(store, known)).toList();
    }
    Output output = rootwatch.output();
    if (rootwatch.json()) {
      reports.forEach(output::json);
    } else {
      output.table(table(reports));
    }
    return ExitCode.DONE;
  }

  private static Table table(List<LogReport> reports) {
    Table table =
        new Table("LOG", "PROTOCOL", "STATE", "STATUS", "SIZE", "READ", "BACKLOG", "LAST ERROR");
    for (LogReport log : reports) {
      table.row(
          log.name(),
          log.protocol(),
          log.state(),
          status(log),
          Shown.orDash(log.headSize()),
          log.segments().stream()
              .map(s -> "[" + s.from() + "," + s.to() + ") " + s.state())
              .collect(Collectors.joining(" ")),
          Shown.orDash(log.backlog()),
          Shown.orDash(log.lastError()));
    }
    return table;
  }

  private static String status(LogReport log) {
    String status = Shown.orDash(log.status());
    return log.caughtUpAt() == null ? status : status + " until " + log.caughtUpAt();
  }
}
