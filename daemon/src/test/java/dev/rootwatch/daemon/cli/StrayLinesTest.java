package dev.rootwatch.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StrayLinesTest {
  private final Logger log = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final java.util.logging.Logger platform = java.util.logging.Logger.getLogger("");
  private final java.util.logging.Handler[] before = platform.getHandlers();

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
    StrayLines.intoTheLog();
  }

  @AfterEach
  void restore() {
    log.detachAppender(lines);
    for (var handler : platform.getHandlers()) {
      platform.removeHandler(handler);
    }
    for (var handler : before) {
      platform.addHandler(handler);
    }
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  @Test
  void intoTheLog_platformLogs_goesThroughTheLog() {
    LogRecord said = new LogRecord(java.util.logging.Level.WARNING, "server said {0}");
    said.setParameters(new Object[] {"\u001b[2J"});
    said.setLoggerName("stray");
    java.util.logging.Logger.getLogger("stray").log(said);

    assertThat(lines.list)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getLevel()).isEqualTo(Level.WARN);
          assertThat(event.getFormattedMessage()).isEqualTo("server said \u001b[2J");
        });
  }

  @Test
  void intoTheLog_threadDies_saidInTheLog() throws InterruptedException {
    Thread thread =
        Thread.ofVirtual()
            .name("doomed")
            .start(() -> {
              throw new IllegalStateException("why");
            });
    thread.join();

    assertThat(lines.list)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getFormattedMessage()).isEqualTo("thread doomed ended unexpectedly");
          assertThat(event.getThrowableProxy().getMessage()).isEqualTo("why");
        });
  }
}
