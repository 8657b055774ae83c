package dev.rootwatch.daemon.cli;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Data on standard output. */
final class Output {
  private final StandardOutput out;
  private final boolean unread;

  Output(StandardOutput out) {
    this(out, false);
  }

  private Output(StandardOutput out, boolean unread) {
    this.out = out;
    this.unread = unread;
  }

  /**
   * For a command whose exit code is an answer, too: it goes on to its end though nobody reads its
   * output any more.
   */
  Output evenUnread() {
    return new Output(out, true);
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
    written();
  }

  /**
   * To be called when something was printed.
   *
   * @throws ReaderGone when whoever reads it has closed it
   * @throws CommandFailure when it could not be written for another reason
   */
  void written() {
    if (!out.checkError()) {
      return;
    }
    if (!out.isReaderGone()) {
      throw CommandFailure.running(out.complaint());
    }
    if (!unread) {
      throw new ReaderGone();
    }
  }

  /** Loaded only where JSON is asked for. */
  private static final class Json {
    static final JsonMapper MAPPER =
        JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}
  }
}
