package dev.rootwatch.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rootwatch.daemon.Watchers;
import dev.rootwatch.watch.CertificateCheck;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever file somebody asks about: one line of JSON a certificate, and lines for people. */
class CheckFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final CertificateCheck check =
      new CertificateCheck(Watchers.bundled().setup(InstantSource.fixed(NOW)));

  @FuzzTest(maxDuration = "5m")
  void report(byte[] file) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Output output = new Output(new StandardOutput(printed));
    List<CertificateCheck.Result> results = check.check(file, NOW, null);
    assertThat(results).isNotEmpty();
    for (CertificateCheck.Result result : results) {
      CheckReport report = CheckReport.of("file", result, true);
      printed.reset();
      output.json(report);
      String json = printed.toString(UTF_8);
      assertThat(json).matches("[ -~]+\n");
      JsonNode read = JsonMapper.shared().readTree(json);
      JsonNode error = read.get("error");
      if (error.isObject()) {
        assertThat(error.get("offset").intValue()).isBetween(0, file.length);
      }
      for (String line : CheckText.of(report)) {
        assertThat(line.codePoints().noneMatch(CheckFuzzTest::isForbidden)).as(line).isTrue();
      }
    }
  }

  private static boolean isForbidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
