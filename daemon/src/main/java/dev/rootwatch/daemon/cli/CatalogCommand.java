package dev.rootwatch.daemon.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about the catalog. */
@Command(
    name = "catalog",
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows the catalog of distrusted and watched authorities.")
final class CatalogCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing: list or show");
  }
}
