package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.SinkAssembly;
import dev.rootwatch.daemon.Watchers;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.watch.RuleException;
import dev.rootwatch.watch.distrust.CatalogException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
    @Nullable Path file = rootwatch.configFile();
    if (file == null) {
      throw CommandFailure.usage(
          "there is no rootwatch.yaml here: name a configuration with --config FILE");
    }
    Config config = rootwatch.loader().load(file);
    List<String> problems = new ArrayList<>();
    rules(config, file, problems);
    sinks(config, problems);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
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
                      + report.rules
                      + " rules, "
                      + report.sinks
                      + " sinks and "
                      + report.customLogs
                      + " logs beside the list"));
    }
    return ExitCode.DONE;
  }

  private static void rules(Config config, Path file, List<String> problems) {
    try {
      Watchers.of(config);
    } catch (RuleException e) {
      problems.add(file + ": " + e.getMessage());
    } catch (CatalogException e) {
      problems.add(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      problems.add(file + ": " + Complaints.describe(e));
    }
  }

  private void sinks(Config config, List<String> problems) {
    try {
      SinkAssembly.create(config, AlertPrinter.environment(rootwatch.terminal()))
          .forEach(made -> made.sink().close());
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    }
  }
}
