package dev.rootwatch.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about alerts. */
@Command(
    name = "alerts",
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows alerts and their deliveries, and tries sinks.")
final class AlertsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "A command is missing: list, show, retry, ack or test");
  }
}
