package dev.rootwatch.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about test logs. */
@Command(
    name = "testlog",
    synopsisSubcommandLabel = "COMMAND",
    description = "Serves test logs with findings planted in them.")
final class TestlogCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing: serve");
  }
}
