package dev.rootwatch.daemon.cli;

import java.text.MessageFormat;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What would reach standard error beside the log, and so without {@link LogLine} in between: the
 * platform's own logging, which libraries for HTTP and mail use, and the traces of threads that
 * die. A long-running command puts both into the log.
 */
final class StrayLines extends Handler {
  private StrayLines() {}

  static void intoTheLog() {
    Logger root = LogManager.getLogManager().getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new StrayLines());
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) ->
        LoggerFactory.getLogger(StrayLines.class)
            .error("thread {} ended unexpectedly", thread.getName(), thrown));
  }

  @Override
  public void publish(LogRecord said) {
    String name = said.getLoggerName() == null ? "java.util.logging" : said.getLoggerName();
    LoggerFactory.getLogger(name)
        .atLevel(level(said.getLevel()))
        .setCause(said.getThrown())
        .log("{}", text(said));
  }

  @Override
  public void flush() {
    // The log flushes each line.
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  private static org.slf4j.event.Level level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return org.slf4j.event.Level.ERROR;
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return org.slf4j.event.Level.WARN;
    }
    return level.intValue() >= Level.INFO.intValue()
        ? org.slf4j.event.Level.INFO
        : org.slf4j.event.Level.DEBUG;
  }

  private static String text(LogRecord said) {
    String message = said.getMessage() == null ? "" : said.getMessage();
    @Nullable Object @Nullable [] parameters = said.getParameters();
    if (parameters == null || parameters.length == 0) {
      return message;
    }
    try {
      return MessageFormat.format(message, parameters);
    } catch (IllegalArgumentException noPattern) {
      return message;
    }
  }
}
