package dev.rootwatch.daemon.cli;

import java.io.PrintStream;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Data on standard output. */
final class Output {
  private final PrintStream out;

  Output(PrintStream out) {
    this.out = out;
  }

  /**
   * One object on one line. Letters outside ASCII are escaped: the object is the same, and control
   * characters of a certificate cannot reach a terminal.
   */
  void json(Object object) {
    line(Json.MAPPER.writeValueAsString(object).replace("\u007f", "\\u007f"));
  }

  void table(Table table) {
    table.lines().forEach(this::line);
  }

  /** A line that was escaped where it had to be. */
  void line(String text) {
    out.print(text);
    out.print('\n');
    if (out.checkError()) {
      throw CommandFailure.running("standard output cannot be written any more");
    }
  }

  /** Loaded only where JSON is asked for. */
  private static final class Json {
    static final JsonMapper MAPPER =
        JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}
  }
}
