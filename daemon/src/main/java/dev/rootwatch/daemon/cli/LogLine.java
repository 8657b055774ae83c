package dev.rootwatch.daemon.cli;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.rootwatch.alert.text.Visible;
import dev.rootwatch.daemon.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The message of a log event with what was thrown, on one line, everything in it visible: logs and
 * certificates are written by strangers, and a line end of theirs would be a line of ours.
 */
public final class LogLine extends ThrowableHandlingConverter {
  private static final int LONGEST = 4_000;
  private static final int MOST_CAUSES = 8;
  private static final int MOST_FRAMES = 30;

  @Override
  public String convert(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(event.getFormattedMessage());
    @Nullable IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null && thrown.getClassName().equals(StoreException.class.getName())) {
      // Expected now and then, such as a full disk; its message says all that is to be done.
      return Visible.of(line.append(": ").append(thrown.getMessage()).toString(), LONGEST);
    }
    for (int i = 0; thrown != null && i < MOST_CAUSES; i++, thrown = thrown.getCause()) {
      line.append(i == 0 ? " | " : " | caused by ").append(thrown.getClassName());
      if (thrown.getMessage() != null) {
        line.append(": ").append(thrown.getMessage());
      }
      frames(thrown.getStackTraceElementProxyArray(), line);
    }
    return Visible.of(line.toString(), LONGEST);
  }

  private static void frames(StackTraceElementProxy @Nullable [] frames, StringBuilder line) {
    for (int i = 0; frames != null && i < Math.min(frames.length, MOST_FRAMES); i++) {
      line.append(i == 0 ? " at " : " < ").append(frames[i].getStackTraceElement());
    }
  }
}
