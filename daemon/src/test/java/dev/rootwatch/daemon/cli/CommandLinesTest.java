package dev.rootwatch.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLinesTest {
  @TempDir Path folder;

  @Test
  void help_anywhere_onStandardOutput() {
    for (String[] arguments :
        new String[][] {{"--help"}, {"-h"}, {"check", "--help"}, {"alerts", "show", "-h"}}) {
      Ran ran = Ran.in(folder, arguments);

      assertThat(ran.code()).isZero();
      assertThat(ran.out()).startsWith("Usage: rootwatch");
      assertThat(ran.err()).isEmpty();
    }
  }

  @Test
  void help_namesEveryCommandOfTheContract() {
    assertThat(Ran.in(folder, "--help").out())
        .contains("run", "demo", "check", "verdict", "logs", "findings", "coverage", "alerts")
        .contains("catalog", "config", "testlog");
  }

  @Test
  void version_beforeOrAfterTheCommand_same() {
    Ran before = Ran.in(folder, "--version");

    assertThat(before.code()).isZero();
    assertThat(before.out()).startsWith("rootwatch ");
    assertThat(Ran.in(folder, "check", "--version").out()).isEqualTo(before.out());
  }

  @Test
  void globalOptions_beforeOrAfterTheCommand_same() {
    Ran before = Ran.in(folder, "--json", "catalog", "list");
    Ran after = Ran.in(folder, "catalog", "list", "--json");

    assertThat(before.code()).isZero();
    assertThat(before.json().getFirst().path("id").asString()).isEqualTo("trustcor");
    assertThat(after).isEqualTo(before);
  }

  @Test
  void noCommand_2() {
    for (String[] arguments : new String[][] {{}, {"catalog"}, {"alerts"}, {"config"}}) {
      Ran ran = Ran.in(folder, arguments);

      assertThat(ran.code()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).startsWith("rootwatch: A command is missing");
    }
  }

  @Test
  void unknownCommand_2AndTheNearest() {
    Ran ran = Ran.in(folder, "chekc");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("chekc").contains("rootwatch check");
  }

  @Test
  void unknownOption_2() {
    Ran ran = Ran.in(folder, "catalog", "list", "--jsn");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--jsn");
  }

  @Test
  void argumentWithControlCharacters_escapedInTheComplaint() {
    Ran ran = Ran.in(folder, "catalog", "show", "\u001b[31mred");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("\\u{1b}[31mred").doesNotContain("\u001b");
  }

  @Test
  void standardOutputBroken_1AndSaysSo() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    var err = new java.io.ByteArrayOutputStream();

    int code =
        CommandLines.run(
            new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(broken, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                () -> false,
                folder,
                InstantSource.system()),
            "catalog",
            "list");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("standard output cannot be written any more");
  }
}
