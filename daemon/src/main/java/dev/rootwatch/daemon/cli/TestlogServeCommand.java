package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.web.ListenAddress;
import dev.rootwatch.testlog.Fault;
import dev.rootwatch.testlog.ServeOptions;
import dev.rootwatch.testlog.TestlogServe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Test logs on a loopback port, until SIGTERM. */
@Command(
    name = "serve",
    description = {
      "Serves test logs at http://127.0.0.1:PORT/, one for each protocol, and beside them",
      "/log_list.json, /overlay.yaml and /rootwatch.yaml, a configuration for all of it."
    })
final class TestlogServeCommand implements Callable<Integer> {
  private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

  private final Rootwatch rootwatch;

  @Option(
      names = "--port",
      required = true,
      paramLabel = "P",
      description = "Where to listen; 0 for any free port.")
  private int port;

  @Option(
      names = "--seed",
      required = true,
      paramLabel = "S",
      description = "Where keys, entries and places come from.")
  private long seed;

  @Option(
      names = "--protocol",
      paramLabel = "WORD",
      description = "rfc6962, static, hybrid, both (default: the first two) or all.")
  private String protocol = "both";

  @Option(names = "--logs", paramLabel = "N", description = "Logs for each protocol; 1.")
  private int logs = 1;

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "Entries that each log begins with; as many as the plants need.")
  private @Nullable Long size;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "New entries per second and log; 0, logs that do not grow.")
  private double rate;

  @Option(
      names = "--plant",
      paramLabel = "N",
      description = "Findings in the beginning, over all logs; growing logs go on so.")
  private int plant;

  @Option(
      names = "--fault",
      paramLabel = "NAME[:ARG][/N][@FROM-TO]",
      description = "What every log does wrong; once for each. A wrong name lists all.")
  private List<String> faults = List.of();

  @Option(
      names = "--add-chain",
      paramLabel = "FILE|FOLDER",
      description = {
        "An entry of each log's beginning: a PEM chain, leaf first, or any bytes.",
        "Of a folder each file is one. May be given several times."
      })
  private List<Path> addChains = List.of();

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description = "Write there what was planted where, one JSON object a line.")
  private @Nullable Path manifest;

  @Option(
      names = "--entries-per-answer",
      paramLabel = "N",
      description = "The most entries in one answer of get-entries; 256.")
  private int entriesPerAnswer = 256;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "End by itself after so long; without it, at SIGTERM.")
  private @Nullable Long seconds;

  @Option(
      names = "--hostile-names",
      description = "Plant also names that are attacks on whoever shows them.")
  private boolean hostileNames;

  TestlogServeCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServeOptions options = options();
    new ListenAddress("127.0.0.1", port).check("--port");
    StopSignals signals = StopSignals.listen(() -> {});
    CompletableFuture<Integer> served = new CompletableFuture<>();
    Thread server =
        Thread.ofPlatform()
            .name("testlog")
            .start(() -> {
              try {
                TestlogServe.run(options, rootwatch.terminal().out());
                served.complete(ExitCode.DONE);
              } catch (RuntimeException e) {
                served.completeExceptionally(e);
              }
            });
    int code = signals.awaitOr(served);
    server.interrupt();
    server.join(LONGEST_STOP);
    return code;
  }

  private ServeOptions options() {
    try {
      return new ServeOptions(
          port,
          seed,
          ServeOptions.protocols(protocol),
          logs,
          size,
          rate,
          plant,
          Fault.parse(faults),
          manifest == null ? null : rootwatch.terminal().folder().resolve(manifest),
          entriesPerAnswer,
          seconds == null ? null : Duration.ofSeconds(seconds),
          hostileNames,
          addChains.stream().map(rootwatch.terminal().folder()::resolve).toList());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
