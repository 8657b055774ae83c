package dev.rootwatch.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(ran.err())
        .startsWith(
            "rootwatch: 'chekc' is no command of 'rootwatch'; did you mean check? It has: ");
  }

  @Test
  void unknownCommand_likeNone_noSuggestion() {
    assertThat(Ran.in(folder, "bogus").err())
        .startsWith("rootwatch: 'bogus' is no command of 'rootwatch'. It has: ")
        .doesNotContain("did you mean");
    assertThat(Ran.in(folder, "logs", "bogus").err())
        .startsWith("rootwatch: 'rootwatch logs' takes no 'bogus'");
  }

  @Test
  void unknownOption_2() {
    Ran ran = Ran.in(folder, "catalog", "list", "--jsn");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--jsn").contains("did you mean --json?");
  }

  @Test
  void argumentWithControlCharacters_escapedInTheComplaint() {
    Ran ran = Ran.in(folder, "catalog", "show", "\u001b[31mred");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("\\u{1b}[31mred").doesNotContain("\u001b");
  }

  @Test
  void standardOutputFull_1AndSaysSo() {
    Ran ran = Ran.whereOutputFails("No space left on device", folder, "catalog", "list");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo(
            "rootwatch: standard output cannot be written any more: No space left on device\n");
  }

  @Test
  void readerOfAListingGone_quietly0() {
    for (String[] arguments :
        new String[][] {{"catalog", "list"}, {"--help"}, {"catalog", "show", "trustcor"}}) {
      Ran ran = Ran.whereOutputFails("Broken pipe", folder, arguments);

      assertThat(ran.code()).isZero();
      assertThat(ran.err()).isEmpty();
    }
  }

  @Test
  void readerOfAnAnswerGone_itsExitCodeAllTheSame() throws IOException {
    Files.writeString(folder.resolve("bad.json"), "[");

    Ran ran = Ran.whereOutputFails("Broken pipe", folder, "coverage", "verify", "bad.json");

    assertThat(ran.code()).isEqualTo(4);
    assertThat(ran.err()).isEmpty();
  }
}
