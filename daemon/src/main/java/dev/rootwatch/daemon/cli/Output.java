package dev.rootwatch.daemon.cli;

import dev.rootwatch.alert.text.Visible;
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
   * characters of a certificate cannot reach a terminal, nor can letters that it may not be able to
   * show.
   */
  void json(Object object) {
    print(Json.MAPPER.writeValueAsString(object).replace("\u007f", "\\u007f"));
  }

  void table(Table table) {
    table.lines().forEach(this::line);
  }

  /** A line of text; on whatever way it came here, it is visible when it leaves. */
  void line(String text) {
    print(Visible.of(text));
  }

  private void print(String line) {
    out.print(line);
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
