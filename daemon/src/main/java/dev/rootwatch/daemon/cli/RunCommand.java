package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.Daemon;
import dev.rootwatch.daemon.DaemonOptions;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.Config.SinkConfig;
import dev.rootwatch.daemon.config.ConfigException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** The daemon, until SIGTERM. */
@Command(name = "run", description = "Runs the daemon. SIGTERM ends it cleanly.")
final class RunCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  RunCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @Override
  public Integer call() throws ConfigException, IOException, InterruptedException {
    Logger logger = LoggerFactory.getLogger(RunCommand.class);
    StopSignals signals =
        StopSignals.listen(
            () -> logger.warn("SIGHUP: the configuration is read at the start only, restart"));
    Config config = spoken(rootwatch.config());
    try (Daemon daemon = Daemon.start(config, options(rootwatch.terminal()))) {
      logger.info(
          "watching; metrics at http://{}:{}/metrics", config.server().host(), daemon.webPort());
      int code = signals.await();
      logger.info("stopping");
      return code;
    }
  }

  static DaemonOptions options(Terminal terminal) {
    return new DaemonOptions(
        terminal.out(),
        terminal.colour(),
        terminal.environment(),
        terminal.clock(),
        ProgramVersion.text());
  }

  /** With {@code --json} the console that stands in for missing sinks speaks JSON, too. */
  private Config spoken(Config config) {
    List<SinkConfig> sinks = config.sinks();
    boolean onlyConsole =
        sinks.size() == 1
            && sinks.getFirst().type().equals("console")
            && sinks.getFirst().settings().isEmpty();
    if (!rootwatch.json() || !onlyConsole) {
      return config;
    }
    SinkConfig console = sinks.getFirst();
    return new Config(
        config.contact(),
        config.store(),
        config.server(),
        config.catalog(),
        config.logs(),
        config.rules(),
        List.of(
            new SinkConfig(
                console.id(), console.type(), Map.of("format", "json"), console.place())),
        config.routes(),
        config.retention());
  }
}
