package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.config.ConfigLoader;
import dev.rootwatch.daemon.config.Draft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program as a command: its global options, which stand before or after a command's name. */
@Command(
    name = "rootwatch",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = ProgramVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    description = "Watches Certificate Transparency logs for watched and distrusted authorities.",
    footer = {
      "",
      "Exit: 0 done, 1 failed, 2 usage or configuration, 3 findings (--fail-on),",
      "4 a proof fails or a range is incomplete, 130 interrupted."
    })
final class Rootwatch implements Runnable {
  private static final Path DEFAULT_CONFIG = Path.of("rootwatch.yaml");

  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli fills it before anything runs
  private CommandSpec spec;

  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "Configuration; rootwatch.yaml if that exists.")
  private @Nullable Path config;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "JSON Lines on standard output instead of text.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Only errors on standard error.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "More on standard error; stack traces, too.")
  private boolean verbose;

  Rootwatch(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }

  Terminal terminal() {
    return terminal;
  }

  Output output() {
    return new Output(terminal.out());
  }

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }

  boolean verbose() {
    return verbose;
  }

  /** Says how things go, unless told to be quiet. */
  void progress(String message) {
    if (!quiet) {
      say(message);
    }
  }

  /** Says something on standard error: every line visible, and none too long. */
  void say(String message) {
    Stream<String> lines = message.isEmpty() ? Stream.of("") : message.lines();
    lines.forEach(line -> terminal.err().println(Shown.text(line)));
  }

  /** Where the configuration is: as told, else the default where it exists, else null. */
  @Nullable Path configFile() {
    @Nullable Path told = toldConfigFile();
    if (told != null) {
      return told;
    }
    Path usual = terminal.folder().resolve(DEFAULT_CONFIG);
    return Files.exists(usual) ? usual : null;
  }

  /** Only as told: {@code check} and {@code verdict} answer the same in every folder. */
  @Nullable Path toldConfigFile() {
    return config == null ? null : terminal.folder().resolve(config);
  }

  /**
   * The configuration, for a command that cannot do without.
   *
   * @throws CommandFailure when there is none
   * @throws ConfigException when there is one that cannot be read at all
   */
  Draft draft() throws ConfigException {
    @Nullable Path file = configFile();
    if (file == null) {
      throw CommandFailure.usage(
          "there is no rootwatch.yaml here: name a configuration with --config FILE, or write one."
              + " It needs at least a contact, such as contact: soc@your-company.tld");
    }
    return loader().read(file);
  }

  ConfigLoader loader() {
    return new ConfigLoader(terminal.environment()::get);
  }
}
