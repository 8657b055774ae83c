package dev.rootwatch.daemon.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where data goes, in UTF-8 whatever the locale, since JSON is. A {@link PrintStream} knows that it
 * failed but not why; this one remembers, since a reader that has seen enough is no failure.
 */
public final class StandardOutput extends PrintStream {
  private final Remembering remembering;

  /** Writes to {@code out}; bytes wait for {@link #flush} only where {@code out} makes them. */
  public StandardOutput(OutputStream out) {
    this(new Remembering(out));
  }

  private StandardOutput(Remembering remembering) {
    super(remembering, false, StandardCharsets.UTF_8);
    this.remembering = remembering;
  }

  /** Whether whoever read us has closed the pipe. To be asked once {@link #checkError} is true. */
  public boolean isReaderGone() {
    String reason = remembering.failure;
    // The system's words, translated ones too, name the pipe: there is nothing better to go by.
    return reason != null && reason.toLowerCase(Locale.ROOT).contains("pipe");
  }

  /** That it cannot be written, and why. To be asked once {@link #checkError} is true. */
  public String complaint() {
    String reason = remembering.failure;
    return "standard output cannot be written any more" + (reason == null ? "" : ": " + reason);
  }

  private static final class Remembering extends FilterOutputStream {
    private volatile @Nullable String failure;

    Remembering(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw remembered(e);
      }
    }

    @Override
    public void write(int b) throws IOException {
      try {
        out.write(b);
      } catch (IOException e) {
        throw remembered(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        throw remembered(e);
      }
    }

    private IOException remembered(IOException e) {
      if (failure == null) {
        failure = String.valueOf(e.getMessage());
      }
      return e;
    }
  }
}
