package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.Alert;
import dev.rootwatch.alert.ConfiguredSink;
import dev.rootwatch.alert.Sinks;
import dev.rootwatch.alert.spi.Delivery;
import dev.rootwatch.alert.spi.SinkSettings;
import dev.rootwatch.daemon.config.Config;
import dev.rootwatch.daemon.config.Config.SinkConfig;
import dev.rootwatch.daemon.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sends a test alert to a sink: through the daemon where one runs, whose secrets it then tries. */
@Command(name = "test", description = "Sends a test alert to a sink and says what became of it.")
final class AlertsTestCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  @Parameters(paramLabel = "SINK", description = "Its id in the configuration.")
  @SuppressWarnings("NullAway.Init") // required
  private String sink;

  AlertsTestCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  private record Report(String schema, String sink, String outcome, @Nullable String reason) {}

  @Override
  public Integer call() throws ConfigException, IOException, InterruptedException {
    Config config = rootwatch.draft().checked();
    Report report = overDaemon(config.store().file());
    if (report == null) {
      report = deliver(configured(config));
    }
    Output output = rootwatch.output().evenUnread();
    if (rootwatch.json()) {
      output.json(report);
    } else {
      String reason = report.reason == null ? "" : ": " + Shown.text(report.reason);
      output.line(Shown.text(sink) + ": " + report.outcome + reason);
    }
    return report.outcome.equals("accepted") ? ExitCode.DONE : ExitCode.FAILED;
  }

  private @Nullable Report overDaemon(@Nullable Path store) throws IOException {
    Optional<DaemonClient.Answer> answer =
        store == null ? Optional.empty() : new DaemonClient(store).post("sinks", sink, "test");
    if (answer.isEmpty()) {
      return null;
    }
    if (answer.get().status() != 200) {
      throw CommandFailure.usage("the daemon: " + answer.get().error());
    }
    return report(
        answer.get().body().path("outcome").asString(""),
        answer.get().body().path("reason").asString(null));
  }

  private SinkConfig configured(Config config) {
    return config.sinks().stream()
        .filter(configured -> configured.id().equals(sink))
        .findFirst()
        .orElseThrow(() -> {
          List<String> ids = config.sinks().stream().map(SinkConfig::id).toList();
          return CommandFailure.usage(
              "the configuration has no sink " + sink + SinkSettings.nearest(sink, ids, "It has"));
        });
  }

  private Report deliver(SinkConfig configured) throws InterruptedException {
    Terminal terminal = rootwatch.terminal();
    ConfiguredSink made =
        Sinks.onTheClassPath()
            .create(
                new SinkSettings(configured.id(), configured.type(), configured.settings()),
                AlertPrinter.environment(terminal));
    try (var open = made.sink()) {
      return switch (open.deliver(Alert.test(configured.id(), terminal.clock().instant()))) {
        case Delivery.Accepted _ -> report("accepted", null);
        case Delivery.RetryLater later -> report("retry", later.reason());
        case Delivery.Rejected rejected -> report("rejected", rejected.reason());
      };
    }
  }

  private Report report(String outcome, @Nullable String reason) {
    return new Report("rootwatch.delivery/v1", sink, outcome, reason);
  }
}
