package dev.rootwatch.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCheckCommandTest {
  @TempDir Path folder;

  @Test
  void check_noFile_2() {
    Ran ran = Ran.in(folder, "config", "check");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("rootwatch.yaml").contains("--config");
  }

  @Test
  void check_good_0() throws IOException {
    config("logs: {list: none}\nsinks: [{id: out, type: console}]\n");

    Ran ran = Ran.in(folder, "config", "check", "--json");

    assertThat(ran.code()).isZero();
    assertThat(ran.json().getFirst().path("valid").asBoolean()).isTrue();
    assertThat(ran.json().getFirst().path("sinks").asInt()).isEqualTo(1);
  }

  @Test
  void check_unknownSetting_2WithFileLineAndNearestName() throws IOException {
    config("logs:\n  list: none\n  pol: 30s\n");

    Ran ran = Ran.in(folder, "config", "check");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("rootwatch.yaml:3:").contains("pol").contains("poll");
  }

  @Test
  void check_ruleAndSinkBroken_2NamesBothAndNoSecret() throws IOException {
    config(
        """
        logs: {list: none}
        rules: [{id: odd, authority: "catalog:trustcr"}]
        sinks:
        - {id: hook, type: webhook, url: "http://127.0.0.1:9/", secret: "hush-hush", colour: red}
        """);

    Ran ran = Ran.in(folder, "config", "check");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .contains("odd")
        .contains("rootwatch.yaml:4:")
        .contains("colour")
        .doesNotContain("hush-hush");
  }

  private void config(String yaml) throws IOException {
    Files.writeString(folder.resolve("rootwatch.yaml"), yaml);
  }
}
