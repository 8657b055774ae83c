package dev.rootwatch.daemon.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;

/** Whatever stands in rootwatch.yaml: a configuration, or lines that say what to mend. */
class ConfigFuzzTest {
  private final ConfigLoader loader = new ConfigLoader(_ -> null);

  @FuzzTest(maxDuration = "5m")
  void read(byte[] yaml) {
    try {
      Config config =
          loader.read(new String(yaml, UTF_8), "rootwatch.yaml", Path.of("/nonexistent")).checked();
      assertThat(config.sinks()).isNotNull();
    } catch (ConfigException refused) {
      assertThat(refused.problems())
          .isNotEmpty()
          .allSatisfy(problem -> assertThat(problem).startsWith("rootwatch.yaml"));
    }
  }
}
