package dev.rootwatch.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class VerdictCommandTest {
  private static final String CA_1 =
      "ea87f462deefffbd7775aa2a4b7e0fcb91c22eee6df69ed90100ccc73b311476";

  @TempDir Path folder;

  @Test
  void verdict_trustCorKey_contractObject() {
    Ran ran = Ran.in(folder, "verdict", "--json", "--key", CA_1);

    assertThat(ran.code()).isZero();
    JsonNode object = ran.json().getFirst();
    assertThat(object.propertyNames()).containsExactly("schema", "key", "family", "verdicts");
    assertThat(object.path("schema").asString()).isEqualTo("rootwatch.verdict/v1");
    assertThat(object.path("key").asString()).isEqualTo(CA_1);
    assertThat(object.path("family").asString()).isEqualTo("trustcor");
    assertThat(object.path("verdicts").size()).isEqualTo(6);
    assertThat(object.path("verdicts").path(0).path("purpose").asString()).isEqualTo("tls");
  }

  @Test
  void verdict_unknownKey_familyNull() {
    Ran ran = Ran.in(folder, "verdict", "--json", "--key", "0".repeat(64));

    assertThat(ran.code()).isZero();
    assertThat(ran.json().getFirst().path("family").isNull()).isTrue();
    assertThat(ran.json().getFirst().path("verdicts").path(0).path("result").asString())
        .isEqualTo("unknown");
  }

  @Test
  void verdict_optionsOfTheContract_taken() {
    Ran ran =
        Ran.in(
            folder,
            "verdict",
            "--key",
            CA_1.toUpperCase(java.util.Locale.ROOT),
            "--not-before",
            "2022-01-01",
            "--sct",
            "2022-01-01T00:00:00Z",
            "--sct",
            "2022-01-02T00:00:00.5Z",
            "--purpose",
            "smime",
            "--at",
            "2022-12-01T00:00:00Z");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith(CA_1 + ": trustcor\nPROGRAM").contains("smime");
  }

  @Test
  void verdict_why_comparedValueAndBoundary() {
    String[] question = {
      "verdict", "--key", CA_1, "--not-before", "2022-12-05", "--at", "2022-12-20", "--why"
    };
    String[] json = Arrays.copyOf(question, question.length + 1);
    json[question.length] = "--json";

    String sentence =
        "mozilla tls: distrusted: distrust-after-notBefore: notBefore 2022-12-05T00:00:00Z is after"
            + " 2022-11-30T00:00:00Z (equal is trusted, by the second)";
    assertThat(Ran.in(folder, question).out()).contains("why " + sentence);
    assertThat(
            Ran.in(folder, json).json().getFirst().path("why").path("verdicts").path(0).asString())
        .startsWith(sentence);
  }

  @Test
  void verdict_keyIsNone_2() {
    assertThat(Ran.in(folder, "verdict", "--key", "abc").code()).isEqualTo(2);
    assertThat(Ran.in(folder, "verdict").code()).isEqualTo(2);
  }
}
