package dev.rootwatch.daemon.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A command line that was run in this process, and what came of it.
 *
 * @param code exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Ran(int code, String out, String err) {
  static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  /** In a folder, with nothing on standard input. */
  static Ran in(Path folder, String... arguments) {
    return in(folder, new byte[0], arguments);
  }

  static Ran in(Path folder, byte[] standardInput, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Ran ran = into(out, folder, standardInput, arguments);
    return new Ran(ran.code, out.toString(StandardCharsets.UTF_8), ran.err);
  }

  /** With a standard output that fails in this way from the first byte on. */
  static Ran whereOutputFails(String reason, Path folder, String... arguments) {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(reason);
          }
        };
    return into(failing, folder, new byte[0], arguments);
  }

  private static Ran into(
      OutputStream out, Path folder, byte[] standardInput, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        CommandLines.run(
            new Terminal(
                new ByteArrayInputStream(standardInput),
                new StandardOutput(out),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                () -> false,
                folder,
                InstantSource.fixed(NOW)),
            arguments);
    return new Ran(code, "", err.toString(StandardCharsets.UTF_8));
  }

  /** Standard output as JSON Lines. */
  List<JsonNode> json() {
    List<JsonNode> objects = new ArrayList<>();
    out.lines().forEach(line -> objects.add(JsonMapper.shared().readTree(line)));
    return objects;
  }
}
