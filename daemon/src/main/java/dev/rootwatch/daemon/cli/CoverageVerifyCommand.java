package dev.rootwatch.daemon.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.rootwatch.daemon.store.CoverageVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a coverage file with nothing but the file. */
@Command(
    name = "verify",
    description = "Checks a coverage file with nothing but the file. Exit 4 when it does not hold.")
final class CoverageVerifyCommand implements Callable<Integer> {
  private static final int MOST_BYTES = 256 << 20;

  private final Rootwatch rootwatch;

  @Parameters(paramLabel = "FILE", description = "What coverage -o wrote.")
  @SuppressWarnings("NullAway.Init") // required
  private Path file;

  @Option(
      names = "--reread",
      paramLabel = "N",
      description = "Also fetch N random windows again and prove them.")
  private int reread;

  CoverageVerifyCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @JsonPropertyOrder({
    "schema",
    "file",
    "holds",
    "complete",
    "logs",
    "examined",
    "reread",
    "failures"
  })
  private record Report(
      String schema,
      String file,
      boolean holds,
      boolean complete,
      int logs,
      long examined,
      int reread,
      List<String> failures) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (reread < 0) {
      throw CommandFailure.usage("--reread must not be negative");
    }
    byte[] json = read(rootwatch.terminal().folder().resolve(file));
    CoverageVerifier.Report verified = CoverageVerifier.verify(json);
    List<String> failures = new ArrayList<>();
    verified.failures().forEach(failure -> failures.add(failure.toString()));
    int windows = 0;
    if (reread > 0 && failures.isEmpty()) {
      Rereading rereading = new Rereading(rootwatch.terminal(), new SplittableRandom());
      windows = rereading.of(json, reread, failures);
    }
    boolean holds = failures.isEmpty();
    Report report =
        new Report(
            "rootwatch.verification/v1",
            file.toString(),
            holds,
            verified.complete(),
            verified.logs(),
            verified.examined(),
            windows,
            failures);
    print(report);
    return holds && verified.complete() ? ExitCode.DONE : ExitCode.PROOF;
  }

  private void print(Report report) {
    Output output = rootwatch.output().evenUnread();
    if (rootwatch.json()) {
      output.json(report);
      return;
    }
    report.failures.forEach(failure -> output.line(Shown.text(failure)));
    String again =
        report.reread == 0 ? "" : ", " + Counted.of(report.reread, "window") + " read again";
    output.line(
        Shown.text(
            report.file
                + ": "
                + (report.holds ? "holds" : "does not hold")
                + (report.complete ? ", complete" : ", not complete")
                + ", "
                + Counted.of(report.logs, "log")
                + ", "
                + Counted.of(report.examined, "entry", "entries")
                + again));
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory: name the file in it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException(file + ": more than " + MOST_BYTES + " bytes");
      }
      return bytes;
    }
  }
}
