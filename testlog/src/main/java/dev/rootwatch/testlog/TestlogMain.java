package dev.rootwatch.testlog;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the test log without the rest of the program. */
public final class TestlogMain {
  private static final String USAGE =
      """
      usage: testlog [--port P] [--seed S] [--protocol rfc6962|static|hybrid|both|all] [--logs N]
                     [--size N] [--rate N] [--plant N] [--fault NAME[:ARG][/N][@FROM-TO]]...
                     [--add-chain FILE|FOLDER]... [--manifest FILE] [--entries-per-answer N]
                     [--seconds N] [--hostile-names]
      """;

  private TestlogMain() {}

  /** Exit 2 for wrong usage, 1 for failing. */
  public static void main(String[] args) {
    try {
      TestlogServe.run(parse(args), System.out);
    } catch (IllegalArgumentException e) {
      System.err.println("testlog: " + e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
    } catch (UncheckedIOException e) {
      System.err.println("testlog: " + e.getMessage() + ": " + e.getCause());
      System.exit(1);
    }
  }

  static ServeOptions parse(String... args) {
    ServeOptions options = ServeOptions.of(0, 1);
    List<String> faults = new ArrayList<>();
    List<Path> addChains = new ArrayList<>();
    for (int i = 0; i < args.length; i += 2) {
      String name = args[i];
      if (name.equals("--hostile-names")) {
        options = options.withHostileNames();
        i--;
        continue;
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException("every option but --hostile-names has a value");
      }
      String value = args[i + 1];
      if (name.equals("--fault")) {
        faults.add(value);
      } else if (name.equals("--add-chain")) {
        addChains.add(Path.of(value));
      } else {
        options = with(options, name, value);
      }
    }
    return options.withFaults(Fault.parse(faults)).withAddChains(addChains);
  }

  private static ServeOptions with(ServeOptions options, String name, String value) {
    return switch (name) {
      case "--port" -> options.withPort((int) number(name, value));
      case "--seed" -> options.withSeed(number(name, value));
      case "--protocol" ->
          options.withProtocols(ServeOptions.protocols(value), options.logsPerProtocol());
      case "--logs" -> options.withProtocols(options.protocols(), (int) number(name, value));
      case "--size" -> options.withSize(number(name, value));
      case "--rate" -> options.withRate(decimal(name, value));
      case "--plant" -> options.withPlant((int) number(name, value));
      case "--manifest" -> options.withManifest(Path.of(value));
      case "--entries-per-answer" -> options.withEntriesPerAnswer((int) number(name, value));
      case "--seconds" -> options.withRunFor(Duration.ofSeconds(number(name, value)));
      default -> throw new IllegalArgumentException("no option " + name);
    };
  }

  private static double decimal(String name, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " needs a number, not " + value, e);
    }
  }

  private static long number(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " needs a whole number, not " + value, e);
    }
  }
}
