package dev.rootwatch.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.rootwatch.daemon.store.StoreException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLineTest {
  @Test
  void convert_lineEndsAndTerminalCommands_oneVisibleLine() {
    String line = line("log says \u001b[2J\nWARN forged", null);

    assertThat(line).isEqualTo("log says \\u{1b}[2J\\u{a}WARN forged");
  }

  @Test
  void convert_thrown_causesOnTheSameLine() {
    String line = line("failed", new IOException("a\nb", new IllegalStateException("deeper")));

    assertThat(line)
        .startsWith("failed | java.io.IOException: a\\u{a}b at ")
        .contains(" | caused by java.lang.IllegalStateException: deeper at ")
        .doesNotContain("\n");
  }

  @Test
  void convert_storeFails_itsMessageAlone() {
    String line =
        line("trying again", new StoreException("the disk is full", new IOException("deeper")));

    assertThat(line).isEqualTo("trying again: the disk is full");
  }

  private static String line(String message, @Nullable Throwable thrown) {
    LoggerContext loggers = new LoggerContext();
    return new LogLine()
        .convert(
            new LoggingEvent(
                "test", loggers.getLogger("test"), Level.WARN, message, thrown, new Object[0]));
  }
}
