package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.spi.SinkSettings;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line: puts the commands together, and turns what goes wrong into exit codes. */
public final class CommandLines {
  private CommandLines() {}

  /** Runs it to its end and gives the exit code of the contract. */
  public static int run(Terminal terminal, String... arguments) {
    Rootwatch rootwatch = new Rootwatch(terminal);
    Complaints complaints = new Complaints(rootwatch);
    int code =
        commandLine(rootwatch)
            .setOut(writer(terminal.out()))
            .setErr(writer(terminal.err()))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .setExpandAtFiles(false)
            .setParameterExceptionHandler((wrong, _) -> usage(wrong))
            .setExecutionExceptionHandler((failure, _, _) -> complaints.about(failure))
            .setExecutionStrategy(parsed -> {
              LogLevels.set(rootwatch);
              return new CommandLine.RunLast().execute(parsed);
            })
            .execute(arguments);
    StandardOutput out = terminal.out();
    return out.checkError() && !out.isReaderGone() && code == ExitCode.DONE
        ? complaints.about(CommandFailure.running(out.complaint()))
        : code;
  }

  private static CommandLine commandLine(Rootwatch rootwatch) {
    return new CommandLine(rootwatch)
        .addSubcommand(new RunCommand(rootwatch))
        .addSubcommand(new DemoCommand(rootwatch))
        .addSubcommand(new CheckCommand(rootwatch))
        .addSubcommand(new VerdictCommand(rootwatch))
        .addSubcommand(new LogsCommand(rootwatch))
        .addSubcommand(new FindingsCommand(rootwatch))
        .addSubcommand(
            new CommandLine(new CoverageCommand(rootwatch))
                .addSubcommand(new CoverageVerifyCommand(rootwatch)))
        .addSubcommand(
            new CommandLine(new AlertsCommand())
                .addSubcommand(new AlertsListCommand(rootwatch))
                .addSubcommand(new AlertsShowCommand(rootwatch))
                .addSubcommand(new AlertsRetryCommand(rootwatch))
                .addSubcommand(new AlertsAckCommand(rootwatch))
                .addSubcommand(new AlertsTestCommand(rootwatch)))
        .addSubcommand(
            new CommandLine(new CatalogCommand())
                .addSubcommand(new CatalogListCommand(rootwatch))
                .addSubcommand(new CatalogShowCommand(rootwatch)))
        .addSubcommand(
            new CommandLine(new ConfigCommand()).addSubcommand(new ConfigCheckCommand(rootwatch)))
        .addSubcommand(
            new CommandLine(new TestlogCommand())
                .addSubcommand(new TestlogServeCommand(rootwatch)));
  }

  private static int usage(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    String message =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched, command, name)
            : String.valueOf(wrong.getMessage());
    err.println("rootwatch: " + Shown.text(message));
    err.println("Try '" + name + " --help'.");
    err.flush();
    return ExitCode.USAGE;
  }

  /** An option, a command or an argument that is not known where it stands. */
  private static String unmatched(
      UnmatchedArgumentException wrong, CommandLine command, String name) {
    String word = wrong.getUnmatched().isEmpty() ? "" : wrong.getUnmatched().getFirst();
    if (wrong.isUnknownOption()) {
      return "'"
          + word
          + "' is no option of '"
          + name
          + "'"
          + SinkSettings.nearest(word, command.getCommandSpec().optionsMap().keySet());
    }
    Set<String> commands = command.getSubcommands().keySet();
    return commands.isEmpty()
        ? "'" + name + "' takes no '" + word + "'"
        : "'"
            + word
            + "' is no command of '"
            + name
            + "'"
            + SinkSettings.nearest(word, commands, "It has");
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
