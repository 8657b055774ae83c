package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.Daemon;
import dev.rootwatch.daemon.DaemonOptions;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.Config.SinkConfig;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.config.Draft;
import dev.rootwatch.daemon.web.ListenAddress;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** The daemon, until SIGTERM. */
@Command(
    name = "run",
    description = "Runs the daemon. SIGTERM ends it cleanly, SIGHUP reads the configuration again.")
final class RunCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  RunCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @Override
  public Integer call() throws ConfigException, IOException, InterruptedException {
    StrayLines.intoTheLog();
    Logger logger = LoggerFactory.getLogger(RunCommand.class);
    AtomicReference<@Nullable Daemon> running = new AtomicReference<>();
    StopSignals signals = StopSignals.listen(() -> reload(running.get(), logger));
    Draft draft = rootwatch.draft().map(this::spoken);
    try (Daemon daemon = Daemon.start(draft, options(rootwatch.terminal()))) {
      running.set(daemon);
      logger.info(
          "watching; metrics at http://{}/metrics",
          new ListenAddress(draft.config().server().host(), daemon.webPort()));
      int code = signals.await();
      logger.info("stopping");
      return code;
    }
  }

  /** SIGHUP: all of the new configuration, or none of it. */
  private void reload(@Nullable Daemon daemon, Logger logger) {
    if (daemon == null) {
      return; // It is about to read the configuration anyway.
    }
    try {
      daemon.reload(rootwatch.draft().map(this::spoken));
      logger.info("SIGHUP: the configuration was read again and is in force");
    } catch (ConfigException e) {
      e.problems().forEach(problem -> logger.error("SIGHUP: nothing is changed: {}", problem));
    } catch (RuntimeException e) {
      logger.error("SIGHUP: the reload failed: {}", e.toString());
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
        List.of(new SinkConfig(console.id(), console.type(), Map.of("format", "json"))),
        config.routes(),
        config.retention());
  }
}
