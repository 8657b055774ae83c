package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.text.JsonText;
import dev.rootwatch.daemon.config.ConfigException;
import dev.rootwatch.daemon.store.CoverageFile;
import dev.rootwatch.daemon.store.CoveredLog;
import dev.rootwatch.daemon.store.KnownLog;
import dev.rootwatch.daemon.store.Store;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was read, with the proofs: a file that can be checked without us. */
@Command(
    name = "coverage",
    description = "Says what was read; with -o writes a file that proves it.")
final class CoverageCommand implements Callable<Integer> {
  private final Rootwatch rootwatch;

  @Parameters(arity = "0..1", paramLabel = "LOG", description = "Name or id; all logs without it.")
  private @Nullable String log;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write rootwatch.coverage/v1 there; - for standard output.")
  private @Nullable String file;

  CoverageCommand(Rootwatch rootwatch) {
    this.rootwatch = rootwatch;
  }

  @Override
  public Integer call() throws ConfigException, IOException {
    ObjectNode coverage;
    try (Store store = StoreAccess.of(rootwatch).read()) {
      List<KnownLog> logs = log == null ? store.logs() : List.of(StoreAccess.log(store, log));
      coverage =
          CoverageFile.of(
              logs.stream().map(known -> CoveredLog.of(store, known)).toList(),
              rootwatch.terminal().clock().instant());
    }
    Output output = rootwatch.output();
    if (file != null && !file.equals("-")) {
      write(
          rootwatch.terminal().folder().resolve(file),
          JsonText.visible(coverage.toString()) + "\n");
      rootwatch.progress("rootwatch: wrote " + file);
    } else if (file != null || rootwatch.json()) {
      output.json(coverage);
    } else {
      output.table(table(coverage));
      output.line(coverage.path("complete").asBoolean() ? "complete" : "not complete");
    }
    return ExitCode.DONE;
  }

  /** As a whole or not at all. */
  private static void write(Path target, String text) throws IOException {
    if (Files.isDirectory(target)) {
      throw new IOException(target + " is a directory: name a file in it");
    }
    Path fresh = target.resolveSibling(target.getFileName() + ".new");
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      // Nobody asked for the file beside it that the exception names.
      Path folder = target.toAbsolutePath().getParent();
      String why = folder != null && Files.notExists(folder) ? folder + " is not there" : reason(e);
      throw new IOException(target + " cannot be written: " + why, e);
    }
  }

  private static String reason(FileSystemException e) {
    return e.getReason() == null ? "permission denied" : e.getReason();
  }

  private static Table table(JsonNode coverage) {
    Table table =
        new Table("LOG", "REQUESTED", "SEGMENTS", "GAPS", "EXAMINED", "MALFORMED", "FINDINGS");
    for (JsonNode log : coverage.path("logs")) {
      table.row(
          log.path("name").asString(),
          "["
              + log.path("requested").path(0).asString()
              + ","
              + log.path("requested").path(1).asString()
              + ")",
          ranges(log.path("segments"), "state"),
          ranges(log.path("gaps"), "reason"),
          log.path("examined").asString(),
          log.path("malformed").size(),
          log.path("findings").asString());
    }
    return table;
  }

  private static String ranges(JsonNode ranges, String word) {
    StringBuilder text = new StringBuilder();
    for (JsonNode range : ranges) {
      if (range.path("from").asLong() == range.path("to").asLong()) {
        continue; // nothing was read there yet
      }
      text.append(text.isEmpty() ? "" : " ")
          .append('[')
          .append(range.path("from").asString())
          .append(',')
          .append(range.path("to").asString())
          .append(") ")
          .append(range.path(word).asString());
    }
    return Shown.orDash(text);
  }
}
