package dev.rootwatch.daemon.cli;

import dev.rootwatch.daemon.Daemon;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.config.Draft;
import dev.rootwatch.testlog.Scenario;
import dev.rootwatch.testlog.ServeOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole program against logs of its own, on this machine alone. */
@Command(
    name = "demo",
    description = {
      "Runs the daemon against test logs on this machine, one for each protocol; no network.",
      "With --seconds it ends by itself: 0 only if each planted finding was delivered once."
    })
final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 2022;
  private static final int PLANTED_AT_FIRST = 12;
  private static final double ENTRIES_PER_SECOND = 25;

  /** How long deliveries may take once nothing is planted any more. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final Duration STEP = Duration.ofMillis(200);

  private final Rootwatch rootwatch;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Plant for so long, wait for the last deliveries, sum up and end.")
  private @Nullable Integer seconds;

  DemoCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @Override
  public Integer call() throws ConfigException, IOException, InterruptedException {
    if (seconds != null && seconds < 1) {
      throw CommandFailure.usage("--seconds must be at least 1");
    }
    StrayLines.intoTheLog();
    StopSignals signals = StopSignals.listen(() -> {});
    try (DemoFolder folder = DemoFolder.create();
        DemoReceiver receiver = DemoReceiver.start();
        Scenario scenario = Scenario.start(logs())) {
      Draft draft =
          rootwatch.loader().read(folder.write(scenario, receiver.url(), rootwatch.json()));
      int code;
      try (Daemon daemon = Daemon.start(draft, RunCommand.options(rootwatch.terminal()))) {
        introduce(scenario, daemon, folder);
        code = run(signals, scenario, receiver);
      }
      if (rootwatch.terminal().out().checkError()) {
        throw CommandFailure.running(
            rootwatch.terminal().out().complaint()
                + "; the console sink could not print every alert, the summary counts the webhook's");
      }
      return code;
    }
  }

  private int run(StopSignals signals, Scenario scenario, DemoReceiver receiver)
      throws InterruptedException {
    if (seconds == null) {
      int code = signals.await();
      rootwatch.progress(DemoSummary.of(scenario.planted(), receiver.deliveries()).text());
      return code;
    }
    int running = -1;
    int code = signals.await(Duration.ofSeconds(seconds), running);
    scenario.stopGrowing();
    long end = System.nanoTime() + GRACE.toNanos();
    DemoSummary summary = DemoSummary.of(scenario.planted(), receiver.deliveries());
    while (code == running && !summary.missing().isEmpty() && System.nanoTime() < end) {
      code = signals.await(STEP, running);
      summary = DemoSummary.of(scenario.planted(), receiver.deliveries());
    }
    rootwatch.progress(summary.text());
    if (code != running) {
      return code;
    }
    return summary.holds() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void introduce(Scenario scenario, Daemon daemon, DemoFolder folder) {
    List<String> logs = scenario.ctLogs().stream().map(log -> log.url().toString()).toList();
    rootwatch.progress(
        "Certificates are issued into "
            + logs.size()
            + " test logs on this machine: "
            + String.join(", ", logs));
    rootwatch.progress(
        "Among them are real CA certificates of TrustCor, and leaf precertificates of the made-up"
            + " family atlantis.");
    rootwatch.progress("Metrics: http://127.0.0.1:" + daemon.webPort() + "/metrics");
    rootwatch.progress("Configuration, store and overlay, until it ends: " + folder.path());
    rootwatch.progress(
        seconds == null ? "Ctrl-C ends it." : "It ends by itself after " + seconds + " seconds.");
    rootwatch.progress("");
  }

  private static ServeOptions logs() {
    return ServeOptions.of(0, SEED)
        .withProtocols(ServeOptions.protocols("all"), 1)
        .withSize(1_000)
        .withPlant(PLANTED_AT_FIRST)
        .withRate(ENTRIES_PER_SECOND);
  }
}
