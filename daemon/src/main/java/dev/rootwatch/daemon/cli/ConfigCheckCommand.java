package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.Daemon;
import dev.rootwatch.daemon.SinkAssembly;
import dev.rootwatch.daemon.Watchers;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.config.Draft;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says whether the daemon would start with a configuration. Connects to nothing. */
@Command(name = "check", description = "Checks the configuration; connects to nothing.")
final class ConfigCheckCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  ConfigCheckCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  private record Report(
      String schema, String file, boolean valid, int rules, int sinks, int customLogs) {}

  @Override
  public Integer call() throws ConfigException {
    Draft draft = rootwatch.draft();
    Path file = Objects.requireNonNull(rootwatch.configFile());
    Watchers.of(draft);
    Daemon.checkStore(draft);
    SinkAssembly.create(draft, AlertPrinter.environment(rootwatch.terminal()))
        .forEach(made -> made.sink().close());
    Config config = draft.checked();
    Report report =
        new Report(
            "rootwatch.config/v1",
            file.toString(),
            true,
            config.rules().size(),
            config.sinks().size(),
            config.logs().custom().size());
    if (rootwatch.json()) {
      rootwatch.output().json(report);
    } else {
      rootwatch
          .output()
          .line(
              Shown.text(
                  file
                      + ": good, with "
                      + Counted.of(report.rules, "rule")
                      + ", "
                      + Counted.of(report.sinks, "sink")
                      + " and "
                      + Counted.of(report.customLogs, "log")
                      + " beside the list"));
    }
    return ExitCode.DONE;
  }
}
