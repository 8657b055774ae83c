package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.Severity;
import dev.rootwatch.daemon.Watchers;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.config.Draft;
import dev.rootwatch.watch.CertificateCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges certificates in files; needs no daemon, no store and no network. */
@Command(
    name = "check",
    description = {
      "Judges certificates: PEM or DER, a PEM chain (leaf first), or the JSON of get-entries."
    })
final class CheckCommand implements Callable<Integer> {
  /** The largest answer of get-entries that is read is as large; see LogEndpoint. */
  private static final int MOST_BYTES = 64 << 20;

  private final Rootwatch rootwatch;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files; - for standard input.")
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private List<String> files;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = Instants.class,
      description = "The instant of the question; now.")
  private @Nullable Instant at;

  @Option(
      names = "--seen",
      paramLabel = "TIME",
      converter = Instants.class,
      description = "When a log took a bare certificate in.")
  private @Nullable Instant seen;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      converter = Words.Severities.class,
      description = "Exit 3 for a finding at or above: info, low, medium, high, critical.")
  private @Nullable Severity failOn;

  @Option(names = "--why", description = "Say how each answer came about.")
  private boolean why;

  CheckCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @Override
  public Integer call() throws ConfigException {
    @Nullable Path told = rootwatch.toldConfigFile();
    Watchers watchers = told == null ? Watchers.bundled() : configured(told);
    CertificateCheck check = new CertificateCheck(watchers.setup(rootwatch.terminal().clock()));
    Instant asOf = at == null ? rootwatch.terminal().clock().instant() : at;
    boolean unreadable = false;
    boolean found = false;
    for (String file : files) {
      byte[] bytes;
      try {
        bytes = read(file);
      } catch (IOException e) {
        rootwatch.say("rootwatch: " + Shown.text(Complaints.describe(e)));
        unreadable = true;
        continue;
      }
      for (CertificateCheck.Result result : check.check(bytes, asOf, seen)) {
        CheckReport report = CheckReport.of(file, result, why);
        warn(report, result.damage());
        print(report);
        found |= failOn != null && report.isAtLeast(failOn);
      }
    }
    return unreadable ? ExitCode.FAILED : found ? ExitCode.FINDINGS : ExitCode.DONE;
  }

  private Watchers configured(Path file) throws ConfigException {
    Draft draft = rootwatch.loader().withoutSecrets().read(file);
    Watchers watchers = Watchers.of(draft);
    draft.checked();
    return watchers;
  }

  /** What can be read is judged; that it is not quite as it should be belongs beside the data. */
  private void warn(CheckReport report, CertificateCheck.@Nullable ReadError damage) {
    if (damage != null) {
      rootwatch.progress(
          Shown.text(
              "rootwatch: "
                  + report.file()
                  + "["
                  + report.index()
                  + "]: read, but not sound at byte "
                  + damage.offset()
                  + ": "
                  + damage.message()));
    }
  }

  private void print(CheckReport report) {
    Output output = rootwatch.output().evenUnread();
    if (rootwatch.json()) {
      output.json(report);
    } else {
      CheckText.of(report).forEach(output::line);
    }
  }

  private byte[] read(String file) throws IOException {
    boolean standardInput = file.equals("-");
    try (InputStream in =
        standardInput
            ? rootwatch.terminal().in()
            : Files.newInputStream(rootwatch.terminal().folder().resolve(file))) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException(file + ": more than " + MOST_BYTES + " bytes, split it");
      }
      return bytes;
    } catch (IOException e) {
      // A folder opens and then cannot be read, and the message does not name it.
      String message = Complaints.describe(e);
      throw message.startsWith(file) ? e : new IOException(file + ": " + message, e);
    }
  }
}
